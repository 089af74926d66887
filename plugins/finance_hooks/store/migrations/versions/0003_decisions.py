"""Keep what a person decided: to hold a document back, and to stop sending."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("posting", sa.Column("held_at", INSTANT))
    op.add_column("posting", sa.Column("held_by", sa.Text()))
    op.add_column("posting", sa.Column("held_why", sa.Text()))
    op.create_table(
        "sending_stop",
        sa.Column("sync_id", sa.Text(), nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=False),
        sa.Column("stopped_by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sync_id", name="pk_sending_stop"),
    )


def downgrade() -> None:
    op.drop_table("sending_stop")
    for column in ("held_at", "held_by", "held_why"):
        op.drop_column("posting", column)
