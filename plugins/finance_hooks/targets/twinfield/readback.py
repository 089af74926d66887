"""Read bookings back from the lines of the general ledger, browse code 030_3.

Twinfield developer portal, "Browse data"; columns as recorded in Yoast/singer-tap-twinfield and
pronamic/wp-twinfield.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Period
from finance_hooks.model.money import ZERO
from finance_hooks.targets.description import find_references
from finance_hooks.targets.twinfield.chart import DAYBOOK_CATEGORIES, PARTY_TYPES, VAT_ACCOUNT
from finance_hooks.targets.twinfield.wire import add, child_text, read_amount, read_date

LEDGER_ACCOUNT_LINES = "030_3"
PERIOD, STATUS = "fin.trs.head.yearperiod", "fin.trs.head.status"
MODIFIED = "fin.trs.head.modified"
JOURNAL, NUMBER = "fin.trs.head.code", "fin.trs.head.number"
DATE, CURRENCY = "fin.trs.head.date", "fin.trs.head.curcode"
ACCOUNT, VAT_CODE = "fin.trs.line.dim1", "fin.trs.line.vatcode"
SECOND, SECOND_TYPE = "fin.trs.line.dim2", "fin.trs.line.dim2type"
AMOUNT, AMOUNT_IN_BOOKS = "fin.trs.line.valuesigned", "fin.trs.line.basevaluesigned"
INVOICE_NUMBER, DESCRIPTION = "fin.trs.line.invnumber", "fin.trs.line.description"
FREE_TEXTS = tuple(f"fin.trs.line.freetext{number}" for number in (1, 2, 3))
PROVISIONAL_AND_FINAL = "normal"
SHOWN = (
    *(JOURNAL, NUMBER, DATE, CURRENCY, ACCOUNT, SECOND, SECOND_TYPE, VAT_CODE),
    *(AMOUNT, AMOUNT_IN_BOOKS, INVOICE_NUMBER, DESCRIPTION, *FREE_TEXTS),
)
LINE = "line"
_KINDS = {category: kind for kind, category in DAYBOOK_CATEGORIES.items()}

Row = Mapping[str, str]
"""The cells of one line by field, and its number under `line`."""


def entry_id(journal: str, number: str) -> str:
    """Name a booking: Twinfield numbers per daybook."""
    return f"{journal}/{number}"


def browse_period(
    written: str, modified: tuple[str, str] | None = None, shown: Collection[str] = SHOWN
) -> etree._Element:
    """Ask for every line of a period, provisional ones too; this code filters no daybook.

    With `modified` only for lines of bookings last modified then, both moments inclusive, in UTC.
    """
    columns = etree.Element("columns", code=LEDGER_ACCOUNT_LINES)
    _column(columns, PERIOD, "between", written, written)
    _column(columns, STATUS, "equal", PROVISIONAL_AND_FINAL)
    if modified is not None:
        _column(columns, MODIFIED, "between", *modified)
    for field in shown:
        _column(columns, field)
    return columns


class RowsRead:
    """The lines of an answer, taken one by one; texts that are the same are kept once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._rows: list[Row] = []
        self._texts: dict[str, str] = {}

    def take(self, element: etree._Element) -> None:
        """Read a line."""
        cells = {
            self._once(cell.get("field")): self._once((cell.text or "").strip())
            for cell in element.iterchildren("td")
        }
        self._rows.append(cells | {LINE: self._once(child_text(element, "key/line"))})

    def whole(self, document: etree._Element) -> list[Row]:
        """Return all lines of this answer; ValueError when it is refused or not whole."""
        if document.tag != "browse" or document.get("result") != "1":
            raise ValueError(f"Twinfield does not show the ledger: {document.get('msg') or document.tag}")
        total = document.get("total")
        if total is not None and int(total) != len(self._rows):
            raise ValueError(f"the ledger shows {len(self._rows)} of {total} lines")
        return self._rows

    def _once(self, text: str | None) -> str:
        return self._texts.setdefault(text or "", text or "")


def read_bookings(rows: Iterable[Row], journals: Collection[str], chart: Chart) -> Iterator[BookedEntry]:
    """Put the lines of each booking of these journals together, in the order first seen.

    Raises KeyError or ValueError where a line lacks what every line has.
    """
    bookings: dict[str, dict[str, Row]] = {}
    for row in rows:
        if row[JOURNAL] in journals:
            bookings.setdefault(entry_id(row[JOURNAL], row[NUMBER]), {})[row[LINE]] = row
    for booked_id, lines in bookings.items():
        yield _booking(booked_id, sorted(lines.values(), key=lambda row: int(row[LINE])), chart)


def _booking(booked_id: str, rows: Sequence[Row], chart: Chart) -> BookedEntry:
    first = rows[0]
    journal = chart.journals.get(first[JOURNAL])
    kind = _KINDS[journal.kind or ""] if journal else EntryKind.MEMORIAL
    is_invoice = kind is not EntryKind.MEMORIAL
    year, _, number = first[PERIOD].partition("/")
    party_rows = [row for row in rows if _party(row, chart)]
    return BookedEntry(
        id=booked_id,
        entry_number=first[NUMBER],
        journal=first[JOURNAL],
        kind=kind,
        references=find_references(row.get(field) for row in rows for field in (DESCRIPTION, *FREE_TEXTS)),
        number=next((row[INVOICE_NUMBER] for row in rows if row.get(INVOICE_NUMBER)), None)
        if is_invoice
        else None,
        entry_date=read_date(first[DATE]),
        period=Period(fiscal_year=int(year), number=int(number)),
        party=next((_party(row, chart) for row in party_rows), None) if is_invoice else None,
        currency=first[CURRENCY],
        gross=_gross(rows, party_rows, kind, AMOUNT),
        gross_in_books=_gross(rows, party_rows, kind, AMOUNT_IN_BOOKS),
        lines=tuple(_line(row, chart) for row in rows),
    )


def _gross(rows: Sequence[Row], party_rows: Sequence[Row], kind: EntryKind, field: str) -> Decimal:
    if kind is EntryKind.MEMORIAL:
        amounts = [read_amount(row[field]) for row in rows]
        return sum((amount for amount in amounts if amount > 0), ZERO)
    # Twinfield: the first line is the relation's; debit for what is owed to us, credit for what we owe.
    total = sum((read_amount(row[field]) for row in party_rows or rows[:1]), ZERO)
    return total if kind is EntryKind.SALES else -total


def _line(row: Row, chart: Chart) -> BookedLine:
    amount = read_amount(row[AMOUNT_IN_BOOKS])
    account = chart.ledger_accounts.get(row[ACCOUNT])
    vat_code = row.get(VAT_CODE) or None
    party = _party(row, chart)
    return BookedLine(
        ledger_account=row[ACCOUNT],
        debit=max(amount, ZERO),
        credit=max(-amount, ZERO),
        vat_code=vat_code,
        is_vat=vat_code is not None and account is not None and account.kind == VAT_ACCOUNT,
        cost_centre=None if party else row.get(SECOND) or None,
        party=party,
        description=row.get(DESCRIPTION) or "",
    )


def _party(row: Row, chart: Chart) -> str | None:
    """Return the relation of a line; its place holds a cost centre on other lines."""
    code, dimension_type = row.get(SECOND) or None, row.get(SECOND_TYPE)
    if dimension_type:
        return code if dimension_type in PARTY_TYPES.values() else None
    return None if code in chart.cost_centres else code


def _column(
    columns: etree._Element, field: str, operator: str = "none", first: str = "", last: str = ""
) -> None:
    column = add(columns, "column", id=str(len(columns) + 1))
    asked = "false" if operator == "none" else "true"
    parts = {"field": field, "label": field, "visible": "true", "ask": asked, "operator": operator}
    for name, text in (parts | {"from": first, "to": last, "finderparam": ""}).items():
        add(column, name, text or None)
