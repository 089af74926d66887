"""Find documents by the id that the source knows them by, however many there are."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_document_source", "document", ["source_id", "organisation", "source_document_id"])


def downgrade() -> None:
    op.drop_index("ix_document_source", "document")
