"""Remember every month-end statement that was made: who, when, by what it was proved, and its digests.

Revision ID: 0007
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("statement_id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("sync_id", sa.Text, nullable=False),
        sa.Column("books", sa.Text, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("proved_by", sa.Text, nullable=False),
        sa.Column("agrees", sa.Boolean, nullable=False),
        sa.Column("difference", sa.Numeric(18, 2), nullable=False),
        sa.Column("figures_digest", sa.Text, nullable=False),
    )
    op.create_index("ix_statement_sync_month", "statement", ["sync_id", "month"])


def downgrade() -> None:
    op.drop_index("ix_statement_sync_month", table_name="statement")
    op.drop_table("statement")
