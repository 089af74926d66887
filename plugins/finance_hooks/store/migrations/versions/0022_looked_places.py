"""Remember where the books were looked through for what the store may have forgotten, and what was there."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looked_place",
        sa.Column("books", sa.Text, primary_key=True),
        sa.Column("journal", sa.Text, primary_key=True),
        sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "forgotten_booking",
        sa.Column("books", sa.Text, primary_key=True),
        sa.Column("reference", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("forgotten_booking")
    op.drop_table("looked_place")
