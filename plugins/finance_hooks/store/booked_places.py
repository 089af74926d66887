"""Find what is booked by where it stands: journals and periods, references, and the package's own numbers."""

from collections.abc import Collection, Iterator
from datetime import date

import sqlalchemy as sa

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import (
    Owned,
    Standing,
    in_periods,
    is_parked_booking,
    read_places,
    select_standings,
    standing_of,
)

PADDING = "0"
NOT_BOOKED = (PostingState.PENDING.value, PostingState.PARKED.value)


def places_to_prove(connection: sa.Connection, owned: Owned) -> frozenset[tuple[str, Period]]:
    """Return every journal with its periods in which something of ours is booked, or parked."""
    return read_places(connection, owned, _booked(owned) | is_parked_booking())


def known_references(connection: sa.Connection, references: Collection[str]) -> frozenset[str]:
    """Return which references are those of postings that are booked or may be, into whatever books."""
    if not references:
        return frozenset()
    chosen = sa.select(posting.c.reference).where(
        posting.c.reference.in_(sorted(references)), posting.c.state.not_in(NOT_BOOKED)
    )
    return frozenset(connection.execute(chosen).scalars())


def own_days(
    connection: sa.Connection, owned: Owned, places: Collection[tuple[str, Period]]
) -> frozenset[date]:
    """Return the own days of what is booked in these places on another one: it may stand there, too."""
    moved_from = posting.c.entry["moved_from"].astext
    chosen = (
        sa.select(moved_from.label("moved_from"))
        .join(document, document.c.document_id == posting.c.document_id)
        .where(_booked(owned), in_periods(places), moved_from.is_not(None))
        .distinct()
    )
    return frozenset(date.fromisoformat(row.moved_from) for row in connection.execute(chosen))


def fiscal_year_between(connection: sa.Connection, owned: Owned, first: date, last: date) -> int | None:
    """Return the fiscal year that most of our booked documents of these dates are in, by the books' count."""
    counted = sa.func.count().label("counted")
    chosen = (
        sa.select(posting.c.fiscal_year, counted)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(_booked(owned), document.c.document_date.between(first, last))
        .group_by(posting.c.fiscal_year)
        .order_by(counted.desc(), posting.c.fiscal_year)
        .limit(1)
    )
    row = connection.execute(chosen).one_or_none()
    return None if row is None else row.fiscal_year


def is_taken(connection: sa.Connection, books: str, booked: BookedEntry) -> bool:
    """Say whether a booking is that of one of our postings already: it proves no second document."""
    chosen = sa.select(posting.c.posting_id).where(
        posting.c.books == books,
        posting.c.target_entry_number == booked.entry_number,
        posting.c.target_entry_id == booked.id,
        posting.c.state == PostingState.BOOKED.value,
    )
    return connection.execute(chosen.limit(1)).first() is not None


def standings_named(
    connection: sa.Connection,
    owned: Owned,
    *,
    references: Collection[str],
    numbers: Collection[tuple[str, str]],
) -> Iterator[Standing]:
    """Read the booked postings of these references, or of these journals and entry numbers unpadded."""
    journal, number = (
        sa.func.ltrim(sa.func.lower(column), PADDING)
        for column in (posting.c.journal, posting.c.target_entry_number)
    )
    chosen = (
        select_standings(None)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            _booked(owned),
            posting.c.reference.in_(references) | sa.tuple_(journal, number).in_(sorted(numbers)),
        )
        .order_by(posting.c.posting_id)
    )
    for row in connection.execute(chosen):
        yield standing_of(row)


def _booked(owned: Owned) -> sa.ColumnElement[bool]:
    return sa.and_(owned.in_books(), posting.c.state == PostingState.BOOKED.value)
