"""Find the newest run of an administration, and what is not booked, without looking at all that is."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_run_started", "run", ["sync_id", "started_at"])
    op.create_index(
        "ix_posting_unbooked",
        "posting",
        ["sync_id", "state"],
        postgresql_where=sa.text("state <> 'booked'"),
    )


def downgrade() -> None:
    op.drop_index("ix_posting_unbooked", "posting")
    op.drop_index("ix_run_started", "run")
