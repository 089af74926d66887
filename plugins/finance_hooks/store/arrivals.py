"""Store what arrives from the source: new documents, new versions, and what it no longer shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.arrival import (
    Arrival,
    content_columns,
    key_columns,
    party_of_number,
    version_columns,
)
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.events import Stamp
from finance_hooks.store.first_arrivals import receive_first
from finance_hooks.store.party_names import note_names

VANISHED = "vanished"


def receive(connection: sa.Connection, arrivals: Sequence[Arrival], stamp: Stamp) -> int:
    """Store what is new or changed and return how many versions that were.

    A number that already belongs to another key is stored too, marked with the document that has it.
    """
    note_names(connection, arrivals)
    known = _digests(connection, [str(arrival.key) for arrival in arrivals])
    unknown = [arrival for arrival in arrivals if str(arrival.key) not in known]
    first = receive_first(connection, unknown, stamp) if unknown else frozenset()
    fresh = len(first)
    for arrival in arrivals:
        if str(arrival.key) in first:
            continue
        if known.get(str(arrival.key)) == (arrival.content_digest, arrival.withdrawn_why):
            continue
        document_id = _upsert(connection, arrival, stamp.at)
        if str(arrival.key) not in known:
            _withdraw_replaced(connection, arrival, stamp.at)
        connection.execute(_insert_version(document_id, arrival, stamp))
        known[str(arrival.key)] = (arrival.content_digest, arrival.withdrawn_why)
        fresh += 1
    return fresh


def known_keys(connection: sa.Connection, keys: Sequence[str]) -> frozenset[str]:
    """Return which of these document keys the store has."""
    return frozenset(_digests(connection, keys))


def _digests(connection: sa.Connection, keys: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    chosen = sa.select(document.c.document_key, document.c.content_digest, document.c.withdrawn_why)
    rows = connection.execute(chosen.where(document.c.document_key == sa.any_(pg.array(keys, type_=sa.Text))))
    return {row.document_key: (row.content_digest, row.withdrawn_why) for row in rows}


def _upsert(connection: sa.Connection, arrival: Arrival, at: datetime) -> int:
    described = content_columns(arrival, at) | {"number_reused_of": _holder_of_number(connection, arrival)}
    insert = pg.insert(document).values(**key_columns(arrival), received_at=at, **described)
    changes = described | {"revised_at": at}
    upsert = insert.on_conflict_do_update(index_elements=["document_key"], set_=changes)
    return int(connection.execute(upsert.returning(document.c.document_id)).scalar_one())


def _withdraw_replaced(connection: sa.Connection, arrival: Arrival, at: datetime) -> None:
    """Withdraw an earlier export of this document, and what stood for it while it was unreadable."""
    key = arrival.key
    earlier_export = (document.c.document_type == key.document_type) & (
        document.c.export_sequence < key.export_sequence
    )
    connection.execute(
        sa.update(document)
        .where(
            document.c.source_id == key.source_id,
            document.c.organisation == key.organisation,
            document.c.source_document_id == key.source_document_id,
            document.c.document_key != str(key),
            # While its type could not be read, the document was keyed by its resource.
            earlier_export | (document.c.document_type == arrival.resource),
            document.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at, withdrawn_why=f"replaced by {key}")
    )


def _insert_version(document_id: int, arrival: Arrival, stamp: Stamp) -> sa.Executable:
    columns = version_columns(document_id, arrival, stamp)
    return (
        pg.insert(document_version)
        .values(**columns)
        .on_conflict_do_update(
            index_elements=["document_id", "content_digest"],
            # What was purged and comes again, as the source wants it booked after all, can be read again.
            set_={"body": columns["body"], "purged_at": None},
            where=document_version.c.body.is_(None),
        )
    )


def _holder_of_number(connection: sa.Connection, arrival: Arrival) -> int | None:
    if arrival.number is None:
        return None
    key = arrival.key
    holder = connection.execute(
        sa.select(document.c.document_id).where(
            document.c.source_id == key.source_id,
            document.c.organisation == key.organisation,
            document.c.document_type == key.document_type,
            document.c.party == party_of_number(arrival),
            document.c.number == arrival.number,
            document.c.export_sequence == key.export_sequence,
            document.c.document_key != str(key),
            document.c.number_reused_of.is_(None),
        )
    ).scalar_one_or_none()
    return None if holder is None else int(holder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All document keys the source showed of one organisation in a range of document dates, ends included.

    `asked_at` is when reading began: what another run stored since then may not have been there to be shown.
    """

    source_id: str
    organisation: str
    dated_from: date
    dated_until: date
    keys: frozenset[str]
    asked_at: datetime


def mark_vanished(
    connection: sa.Connection,
    shown: Shown,
    *,
    at: datetime,
) -> list[int]:
    """Mark documents dated in the window that the source no longer shows, and return their ids."""
    gone = (
        sa.update(document)
        .where(*_gone(shown))
        .values(withdrawn_at=at, withdrawn_why=VANISHED)
        .returning(document.c.document_id)
    )
    return [int(row.document_id) for row in connection.execute(gone)]


def find_vanished(connection: sa.Connection, shown: Shown) -> frozenset[int]:
    """Return the ids of what `mark_vanished` would mark, without marking it."""
    rows = connection.execute(sa.select(document.c.document_id).where(*_gone(shown)))
    return frozenset(int(row.document_id) for row in rows)


def _gone(shown: Shown) -> tuple[sa.ColumnElement[bool], ...]:
    shown_keys = sa.select(sa.func.unnest(pg.array(sorted(shown.keys), type_=sa.Text)))
    return (
        document.c.source_id == shown.source_id,
        document.c.organisation == shown.organisation,
        document.c.document_date.between(shown.dated_from, shown.dated_until),
        document.c.withdrawn_at.is_(None),
        document.c.received_at <= shown.asked_at,
        document.c.document_key.not_in(shown_keys),
    )
