"""Write what mapping made of a document: a pending posting with its entry, or a parked one with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration
from finance_hooks.model.digest import digest_of
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.party import PartyNeed
from finance_hooks.model.plain import entry_to_plain, needs_to_plain, reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import held_reasons
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, Told, append_event, append_events
from finance_hooks.store.posting_moves import to_parked, to_pending
from finance_hooks.store.postings import posting

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One posting as mapped with today's tables: an entry, or the reasons why there is none.

    `follows` is the posting of the same document before it. `would_stand` is where it would stand if it had
    an entry, as far as that is known.
    """

    document_id: int
    posting_key: str
    reference: str
    n: int
    content_digest: str
    mapping_digest: str | None
    mapping_rows: Mapping[str, str]
    entry: Entry | None
    reasons: tuple[Reason, ...]
    warnings: tuple[str, ...]
    parties: tuple[PartyNeed, ...] = ()
    purpose: Purpose = Purpose.BOOK
    follows: int | None = None
    would_stand: tuple[str, Period] | None = None


def write_together(
    connection: sa.Connection, administration: Administration, prepared: Sequence[Prepared], stamp: Stamp
) -> dict[str, PostingState]:
    """Make the postings that are new and can be booked, all at once, and leave those that stand as mapped.

    Returns the states of both by key; others are to be written one by one.
    """
    states = _standing(connection, administration, prepared)
    rows = [
        _new_columns(administration, one, stamp) | _columns(one)
        for one in prepared
        if one.entry is not None and not one.reasons and one.posting_key not in states
    ]
    made = _insert(connection, rows, stamp) if rows else ()
    return states | dict.fromkeys(made, P.PENDING)


def _standing(
    connection: sa.Connection, administration: Administration, prepared: Sequence[Prepared]
) -> dict[str, PostingState]:
    """Find what nothing is to be written for: it was sent, or stands as it is mapped today."""
    wanted = {one.posting_key: one for one in prepared}
    keys = sa.literal(list(wanted), pg.ARRAY(sa.Text))
    return {
        row.posting_key: P(row.state)
        for row in connection.execute(_present().where(posting.c.posting_key == sa.any_(keys)))
        if _was_sent(row) or _stands(row, administration, wanted[row.posting_key])
    }


def _stands(present: sa.Row[Any], administration: Administration, prepared: Prepared) -> bool:
    columns = {"sync_id": administration.sync_id, **_columns(prepared)}
    reasons = reasons_to_plain(prepared.reasons + held_reasons(present))
    return (
        all(getattr(present, name) == content for name, content in columns.items())
        and reasons == present.reasons
        and bool(reasons) == (P(present.state) is P.PARKED)
    )


def _was_sent(present: sa.Row[Any]) -> bool:
    return present.frozen_at is not None or P(present.state) not in {P.PENDING, P.PARKED}


def _present() -> sa.Select[Any]:
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    return sa.select(posting, number.label("document_number")).join(
        document, document.c.document_id == posting.c.document_id
    )


def write_prepared(
    connection: sa.Connection,
    administration: Administration,
    prepared: Prepared,
    *,
    business_date: date,
    stamp: Stamp,
) -> PostingState:
    """Make or refresh a posting that was never sent; one that was sent stays as it is. Returns its state."""
    columns = _columns(prepared)
    _insert(connection, [_new_columns(administration, prepared, stamp) | columns], stamp)
    chosen = _present().where(posting.c.posting_key == prepared.posting_key).with_for_update(of=posting)
    present = connection.execute(chosen).one()
    state = P(present.state)
    if _was_sent(present):
        return state
    mine = posting.c.posting_id == present.posting_id
    connection.execute(sa.update(posting).where(mine).values(sync_id=administration.sync_id, **columns))
    reasons = prepared.reasons + held_reasons(present)
    if reasons:
        return _park(connection, present, reasons, stamp)
    refused = (present.refused_on, present.refused_digest)
    if state is P.PARKED and not stays_refused(refused, columns["entry_digest"], business_date):
        to_pending(connection, present.posting_id, "the reason is gone", stamp)
        return P.PENDING
    return state


def stays_refused(
    refused: tuple[date | None, str | None], entry_digest: str | None, business_date: date
) -> bool:
    """Say whether the last refusal (day, digest) is of this entry and today: it is offered once a night."""
    return refused == (business_date, entry_digest)


def _park(
    connection: sa.Connection, present: sa.Row[Any], reasons: tuple[Reason, ...], stamp: Stamp
) -> PostingState:
    if P(present.state) is P.PENDING:
        to_parked(connection, present.posting_id, reasons, stamp)
        return P.PARKED
    plain = reasons_to_plain(reasons)
    if plain == present.reasons:
        return P.PARKED
    changes: dict[str, Any] = {"reasons": plain}
    # A reason that is gone is no news: the others are known since they came.
    if any(reason not in present.reasons for reason in plain):
        changes["reasons_since_run"] = stamp.run_id
    connection.execute(sa.update(posting).where(posting.c.posting_id == present.posting_id).values(**changes))
    append_event(
        connection,
        "parked_anew",
        stamp,
        posting_id=present.posting_id,
        detail={"reasons": [reason["code"] for reason in plain]},
    )
    return P.PARKED


def _insert(connection: sa.Connection, rows: Sequence[dict[str, Any]], stamp: Stamp) -> frozenset[str]:
    """Insert the postings that are not there yet, and return their keys."""
    insert = pg.insert(posting).on_conflict_do_nothing(index_elements=["posting_key"])
    made = connection.execute(insert.returning(posting.c.posting_key, posting.c.posting_id), rows)
    ids = {row.posting_key: int(row.posting_id) for row in made}
    told = [
        Told(
            posting_id=ids[row["posting_key"]],
            document_id=row["document_id"],
            detail={"entry": row["entry_digest"], "mapping": row["mapping_digest"]},
        )
        for row in rows
        if row["posting_key"] in ids
    ]
    append_events(connection, "prepared", stamp, told)
    return frozenset(ids)


def _new_columns(administration: Administration, prepared: Prepared, stamp: Stamp) -> dict[str, Any]:
    return {
        "posting_key": prepared.posting_key,
        "reference": prepared.reference,
        "document_id": prepared.document_id,
        "sync_id": administration.sync_id,
        "books": administration.books,
        "purpose": prepared.purpose.value,
        "n": prepared.n,
        "follows": prepared.follows,
        "state": P.PENDING.value,
        "created_at": stamp.at,
    }


def entry_columns(entry: Entry | None, would_stand: tuple[str, Period] | None = None) -> dict[str, Any]:
    """Write an entry, or that there is none and where it would stand, as columns of its posting."""
    plain = None if entry is None else entry_to_plain(entry)
    if entry is not None:
        would_stand = entry.journal, Period(fiscal_year=entry.fiscal_year, number=entry.period)
    journal, period = would_stand or (None, None)
    return {
        "entry": plain,
        "entry_digest": None if plain is None else digest_entry(plain),
        "journal": journal,
        "fiscal_year": None if period is None else period.fiscal_year,
        "period": None if period is None else period.number,
        "gross_in_books": None if entry is None else entry.gross_in_books,
    }


def _columns(prepared: Prepared) -> dict[str, Any]:
    return {
        "content_digest": prepared.content_digest,
        "mapping_digest": prepared.mapping_digest,
        "mapping_rows": dict(prepared.mapping_rows),
        "warnings": list(prepared.warnings),
        "parties": needs_to_plain(prepared.parties),
        **entry_columns(prepared.entry, prepared.would_stand),
    }


def digest_entry(plain: dict[str, Any]) -> str:
    """Digest an entry written as plain values, by what of it reaches the books."""
    # Inserting a row above another one in a mapping file changes no booking.
    lines = [{**line, "mapping_rows": None} for line in plain["lines"]]
    return digest_of({**plain, "lines": lines})
