"""Read the postings of the store by SQL, as anybody could."""

from typing import Any

import sqlalchemy as sa

from adversary.picture import Posted

POSTINGS = sa.text("""
    SELECT p.reference, coalesce(d.number, d.source_document_id) AS number, p.purpose, p.state, p.gone_at,
        ARRAY(SELECT reason->>'code' FROM jsonb_array_elements(p.reasons) AS reason) AS reasons,
        ARRAY(SELECT e.name FROM event e WHERE e.posting_id = p.posting_id ORDER BY e.event_id) AS history,
        ARRAY(
            SELECT f.kind FROM finding f WHERE f.posting_id = p.posting_id AND f.settled_at IS NULL
        ) AS findings
    FROM posting p JOIN document d USING (document_id)
    WHERE p.sync_id = :sync_id
""")


def read_posted(connection: sa.Connection, sync_id: str) -> tuple[Posted, ...]:
    """Read all postings of an administration, with the states they went through."""
    return tuple(_posted(row) for row in connection.execute(POSTINGS, {"sync_id": sync_id}))


def _posted(row: sa.Row[Any]) -> Posted:
    return Posted(
        reference=row.reference,
        number=str(row.number),
        purpose=row.purpose,
        state=row.state,
        reasons=tuple(row.reasons),
        history=tuple(row.history),
        is_gone=row.gone_at is not None,
        findings=frozenset(row.findings),
    )
