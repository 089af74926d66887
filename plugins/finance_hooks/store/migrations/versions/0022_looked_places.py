"""Remember where the books were looked through for what the store may have forgotten, and what was there."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

PLACE = (
    ("books", sa.Text),
    ("journal", sa.Text),
    ("fiscal_year", sa.Integer),
    ("period", sa.Integer),
)


def upgrade() -> None:
    op.create_table(
        "looked_place",
        *(sa.Column(name, kind, primary_key=True, autoincrement=False) for name, kind in PLACE),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "forgotten_booking",
        *(sa.Column(name, kind, primary_key=True, autoincrement=False) for name, kind in PLACE),
        sa.Column("reference", sa.Text, primary_key=True),
    )
    op.create_index("ix_forgotten_booking_reference", "forgotten_booking", ["reference"])


def downgrade() -> None:
    op.drop_table("forgotten_booking")
    op.drop_table("looked_place")
