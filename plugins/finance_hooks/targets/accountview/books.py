"""Ask for the books: all pages and ledger rows of some periods, or what became of one page.

AccountView: DJ2 and DJ2P show journal pages, GJ1 the ledger; which of them still shows a posted page is not
documented. They are read in the order in which a page would move through them, so that none slips by.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from finance_hooks.model.entry import BookedEntry
from finance_hooks.targets.accountview.listings import ALL_PAGES, ENTRY_PAGES, TRANSACTIONS, Listing
from finance_hooks.targets.accountview.pages import TRANSACTION, ReadPage, key_of, read_pages
from finance_hooks.targets.accountview.query import Filter, Question
from finance_hooks.targets.accountview.readback import ENCODED_PERIOD, BookYear, read_bookings
from finance_hooks.targets.accountview.wire import Row, Tables, read_text

Reader = Callable[[Question], Iterable[Tables]]
"""Asks one question and yields the answers, page by page."""

PAGE_LISTINGS = (ENTRY_PAGES, ALL_PAGES)
FEW = 50


def read_year(read: Reader, year: BookYear, periods: Collection[int], on: date) -> list[BookedEntry]:
    """Read all bookings of some periods of the book year that a day lies in."""
    pages: list[ReadPage] = []
    for number in sorted(periods):
        for listing in PAGE_LISTINGS:
            question = Question(listing=listing, book_date=on, filters=(_in_period(number),))
            pages += [page for tables in read(question) for page in read_pages(tables)]
    offset = _period_offset(read, on)
    rows: list[Row] = []
    for number in sorted(periods):
        question = Question(listing=TRANSACTIONS, book_date=on, filters=(_in_period(offset + number),))
        rows += _rows(read, question)
    return list(read_bookings(year, pages, rows))


def read_page_of(
    read: Reader, reference: str, on: date, listings: Sequence[Listing] = PAGE_LISTINGS
) -> tuple[Listing, ReadPage] | None:
    """Find the page whose description bears a reference, and say which listing shows it."""
    for listing in listings:
        question = Question(
            listing=listing,
            book_date=on,
            filters=(Filter(field="HDR_DESC", value=reference, operator="Contains"),),
            page_size=FEW,
        )
        for tables in read(question):
            for page in read_pages(tables):
                if reference in (read_text(page.header.get("HDR_DESC")) or ""):
                    return listing, page
    return None


def read_transactions_of(read: Reader, journal: str, page_number: str, on: date) -> list[Row]:
    """Read the ledger rows of one page; none where it is not posted yet."""
    filters = (Filter(field="DJ_CODE", value=journal), _page_filter(page_number))
    question = Question(listing=TRANSACTIONS, book_date=on, filters=filters)
    return [row for row in _rows(read, question) if key_of(row) == (journal, page_number)]


def spell_journals(journals: Collection[str], known: Collection[str]) -> frozenset[str]:
    """Return journals, and how the installation spells those it does not know as they are written."""
    unknown = {journal.upper() for journal in journals if journal not in known}
    return frozenset(journals) | {code for code in known if code.upper() in unknown}


def _page_filter(page_number: str) -> Filter:
    if page_number.isdecimal():
        return Filter(field="PAGE_NRV", value=page_number, kind="N")
    return Filter(field="PAGE_NR", value=page_number)


def _in_period(number: int) -> Filter:
    return Filter(field="PERIOD", value=str(number), kind="N")


def _period_offset(read: Reader, on: date) -> int:
    """Find out from one row whether the ledger's periods name their year too, and how."""
    rows = _rows(read, Question(listing=TRANSACTIONS, book_date=on, page_size=1))
    if not rows:
        return 0
    period = int(str(rows[0]["PERIOD"]).partition(".")[0])
    return period - period % ENCODED_PERIOD


def _rows(read: Reader, question: Question) -> list[Row]:
    return [row for tables in read(question) for row in tables.get(TRANSACTION, ())]
