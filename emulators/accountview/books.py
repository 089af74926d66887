"""The rows of one company and what the database beneath AccountView keeps about each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from emulators.accountview.dictionary import tables
from emulators.clock import EmulatorClock
from emulators.switches import Switches

Row: TypeAlias = dict[str, Any]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
USER = "KOPPELING"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
YEARS_BACK = 2


@dataclass(slots=True, kw_only=True)
class Page:
    """One journal page with its lines and the ledger rows it makes; debit is positive in `legs`."""

    header: Row
    lines: list[Row]
    legs: list[Row]
    kind: str
    booked_at: datetime
    changed_at: datetime
    held: bool = False


@dataclass(slots=True, kw_only=True)
class Year:
    """One administration: the pages of a book year by PAGE_NRD, and who has which document number."""

    pages: dict[str, Page] = field(default_factory=dict)
    last_numbers: dict[str, int] = field(default_factory=dict)
    documents: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, page: Page) -> None:
        """Keep a page."""
        self.pages[page.header["PAGE_NRD"]] = page
        if page.header["INV_NR"]:
            self.documents.setdefault(_document(page), []).append(page.header["SUB_NR"] or "")

    def remove(self, page: Page) -> None:
        """Take a page away."""
        del self.pages[page.header["PAGE_NRD"]]
        if page.header["INV_NR"]:
            self.documents[_document(page)].remove(page.header["SUB_NR"] or "")


@dataclass(slots=True, kw_only=True)
class Company:
    """One company: master rows by table and key, entries by book year, closed periods."""

    code: str
    id: str
    description: str
    bound: bool
    currency: str
    first_year: int
    country: str = "NL"
    vat_number: str = ""
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    years: dict[int, Year] = field(default_factory=dict)
    closed: set[tuple[int, int]] = field(default_factory=set)
    last_rec_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One company and book year as one call sees them."""

    company: Company
    book_year: int
    clock: EmulatorClock
    switches: Switches

    def now(self) -> datetime:
        """Return the wall clock in the Netherlands, without zone, as AccountView keeps it."""
        return local(self.clock.now())

    @property
    def year(self) -> Year:
        """Return the administration of the book year."""
        return self.company.years.setdefault(self.book_year, Year())

    def pages(self) -> Iterator[Page]:
        """Return the pages of the book year."""
        yield from self.year.pages.values()

    def is_posted(self, page: Page) -> bool:
        """Tell whether a page stands in the ledger by now."""
        delay_s = self.switches.number("posted_after_s")
        if page.held or page.header["NO_POST"] or delay_s < 0:
            return False
        return page.booked_at + timedelta(seconds=delay_s) <= self.clock.now()

    def table(self, name: str) -> dict[str, Row]:
        """Return the master rows of a table by key."""
        return self.company.tables.setdefault(name, {})

    def find(self, table: str, key: object) -> Row | None:
        """Return one master row, or None."""
        return self.table(table).get(str(key)) if key not in {None, ""} else None

    def insert(self, table: str, key: str, values: Mapping[str, Any]) -> Row:
        """Add a master row with every field of its table, stamped."""
        row: Row = dict.fromkeys(tables()[table]) | self.stamps(table) | dict(values)
        if "REC_ID" in row and not row["REC_ID"]:
            row["REC_ID"] = self.next_rec_id()
        self.table(table)[key] = row
        return row

    def stamps(self, table: str) -> Row:
        """Return when and by whom a new row is made."""
        stamps = {
            "INP_DATE": self.now().replace(microsecond=0),
            "CNG_DATE": self.now().replace(microsecond=0),
            "INP_USR": USER,
            "CNG_USR": USER,
            "CNG_NR": 0,
        }
        return {name: stamp for name, stamp in stamps.items() if name in tables()[table]}

    def change(self, row: Row, values: Mapping[str, Any]) -> None:
        """Change a row and its stamps."""
        row.update(values)
        if "CNG_NR" in row:
            row["CNG_NR"] = (row["CNG_NR"] or 0) + 1
            row["CNG_DATE"] = self.now().replace(microsecond=0)
            row["CNG_USR"] = USER

    def next_rec_id(self) -> str:
        """Make the next REC_ID: an underscore and nine characters, rising."""
        self.company.last_rec_id += 1
        number, text = self.company.last_rec_id, ""
        while number:
            number, place = divmod(number, len(DIGITS))
            text = DIGITS[place] + text
        return f"_{text:0>9}"


def local(instant: datetime) -> datetime:
    """Turn an instant into the wall clock in the Netherlands, without zone."""
    return instant.astimezone(AMSTERDAM).replace(tzinfo=None)


def _document(page: Page) -> tuple[str, str]:
    return page.header["DJ_CODE"], page.header["INV_NR"]


def page_key(journal: str, number: str) -> str:
    """Make PAGE_NRD: the journal 3 wide, the page number 10 wide, both padded as FoxPro does."""
    return f"{journal:<3}{number:>10}"
