"""Answer where a booked line comes from: entry, source lines, mapping rows, and everything that happened."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.store.documents import document, document_version
from finance_hooks.store.events import read_events
from finance_hooks.store.postings import posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event in the history of a posting."""

    at: datetime
    name: str
    run_id: str | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """One posting with all that is behind it.

    `resource` is the source's name for that kind of document, `source` the version of it that was mapped,
    as received; `purged_at` says since when that is gone. `mapping_rows` are the cells of the rows used, by
    `file:line`, as they stood then.
    """

    document_key: str
    document_number: str | None
    sync_id: str
    books: str
    state: str
    reference: str
    target_entry_id: str | None
    target_entry_number: str | None
    sent_run_id: str | None
    entry: Mapping[str, Any] | None
    reasons: tuple[Mapping[str, Any], ...]
    mapping_rows: Mapping[str, tuple[str, ...]]
    resource: str
    source: Any
    purged_at: datetime | None
    history: tuple[Happening, ...]


def find_provenance(connection: sa.Connection, asked: str) -> list[Provenance]:
    """Find postings by reference (with or without brackets), entry number, entry id or document number.

    A purchase is also found by its supplier's number, which is the one that stands in the books.
    """
    name = asked.strip()
    chosen = (
        _chosen()
        .where(
            sa.or_(
                posting.c.reference == name.strip("[]"),
                posting.c.target_entry_number == name,
                posting.c.target_entry_id == name,
                document.c.number == name,
                posting.c.entry["number"].astext == name,
            )
        )
        .order_by(posting.c.posting_id)
    )
    return [_provenance(connection, row) for row in connection.execute(chosen).all()]


def read_provenance(connection: sa.Connection, reference: str, *, sync_id: str) -> Provenance | None:
    """Read the posting of a reference, `None` where the administration has none."""
    chosen = _chosen().where(posting.c.reference == reference, posting.c.sync_id == sync_id)
    row = connection.execute(chosen).one_or_none()
    return None if row is None else _provenance(connection, row)


def _chosen() -> sa.Select[Any]:
    return (
        sa.select(
            posting,
            document.c.document_key,
            document.c.number,
            document_version.c.resource,
            document_version.c.body,
            document_version.c.purged_at,
        )
        .join(document, document.c.document_id == posting.c.document_id)
        .join(
            document_version,
            (document_version.c.document_id == posting.c.document_id)
            & (document_version.c.content_digest == posting.c.content_digest),
        )
    )


def _provenance(connection: sa.Connection, row: sa.Row[Any]) -> Provenance:
    return Provenance(
        document_key=row.document_key,
        document_number=row.number,
        sync_id=row.sync_id,
        books=row.books,
        state=row.state,
        reference=row.reference,
        target_entry_id=row.target_entry_id,
        target_entry_number=row.target_entry_number,
        sent_run_id=row.sent_run_id,
        entry=row.entry,
        reasons=tuple(row.reasons),
        mapping_rows={at: tuple(content.split("\x1f")) for at, content in row.mapping_rows.items()},
        resource=row.resource,
        source=None if row.body is None else _source(zlib.decompress(row.body)),
        purged_at=row.purged_at,
        history=tuple(
            Happening(at=one.at, name=one.name, run_id=one.run_id, detail=one.detail)
            for one in read_events(connection, row.posting_id)
        ),
    )


def _source(body: bytes) -> Any:  # noqa: ANN401 - whatever the source sent
    try:
        return json.loads(body, parse_float=str)
    except ValueError:
        return body.decode("utf-8", "backslashreplace")
