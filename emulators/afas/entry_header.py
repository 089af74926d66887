"""What the head of an entry is held to: administration, journal, period.

Sources: endpoint text of POST FiEntries (validations), docs.afas.help/profit/nl/troubleshooting (locks).
"""

from dataclasses import dataclass
from datetime import date

from emulators.afas import periods
from emulators.afas.books import Books
from emulators.afas.errors import Refused
from emulators.afas.hosts import LAST_USED_UNIT
from emulators.afas.shapes import Element
from emulators.afas.wire import shown_day

SALES, PURCHASE = "1", "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The head of an entry with its references resolved; `kind` is the journal's type in the chart."""

    unit: int
    journal: str
    kind: str
    year: int
    period: int
    numbers_itself: bool
    adds_codes: bool
    adds_assignments: bool


def check_header(books: Books, element: Element) -> Header:
    """Resolve the head of an entry; raise Refused for the first thing that is wrong."""
    sent = element.fields
    unit = sent.get("UnId", LAST_USED_UNIT)
    if unit not in books.units:
        raise Refused("no_unit")
    if "PrTp" in sent and books.switches.text("prepare_type") == "refused":
        raise Refused("prepare_type")
    journal = books.find("Profit_Journals", unit, sent["JoCo"])
    if journal is None:
        raise Refused("value_unknown", field="Dagboek")
    if journal["Blocked"]:
        raise Refused("journal_blocked", journal=journal["JournalId"])
    check_lock(books, unit, journal["JournalId"])
    _check_period(books, unit, sent["Year"], sent["Peri"])
    return Header(
        unit=unit,
        journal=journal["JournalId"],
        kind=journal["JournalType"],
        year=sent["Year"],
        period=sent["Peri"],
        numbers_itself=bool(sent.get("AuNu")),
        adds_codes=bool(sent.get("AdDc")),
        adds_assignments=bool(sent.get("AdDa")),
    )


def check_lock(books: Books, unit: int, journal: str) -> None:
    """Refuse when another user has the journal's booking layout open."""
    if f"{unit}/{journal}" in books.switches.text("locked_journals").split():
        raise Refused("locked", journal=journal)


def check_date(books: Books, header: Header, day: date) -> None:
    """Refuse an entry date in a blocked period, or outside the period when that is checked."""
    found = periods.of_date(books, header.unit, day)
    if found is None or periods.blocked(books, found):
        raise Refused("date_blocked", day=shown_day(day))
    outside = (found["Year"], found["Period"]) != (header.year, header.period)
    if outside and books.switches.text("period_holds_date") == "checked":
        raise Refused("date_outside_period", day=shown_day(day), period=header.period, year=header.year)


def _check_period(books: Books, unit: int, year: int, period: int) -> None:
    found = books.find(periods.TABLE, unit, year, period)
    if found is None:
        raise Refused("period_unknown", period=period, year=year)
    if periods.blocked(books, found):
        raise Refused("period_blocked", period=period, year=year)
