"""Keep the package's own periods with what preflight found: they say what a broken fiscal year is called."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("preflight", sa.Column("periods", JSONB, nullable=False, server_default="[]"))
    op.alter_column("preflight", "periods", server_default=None)


def downgrade() -> None:
    op.drop_column("preflight", "periods")
