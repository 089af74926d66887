"""Remember which process holds a lease, so that nobody waits for one that is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lease", sa.Column("holder", sa.Text))
    op.add_column("lease", sa.Column("sends_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("lease", "sends_until")
    op.drop_column("lease", "holder")
