"""Write what mapping made of a document: a pending posting with its entry, or a parked one with reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration
from finance_hooks.model.digest import digest_of
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.party import PartyNeed
from finance_hooks.model.plain import entry_to_plain, needs_to_plain, reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import held_reasons
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.posting_moves import to_parked, to_pending
from finance_hooks.store.postings import posting

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One posting as mapped with today's tables: an entry, or the reasons why there is none.

    `follows` is the posting of the same document before it.
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


def in_scope(administration: Administration, source_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Choose the documents that belong in these books by organisation and date; undated ones always do."""
    ends_on = administration.ends_on or date.max
    dated = document.c.document_date.between(administration.starts_on, ends_on)
    return (
        document.c.source_id == source_id,
        document.c.organisation == administration.organisation,
        dated | document.c.document_date.is_(None),
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
    _insert_unless_there(connection, administration, prepared, columns, stamp)
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    chosen = (
        sa.select(posting, number.label("document_number"))
        .join(document, document.c.document_id == posting.c.document_id)
        .where(posting.c.posting_key == prepared.posting_key)
        .with_for_update(of=posting)
    )
    present = connection.execute(chosen).one()
    state = P(present.state)
    if present.frozen_at is not None or state not in {P.PENDING, P.PARKED}:
        return state
    mine = posting.c.posting_id == present.posting_id
    connection.execute(sa.update(posting).where(mine).values(sync_id=administration.sync_id, **columns))
    reasons = prepared.reasons + held_reasons(present)
    if reasons:
        return _park(connection, present, reasons, stamp)
    same_as_refused = present.refused_digest == columns["entry_digest"]
    if state is P.PARKED and not (present.refused_on == business_date and same_as_refused):
        to_pending(connection, present.posting_id, "the reason is gone", stamp)
        return P.PENDING
    return state


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


def _insert_unless_there(
    connection: sa.Connection,
    administration: Administration,
    prepared: Prepared,
    columns: dict[str, Any],
    stamp: Stamp,
) -> None:
    insert = pg.insert(posting).values(
        posting_key=prepared.posting_key,
        reference=prepared.reference,
        document_id=prepared.document_id,
        sync_id=administration.sync_id,
        books=administration.books,
        purpose=prepared.purpose.value,
        n=prepared.n,
        follows=prepared.follows,
        state=P.PENDING.value,
        created_at=stamp.at,
        **columns,
    )
    made = connection.execute(
        insert.on_conflict_do_nothing(index_elements=["posting_key"]).returning(posting.c.posting_id)
    ).one_or_none()
    if made is not None:
        detail = {"entry": columns["entry_digest"], "mapping": prepared.mapping_digest}
        append_event(
            connection,
            "prepared",
            stamp,
            posting_id=made.posting_id,
            document_id=prepared.document_id,
            detail=detail,
        )


def entry_columns(entry: Entry | None) -> dict[str, Any]:
    """Write an entry, or that there is none, as columns of its posting."""
    plain = None if entry is None else entry_to_plain(entry)
    return {
        "entry": sa.null() if plain is None else plain,
        "entry_digest": None if plain is None else _entry_digest(plain),
        "journal": None if entry is None else entry.journal,
        "fiscal_year": None if entry is None else entry.fiscal_year,
        "period": None if entry is None else entry.period,
        "gross_in_books": None if entry is None else entry.gross_in_books,
    }


def _columns(prepared: Prepared) -> dict[str, Any]:
    return {
        "content_digest": prepared.content_digest,
        "mapping_digest": prepared.mapping_digest,
        "mapping_rows": dict(prepared.mapping_rows),
        "warnings": list(prepared.warnings),
        "parties": needs_to_plain(prepared.parties),
        **entry_columns(prepared.entry),
    }


def _entry_digest(plain: dict[str, Any]) -> str:
    # Inserting a row above another one in a mapping file changes no booking.
    lines = [{**line, "mapping_rows": None} for line in plain["lines"]]
    return digest_of({**plain, "lines": lines})
