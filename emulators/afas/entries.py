"""Journal entries: booked as one transaction, deleted by number or by invoice.

Sources: docs.afas.help/profit/nl/update-connector (validated whole, then written), endpoint texts
fientries-post and fientries-delete.
"""

from decimal import Decimal

from emulators.afas import invoices, periods
from emulators.afas.books import FIRST_ENTRY, ZERO, Books, Entry
from emulators.afas.entry_header import Header, check_header, check_lock
from emulators.afas.entry_lines import check_line
from emulators.afas.errors import Refused
from emulators.afas.line_rules import check_below, check_shifted
from emulators.afas.shapes import Element, require

CENT = Decimal("0.01")
# What an entry may add to: AdDc and AdDa make codes and assignments, which go when the call is refused.
GROWING = ("Qubz_DimensionCodes", "Profit_Allocation_Assigments")


def post(books: Books, elements: list[Element]) -> list[Entry]:
    """Book the entries of one call, all or none; raise Refused for the first thing that is wrong."""
    if not elements or (len(elements) > 1 and books.switches.text("several_entries") == "refused"):
        raise Refused("one_element", element="FiEntryPar")
    kept = {name: dict(books.state.tables[name]) for name in GROWING}
    try:
        checked = [_checked(books, element) for element in elements]
        _check_apart(checked)
    except Refused:
        books.state.tables.update(kept)
        raise
    return [_book(books, header, entry) for header, entry in checked]


def _checked(books: Books, element: Element) -> tuple[Header, Entry]:
    require(element)
    header = check_header(books, element)
    return header, _lines(books, header, element)


def _check_apart(checked: list[tuple[Header, Entry]]) -> None:
    """Refuse two entries of one call with the same invoice."""
    seen: set[tuple[int, str, str]] = set()
    for header, entry in checked:
        own = {
            (header.unit, line.kind, line.invoice)
            for line in entry.lines
            if line.invoice and line.kind != "1"
        }
        if own & seen:
            raise Refused("invoice_exists", invoice=next(iter(own & seen))[2])
        seen |= own


def delete(books: Books, unit: int, journal: str, key: str, value: str) -> None:
    """Take out the entry of a number (key EnNo) or of an invoice (key InId), its invoices with it."""
    if unit not in books.units:
        raise Refused("no_unit")
    if not value or key not in {"EnNo", "InId"}:
        raise Refused("delete_needs_key")
    check_lock(books, unit, journal)
    entry = (
        _of_number(books, unit, journal, value) if key == "EnNo" else _of_invoice(books, unit, journal, value)
    )
    period = books.find(periods.TABLE, unit, entry.year, entry.period)
    if period is not None and periods.blocked(books, period):
        raise Refused("period_blocked", period=entry.period, year=entry.year)
    del books.state.entries[unit, entry.number]
    books.state.invoices = {
        key: kept
        for key, listed in books.state.invoices.items()
        if (kept := [each for each in listed if (each.unit, each.entry) != (unit, entry.number)])
    }
    _touch(books, entry)


def _lines(books: Books, header: Header, element: Element) -> Entry:
    lines = []
    for below in element.children.get("FiEntries", []):
        line = check_line(books, header, below)
        check_below(books, header, below, line)
        lines.append(line)
    if not lines:
        raise Refused("value_missing", field="Mutaties")
    check_shifted(books, lines)
    debit, credit = sum((line.debit for line in lines), ZERO), sum((line.credit for line in lines), ZERO)
    if abs(debit - credit) > CENT * books.switches.number("balance_tolerance_cents"):
        raise Refused("unbalanced", debit=debit, credit=credit)
    now = books.now()
    invoices.number(books, header, lines)
    invoices.check_duplicates(books, header, lines)
    return Entry(
        unit=header.unit,
        number=0,
        journal=header.journal,
        year=header.year,
        period=header.period,
        created_at=now,
        modified_at=now,
        lines=lines,
    )


def _book(books: Books, header: Header, entry: Entry) -> Entry:
    entry.number = books.state.last_entry.get(entry.unit, FIRST_ENTRY - 1) + 1
    books.state.last_entry[entry.unit] = entry.number
    books.state.entries[entry.unit, entry.number] = entry
    invoices.add(books, header, entry)
    _touch(books, entry)
    return entry


def _touch(books: Books, entry: Entry) -> None:
    for line in entry.lines:
        books.state.changed_days[line.entry_date] = books.now()


def _of_number(books: Books, unit: int, journal: str, value: str) -> Entry:
    entry = books.state.entries.get((unit, int(value))) if value.isdigit() else None
    if entry is None or entry.journal != journal:
        raise Refused("entry_absent")
    return entry


def _of_invoice(books: Books, unit: int, journal: str, value: str) -> Entry:
    for invoice in books.invoices_of(unit, value):
        entry = books.state.entries.get((unit, invoice.entry))
        if entry and entry.journal == journal and invoices.same_number(books, invoice.number, value):
            return entry
    raise Refused("invoice_absent")
