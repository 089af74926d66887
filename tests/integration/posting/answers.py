"""Ways in which the books answer other than by booking the entry."""

from datetime import timedelta
from decimal import Decimal

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals
from finance_hooks.model.park_reason import Reason, ReasonCode
from tests.integration.posting.books import (
    Answering,
    Books,
)
from tests.integration.posting.night import LEASE_S, Night


def refuse(code: ReasonCode) -> Answering:
    def answer(_books: Books, entry: Entry) -> Outcome:
        return Refused(reference=entry.reference, reasons=(Reason(code=code, document=entry.number),))

    return answer


def later(books: Books, entry: Entry) -> Outcome:
    return Later(reference=entry.reference, until=books.clock.now() + timedelta(hours=1), why="daily limit")


def fail_with(error: Exception) -> Answering:
    def answer(_books: Books, _entry: Entry) -> Outcome:
        raise error

    return answer


def book_less(books: Books, entry: Entry) -> Outcome:
    less = entry.gross - Decimal("0.01")
    booked = books.book(entry, gross=less, gross_in_books=less)
    return Booked(reference=booked.reference, id=booked.id, number=booked.number, totals=Totals(gross=less))


def take_over_after_lease(night: Night) -> Answering:
    def answer(books: Books, entry: Entry) -> Outcome:
        booked = books.book(entry)
        night.clock.advance(LEASE_S + 1)
        night.load("other")
        return booked

    return answer
