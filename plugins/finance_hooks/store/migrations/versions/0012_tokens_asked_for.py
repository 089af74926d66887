"""Keep with tokens when and with what they were asked for: of two answers the later one counts."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("token", sa.Column("asked_at", sa.DateTime(timezone=True)))
    op.add_column("token", sa.Column("asked_with", sa.Text))
    op.add_column("token", sa.Column("other_token", sa.Text))


def downgrade() -> None:
    op.drop_column("token", "other_token")
    op.drop_column("token", "asked_with")
    op.drop_column("token", "asked_at")
