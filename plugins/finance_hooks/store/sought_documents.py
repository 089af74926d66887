"""Choose documents by what is asked of them, each choice along an index of its own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.following import is_void
from finance_hooks.store.postings import posting

P = PostingState
NUMBERS = 500
"""So many documents are looked at whose number begins as was asked; one that is the same is always found."""
BEGINS = 4
"""So many characters of a number it takes to look for those that begin so."""
CALLED = sa.func.lower(sa.func.coalesce(document.c.number, document.c.source_document_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where the documents of one administration are: into which books they go, and whose they are."""

    sync_id: str
    books: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is asked of documents; what is `None` does not matter. Amounts are compared without their sign.

    With `without_period` only what has no period yet is sought, because no booking of it could be made.
    """

    number: str | None = None
    party_codes: Sequence[str] | None = None
    gross_from: Decimal | None = None
    gross_to: Decimal | None = None
    states: Sequence[PostingState] | None = None
    reason: ReasonCode | None = None
    dated_from: date | None = None
    dated_to: date | None = None
    fiscal_year: int | None = None
    period: int | None = None
    without_period: bool = False

    @property
    def by_date(self) -> bool:
        """Whether the newest is what is dated last, and not what was received last."""
        return self.dated_from is not None or self.dated_to is not None

    @property
    def of_documents(self) -> bool:
        """Whether anything is asked that only documents know, and not their postings."""
        return self.by_date or (self.number, self.party_codes, self.gross_from, self.gross_to) != (None,) * 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page begins or ends: a posting, with what it is sorted by."""

    dated_on: date | None
    document_id: int
    posting_id: int

    def sorted_by(self, sought: Sought) -> tuple[Any, ...]:
        """Return what it is sorted by when this is sought."""
        return (*((self.dated_on,) if sought.by_date else ()), self.document_id, self.posting_id)


def within(scopes: Sequence[Scope], sought: Sought) -> Any:  # noqa: ANN401 - a set-returning function
    """Return the scopes as a table, each administration once where its postings tell all that is asked."""
    rows = sorted({(one.sync_id, one.organisation if sought.of_documents else "") for one in scopes})
    arrays = [pg.array([row[place] for row in rows], type_=sa.Text) for place in range(2)]
    return sa.func.unnest(*arrays).table_valued("sync_id", "organisation").render_derived("scope")


def matching(
    scope: Any,  # noqa: ANN401 - a set-returning function
    sought: Sought,
    *,
    books: Collection[str],
) -> sa.Select[Any]:
    """Choose the postings of one scope that are sought, as `posting_id` with what they are sorted by.

    `books` are those of all scopes, within which an entry number is looked for.
    """
    mine = posting.c.sync_id == scope.c.sync_id
    columns: list[Any] = [posting.c.posting_id, posting.c.document_id]
    if not sought.of_documents:
        return sa.select(*columns).where(mine, *_of_posting(sought)).correlate(scope)
    joined = posting.join(document, document.c.document_id == posting.c.document_id)
    if sought.number is not None:
        named = _named(scope, sought.number, books)
        joined = joined.join(named, named.c.document_id == document.c.document_id)
    return (
        sa.select(*columns, document.c.document_date)
        .select_from(joined)
        .where(
            mine,
            document.c.organisation == scope.c.organisation,
            *_of_document(sought),
            *_of_posting(sought),
        )
        .correlate(scope)
    )


def order(sought: Sought) -> list[sa.ColumnElement[Any]]:
    """Return what is sorted by, as an index keeps it."""
    if sought.by_date:
        return [document.c.document_date, document.c.document_id, posting.c.posting_id]
    return [posting.c.document_id, posting.c.posting_id]


def beyond(place: Place, sought: Sought, *, earlier: bool) -> sa.ColumnElement[bool]:
    """Choose what comes earlier in the order than a place, or later.

    Of a document with several postings only the last column decides; an index goes by those before it.
    """
    *columns, last = order(sought)
    *values, value = (sa.literal(one) for one in place.sorted_by(sought))
    here, there = sa.tuple_(*columns), sa.tuple_(*values)
    if earlier:
        return (here <= there) & ((here < there) | (last < value))
    return (here >= there) & ((here > there) | (last > value))


def _of_document(sought: Sought) -> list[sa.ColumnElement[bool]]:
    gross, dated_on = sa.func.abs(document.c.gross), document.c.document_date
    found = []
    if sought.party_codes is not None:
        codes = pg.array(list(sought.party_codes), type_=sa.Text)
        found.append(document.c.party_code == sa.any_(codes))
    if sought.gross_from is not None:
        found.append(gross >= sought.gross_from)
    if sought.gross_to is not None:
        found.append(gross <= sought.gross_to)
    if sought.by_date:
        found.append(dated_on.between(sought.dated_from or date.min, sought.dated_to or date.max))
    return found


def _of_posting(sought: Sought) -> list[sa.ColumnElement[bool]]:
    found = []
    if sought.reason is not None:
        found.append(posting.c.reasons.contains([{"code": sought.reason.value}]))
    states = (P.PARKED,) if sought.reason is not None else sought.states
    if states is not None:
        found.append(posting.c.state.in_([state.value for state in states]))
        # Its index holds what is not booked only, and has to be told that this is all that is wanted.
        found += [] if P.BOOKED in states else [posting.c.state != P.BOOKED.value, ~is_void()]
    if sought.without_period:
        found.append(posting.c.fiscal_year.is_(None))
    if sought.fiscal_year is not None:
        found.append(posting.c.fiscal_year == sought.fiscal_year)
    if sought.period is not None:
        found.append(posting.c.period == sought.period)
    return found


def _named(
    scope: Any,  # noqa: ANN401 - a set-returning function
    asked: str,
    books: Collection[str],
) -> sa.FromClause:
    """Choose documents by number, by the number or the reference of their bookings, or by how one begins."""
    name = asked.strip().strip("[]")
    mine = document.c.organisation == scope.c.organisation
    numbered = sa.select(document.c.document_id)
    booked = sa.select(posting.c.document_id)
    ways = [
        numbered.where(mine, CALLED.in_([name.lower()])),
        booked.where(posting.c.reference == name.upper()),
        booked.where(posting.c.books.in_(sorted(books)), posting.c.target_entry_number == name),
    ]
    if len(name) >= BEGINS:
        begins = CALLED.startswith(name.lower(), autoescape=True)
        ways.append(sa.select(numbered.where(mine, begins).limit(NUMBERS).correlate(scope).subquery()))
    return sa.union(*(way.correlate(scope) for way in ways)).lateral("named")
