"""Keep what people are told, each sending of it, and since when a problem is known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql as pg

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("message_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("sync_id", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("tone", sa.Text, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("content", pg.JSONB),
        sa.Column("problems", pg.JSONB, nullable=False, server_default="{}"),
        sa.UniqueConstraint("sync_id", "occasion", name="uq_message_sync_id_occasion"),
    )
    op.create_table(
        "delivery",
        sa.Column("message_id", sa.BigInteger, primary_key=True),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("claimed_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("why", sa.Text),
        sa.ForeignKeyConstraint(["message_id"], ["message.message_id"], name="fk_delivery_message_id"),
    )
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["message_id"],
        postgresql_where=sa.text("state NOT IN ('sent', 'given_up')"),
    )
    op.create_table(
        "told_problem",
        sa.Column("sync_id", sa.Text, primary_key=True),
        sa.Column("problem_key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_told_at", INSTANT, nullable=False),
        sa.Column("last_told_at", INSTANT, nullable=False),
        sa.Column("solved_at", INSTANT),
    )


def downgrade() -> None:
    op.drop_table("told_problem")
    op.drop_table("delivery")
    op.drop_table("message")
