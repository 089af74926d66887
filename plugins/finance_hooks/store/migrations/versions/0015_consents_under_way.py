"""Remember which consents were begun, by whom, so that nobody ends somebody else's."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consent_begun",
        sa.Column("state_digest", sa.Text, primary_key=True),
        sa.Column("sync_id", sa.Text, nullable=False),
        sa.Column("conn_id", sa.Text, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("consent_begun")
