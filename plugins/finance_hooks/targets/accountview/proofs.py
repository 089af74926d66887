"""Prove each page after it was sent, and remember what AccountView took another way than it was meant.

Every page is read back; the first of each sort also from the ledger, where sides, rates and shifted VAT show.
"""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.books import PAGE_LISTINGS, Reader, read_page_of, read_transactions_of
from finance_hooks.targets.accountview.comparing import (
    Sort,
    find_misplacements,
    find_misreadings,
    read_totals,
    sort_of,
    totals_of_books,
)
from finance_hooks.targets.accountview.listings import Listing
from finance_hooks.targets.accountview.pages import ReadPage
from finance_hooks.targets.accountview.readback import BookYear, read_bookings
from finance_hooks.targets.accountview.wire import Row

LOOKS_MAX = 3
"""How often the ledger is asked for pages of one sort that are not in it: some installations post later."""

Key = tuple[str, Sort]


class Proofs:
    """What one hook has proved so far, by company.

    `closed` says why nothing more may be sent to a company, `doubts` why nothing more of a sort.
    """

    def __init__(self) -> None:
        """Start without any proof."""
        self.closed: dict[str, str] = {}
        self.doubts: dict[Key, str] = {}
        self._looks: dict[Key, int] = {}
        self._listings: tuple[Listing, ...] = PAGE_LISTINGS

    def prove(self, read: Reader, year: BookYear, entry: Entry, booked: Booked) -> Booked:
        """Read back what was booked; returns it with the totals that stand, which loading compares.

        Never says less than that it is booked: AccountView gave it a number, and it must not be sent again.
        """
        page = self._read_page(read, entry)
        rows = self._read_transactions(read, entry, booked, is_page_seen=page is not None)
        stands = next(read_bookings(year, [page] if page else [], rows), None)
        if stands is None:
            return booked
        if misplaced := find_misplacements(entry, stands):
            self.closed[entry.administration] = (
                f"Company {entry.administration}: {_name(entry, booked)} stands with {'; '.join(misplaced)}. "
                "Correct it, and find out why, before the next one is sent."
            )
        misread = find_misreadings(entry, stands) if rows else ()
        if misread:
            self.doubts[_key(entry)] = f"{_name(entry, booked)}: {'; '.join(misread)}; then correct that page"
            return replace(booked, totals=totals_of_books(entry, stands))
        header: Mapping[str, object] = page.header if page else {}
        return replace(booked, totals=read_totals(entry, stands, header, year.conventions))

    def find_remains(self, read: Reader, year: BookYear, entry: Entry) -> Booked | None:
        """Look for what stands of a page that was refused: whether that takes all back is not documented."""
        page = self._read_page(read, entry)
        if page is None:
            return None
        (stands,) = read_bookings(year, [page], [])
        return Booked(
            reference=entry.reference,
            id=stands.id,
            number=stands.entry_number,
            totals=read_totals(entry, stands, page.header, year.conventions),
        )

    def doubt(self, entry: Entry) -> tuple[Reason, ...]:
        """Say why an entry is not sent after AccountView took an earlier one of its sort another way."""
        why = self.doubts.get(_key(entry))
        if why is None:
            return ()
        return (Reason(code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=why),)

    def _read_page(self, read: Reader, entry: Entry) -> ReadPage | None:
        found = read_page_of(read, entry.reference, entry.entry_date, self._listings)
        if found is None:
            return None
        listing, page = found
        # The listing that shows this page will show the next one.
        self._listings = (listing, *(one for one in PAGE_LISTINGS if one != listing))
        return page

    def _read_transactions(
        self, read: Reader, entry: Entry, booked: Booked, *, is_page_seen: bool
    ) -> list[Row]:
        looks = self._looks.get(_key(entry), 0)
        if is_page_seen and looks >= LOOKS_MAX:
            return []
        rows = read_transactions_of(read, entry.journal, booked.number, entry.entry_date)
        self._looks[_key(entry)] = LOOKS_MAX if rows else looks + 1
        return rows


def _key(entry: Entry) -> Key:
    return entry.administration, sort_of(entry)


def _name(entry: Entry, booked: Booked) -> str:
    return f"page {entry.journal} {booked.number} of {entry.number}"
