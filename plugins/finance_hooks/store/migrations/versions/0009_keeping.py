"""Let bodies of settled documents be purged: a version without a body says since when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document_version", sa.Column("purged_at", sa.DateTime(timezone=True)))
    op.alter_column("document_version", "body", nullable=True)
    op.create_check_constraint(
        "ck_document_version_purged", "document_version", "(body IS NULL) = (purged_at IS NOT NULL)"
    )
    # Bodies arrive compressed; what compresses no further need not be tried on every insert.
    op.execute("ALTER TABLE document_version ALTER COLUMN body SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_constraint("ck_document_version_purged", "document_version")
    op.execute("DELETE FROM document_version WHERE body IS NULL")
    op.alter_column("document_version", "body", nullable=False)
    op.drop_column("document_version", "purged_at")
    op.execute("ALTER TABLE document_version ALTER COLUMN body SET STORAGE EXTENDED")
