"""A store as it is after years: many documents booked, in few journals and periods."""

from datetime import UTC, datetime

import sqlalchemy as sa

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)

DOCUMENTS = """
INSERT INTO document (
    document_key, source_id, organisation, document_type, source_document_id, export_sequence, number,
    document_date, gross, content_digest, received_at
)
SELECT :sync_id || '/' || n, 'qubz', '100', 'sales_invoice', n::text, 0, :sync_id || '-' || n, '2025-01-01',
    121, 'd', :began
FROM generate_series(1, :count) AS n
"""

POSTINGS = """
INSERT INTO posting (
    posting_key, reference, document_id, sync_id, books, purpose, n, state, content_digest, journal,
    fiscal_year, period, gross_in_books, target_entry_id, booked_at, created_at
)
SELECT document_key, 'Q' || document_id, document_id, :sync_id, :sync_id, 'book', 1, 'booked', 'd',
    CASE document_id % 2 WHEN 0 THEN '70' ELSE '60' END,
    2025 + document_id / 2 % 24 / 12, 1 + document_id / 2 % 12, 121, document_id::text,
    :began + document_id * interval '1 second', :began
FROM document
WHERE document_key LIKE :sync_id || '/%'
"""


def book_many(engine: sa.Engine, count: int, *sync_ids: str) -> None:
    """Book so many documents in each administration, over two years of twelve periods and two journals."""
    with engine.begin() as connection:
        # The guard lets no posting begin as booked.
        connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for sync_id in sync_ids:
            values = {"sync_id": sync_id, "count": count, "began": BEGAN}
            for statement in (DOCUMENTS, POSTINGS):
                connection.execute(sa.text(statement), values)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE posting, document"))
