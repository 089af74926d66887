"""Search the documents of some administrations: newest first, a page at a time, counted up to a bound."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.following import is_void
from finance_hooks.store.party_names import party_name
from finance_hooks.store.postings import posting
from finance_hooks.store.runs import run
from finance_hooks.store.sought_documents import Place, Scope, Sought, beyond, matching, order, within

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line: a posting with its document; `since` is when it came where it stands."""

    place: Place
    sync_id: str
    reference: str
    purpose: str
    document_number: str
    document_type: str
    document_date: date | None
    party_code: str | None
    party_name: str | None
    gross: Decimal | None
    state: PostingState
    is_void: bool
    reasons: Sequence[dict[str, Any]]
    since: datetime


def read_scopes(connection: sa.Connection, sync_ids: Collection[str]) -> list[Scope]:
    """Return where the documents of administrations are, by the first and the last that came in."""
    wanted = sa.func.unnest(pg.array(sorted(sync_ids), type_=sa.Text)).table_valued("sync_id")
    wanted = wanted.render_derived("wanted")
    ends = [
        sa.select(posting.c.document_id, posting.c.books)
        .where(posting.c.sync_id == wanted.c.sync_id)
        .order_by(end)
        .limit(1)
        .correlate(wanted)
        for end in (posting.c.document_id.asc(), posting.c.document_id.desc())
    ]
    both = sa.union(*(sa.select(end.subquery()) for end in ends)).lateral("both_ends")
    joined = wanted.join(both, sa.true()).join(document, document.c.document_id == both.c.document_id)
    columns = (wanted.c.sync_id, both.c.books, document.c.organisation)
    rows = connection.execute(sa.select(*columns).select_from(joined).distinct())
    return [Scope(sync_id=row.sync_id, books=row.books, organisation=row.organisation) for row in rows]


def count_found(connection: sa.Connection, scopes: Sequence[Scope], sought: Sought, *, most: int) -> int:
    """Count what is found, as far as `most`."""
    scope = within(scopes, sought)
    each = matching(scope, sought, books=_books(scopes)).limit(most).lateral("each")
    some = sa.select(each.c.posting_id).select_from(scope.join(each, sa.true())).limit(most).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one())


def search(
    connection: sa.Connection,
    scopes: Sequence[Scope],
    sought: Sought,
    *,
    limit: int,
    after: Place | None = None,
    before: Place | None = None,
) -> list[Found]:
    """Return the first lines, those after a place, or the last ones before it; newest first."""
    scope = within(scopes, sought)
    wanted = matching(scope, sought, books=_books(scopes))
    if after is not None:
        wanted = wanted.where(beyond(after, sought, earlier=True))
    if before is not None:
        wanted = wanted.where(beyond(before, sought, earlier=False))
    each = wanted.order_by(*_directed(order(sought), before)).limit(limit).lateral("each")
    merged = [each.c[column.name] for column in order(sought)]
    chosen = (
        sa.select(each.c.posting_id)
        .select_from(scope.join(each, sa.true()))
        .order_by(*_directed(merged, before))
        .limit(limit)
        .subquery("chosen")
    )
    rows = connection.execute(lines().join(chosen, chosen.c.posting_id == posting.c.posting_id))
    return sorted((found_of(row) for row in rows), key=lambda one: one.place.sorted_by(sought), reverse=True)


def _books(scopes: Sequence[Scope]) -> frozenset[str]:
    return frozenset(scope.books for scope in scopes)


def _directed(columns: Sequence[sa.ColumnElement[Any]], before: Place | None) -> list[sa.ColumnElement[Any]]:
    return [one.desc() if before is None else one.asc() for one in columns]


def lines() -> sa.Select[Any]:
    """Choose what `found_of` reads."""
    is_called = (
        (party_name.c.source_id == document.c.source_id)
        & (party_name.c.organisation == document.c.organisation)
        & (party_name.c.party_code == document.c.party_code)
    )
    parked_in = (run.c.sync_id == posting.c.sync_id) & (run.c.run_id == posting.c.reasons_since_run)
    return (
        sa.select(
            posting,
            document.c.document_key,
            document.c.document_type,
            document.c.document_date,
            document.c.party_code,
            document.c.gross,
            sa.func.coalesce(document.c.number, document.c.source_document_id).label("document_number"),
            party_name.c.name.label("party_name"),
            is_void().label("is_void"),
            run.c.started_at.label("parked_since"),
        )
        .select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .join(party_name, is_called, isouter=True)
        .join(run, parked_in, isouter=True)
    )


def found_of(row: sa.Row[Any]) -> Found:
    """Read a row of `lines`."""
    return Found(
        place=Place(dated_on=row.document_date, document_id=row.document_id, posting_id=row.posting_id),
        sync_id=row.sync_id,
        reference=row.reference,
        purpose=row.purpose,
        document_number=row.document_number,
        document_type=row.document_type,
        document_date=row.document_date,
        party_code=row.party_code,
        party_name=row.party_name,
        gross=row.gross,
        state=P(row.state),
        is_void=row.is_void,
        reasons=row.reasons,
        since=_since(row),
    )


def _since(row: sa.Row[Any]) -> datetime:
    came: dict[str, datetime | None] = {
        P.PARKED.value: row.parked_since or row.held_at,
        P.BOOKED.value: row.booked_at,
        P.SENDING.value: row.frozen_at,
        P.UNKNOWN.value: row.frozen_at,
    }
    since: datetime = came.get(row.state) or row.created_at
    return since
