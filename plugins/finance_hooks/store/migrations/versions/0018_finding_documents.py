"""Find documents by number, relation, amount, day and period, and know their relations by name."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = "lower(coalesce(number, source_document_id)) text_pattern_ops"
KNOWN_PARTIES = """
    UPDATE document SET party_code = coalesce(nullif(document.party, ''), known.party)
    FROM (
        SELECT document_id, max(parties -> 0 ->> 'party') AS party FROM posting GROUP BY document_id
    ) AS known
    WHERE known.document_id = document.document_id
"""


def upgrade() -> None:
    op.create_table(
        "party_name",
        sa.Column("source_id", sa.Text, primary_key=True),
        sa.Column("organisation", sa.Text, primary_key=True),
        sa.Column("party_code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.add_column("document", sa.Column("party_code", sa.Text))
    op.execute(KNOWN_PARTIES)
    op.create_index("ix_document_called", "document", ["organisation", sa.text(NUMBER)])
    op.create_index("ix_document_party_code", "document", ["organisation", "party_code", "document_id"])
    op.create_index("ix_document_gross", "document", ["organisation", sa.text("abs(gross)")])
    op.create_index("ix_document_day", "document", ["organisation", "document_date", "document_id"])
    op.create_index(
        "ix_posting_newest",
        "posting",
        ["sync_id", "document_id", "posting_id"],
        postgresql_include=["state"],
    )
    op.create_index("ix_posting_period", "posting", ["sync_id", "fiscal_year", "period", "document_id"])
    op.create_index("ix_finding_posting_id", "finding", ["posting_id"])


def downgrade() -> None:
    for name, table in (
        ("ix_finding_posting_id", "finding"),
        ("ix_posting_period", "posting"),
        ("ix_posting_newest", "posting"),
        ("ix_document_day", "document"),
        ("ix_document_gross", "document"),
        ("ix_document_party_code", "document"),
        ("ix_document_called", "document"),
    ):
        op.drop_index(name, table)
    op.drop_column("document", "party_code")
    op.drop_table("party_name")
