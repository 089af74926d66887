"""Remember where the books were looked through for bookings that the store may have forgotten."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.store.booked_places import known_references
from finance_hooks.store.metadata import Instant, metadata

JournalPeriod = tuple[str, Period]

looked_place = sa.Table(
    "looked_place",
    metadata,
    sa.Column("books", sa.Text, primary_key=True),
    sa.Column("journal", sa.Text, primary_key=True),
    sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("period", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("looked_at", Instant, nullable=False),
)
"""The journals and periods that were read since the store may last have been put back from a backup."""

forgotten_booking = sa.Table(
    "forgotten_booking",
    metadata,
    sa.Column("books", sa.Text, primary_key=True),
    sa.Column("reference", sa.Text, primary_key=True),
)
"""References of ours that stood there and that the store did not know to be booked, mostly none."""


def forget_looked(connection: sa.Connection, books: str, *, before: datetime) -> None:
    """Let be looked through again what was before an instant: the store may have forgotten what came then."""
    is_old = looked_place.c.looked_at < before
    connection.execute(sa.delete(looked_place).where(looked_place.c.books == books, is_old))


def read_looked(
    connection: sa.Connection, books: str, *, since: datetime | None = None
) -> frozenset[JournalPeriod]:
    """Return the journals and periods that were looked through, ever or since an instant."""
    is_new = sa.true() if since is None else looked_place.c.looked_at >= since
    rows = connection.execute(sa.select(looked_place).where(looked_place.c.books == books, is_new))
    return frozenset((row.journal, Period(fiscal_year=row.fiscal_year, number=row.period)) for row in rows)


def note_looked(
    connection: sa.Connection,
    books: str,
    journals: Collection[str],
    period: Period,
    booked: Collection[BookedEntry],
    *,
    at: datetime,
) -> None:
    """Note what all bookings of some journals in a period tell: which are not known to be booked."""
    references = {reference for one in booked for reference in one.references}
    forgotten = sorted(references - known_references(connection, references))
    if forgotten:
        rows = [{"books": books, "reference": reference} for reference in forgotten]
        connection.execute(pg.insert(forgotten_booking).on_conflict_do_nothing(), rows)
    here = {"books": books, "fiscal_year": period.fiscal_year, "period": period.number, "looked_at": at}
    looked = [here | {"journal": journal} for journal in sorted(journals)]
    connection.execute(pg.insert(looked_place).on_conflict_do_nothing(), looked)


def forgotten_among(connection: sa.Connection, books: str, references: Collection[str]) -> frozenset[str]:
    """Return which references stood in the books when they were looked through."""
    chosen = sa.select(forgotten_booking.c.reference).where(
        forgotten_booking.c.books == books,
        forgotten_booking.c.reference == sa.any_(pg.array(sorted(references), type_=sa.Text)),
    )
    return frozenset(connection.execute(chosen).scalars())
