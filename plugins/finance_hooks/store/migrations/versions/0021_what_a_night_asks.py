"""Find what a night asks for without reading all that is booked."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

UNNAMED = (
    "document_type NOT IN ('sales_invoice', 'sales_credit_note', 'purchase_invoice', 'purchase_credit_note', "
    "'self_billed_purchase', 'self_billed_credit_note', 'memorial')"
)
REVISED = "revised_at IS NOT NULL OR withdrawn_at IS NOT NULL"
KNOWN_REVISIONS = """
    UPDATE document SET revised_at = versions.newest
    FROM (
        SELECT document_id, max(received_at) AS newest FROM document_version
        GROUP BY document_id HAVING count(*) > 1
    ) AS versions
    WHERE versions.document_id = document.document_id
"""


def upgrade() -> None:
    op.add_column("document", sa.Column("revised_at", sa.DateTime(timezone=True)))
    op.execute(KNOWN_REVISIONS)
    op.create_index(
        "ix_document_unnamed", "document", ["source_id", "organisation"], postgresql_where=sa.text(UNNAMED)
    )
    op.create_index("ix_document_revised", "document", ["document_id"], postgresql_where=sa.text(REVISED))
    op.create_index("ix_posting_books_period", "posting", ["books", "fiscal_year", "period", "journal"])
    op.drop_index("ix_document_date", "document")
    op.create_index(
        "ix_document_date",
        "document",
        ["source_id", "organisation", "document_date"],
        postgresql_include=["document_id"],
    )
    op.drop_index("ix_posting_books_state", "posting")
    op.create_index(
        "ix_posting_books_state", "posting", ["books", "state"], postgresql_include=["document_id"]
    )
    # Before PostgreSQL knows how few documents came again, it would rather read all that is booked.
    op.execute("ANALYZE document")


def downgrade() -> None:
    op.drop_index("ix_posting_books_state", "posting")
    op.create_index("ix_posting_books_state", "posting", ["books", "state"])
    op.drop_index("ix_document_date", "document")
    op.create_index("ix_document_date", "document", ["source_id", "organisation", "document_date"])
    op.drop_index("ix_posting_books_period", "posting")
    op.drop_index("ix_document_revised", "document")
    op.drop_index("ix_document_unnamed", "document")
    op.drop_column("document", "revised_at")
