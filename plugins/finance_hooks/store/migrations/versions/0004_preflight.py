"""Keep what preflight found the last time: the faults of each administration's mapping rows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preflight",
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("chart_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("faults", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("sync_id", name="pk_preflight"),
    )


def downgrade() -> None:
    op.drop_table("preflight")
