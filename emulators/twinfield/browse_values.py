"""What stands in each browse field of a booking's line.

Source: browse replies recorded in the tests of pronamic/wp-twinfield (invoice number and free texts stand on
every line, a date and a status carry a name).
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from emulators.twinfield.books import Booking, Books, Line
from emulators.twinfield.read_transaction import is_open, stamp

Value: TypeAlias = str | Decimal
Getter: TypeAlias = Callable[[Books, Booking, Line], Value]

CATEGORIES = {
    "sales": "SALESINVOICE",
    "purchase": "PURCHASEINVOICE",
    "journal": "JOURNAL",
    "opening": "JOURNAL",
    "bank": "BANK",
    "cash": "CASH",
}
WORDS = {
    "temporary": ("Concept", "Provisional"),
    "final": ("Definitief", "Final"),
    "debit": ("Debet", "Debit"),
    "credit": ("Credit", "Credit"),
    "import": ("Importeren", "Import"),
    "available": ("Beschikbaar", "Available"),
    "notmatchable": ("Niet afletterbaar", "Not matchable"),
    "true": ("Ja", "Yes"),
    "false": ("Nee", "No"),
}
NAMED = {
    "fin.trs.head.status", "fin.trs.line.debitcredit", "fin.trs.head.origin", "fin.trs.line.matchstatus",
    "fin.trs.line.availableforpayruns",
}  # fmt: skip


def shown(books: Books, field: str, kind: str, value: Value) -> tuple[str, str]:
    """Return a value as it is written, and the name beside it, empty when there is none."""
    text = str(value)
    if not text:
        return "", ""
    if kind == "Date":
        return text, f"{date.fromisoformat(text):%d/%m/%Y}"
    if kind == "Datetime":
        moment = datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - written as it stands, UTC
        return text, f"{moment:%d/%m/%Y %H:%M:%S}"
    return text, word_of(books, text) if field in NAMED else ""


def word_of(books: Books, text: str) -> str:
    """Return the user's word for a value that has one, else nothing."""
    return WORDS.get(text, ("", ""))[0 if books.user.language == "nl" else 1]


def value_of(books: Books, booking: Booking, line: Line, field: str) -> Value:
    """Return what stands in a field; fields without a getter are empty, as unsigned amounts are."""
    getter = GETTERS.get(field)
    return getter(books, booking, line) if getter else ""


def _name(level: int, attribute: str) -> Getter:
    def get(books: Books, _booking: Booking, line: Line) -> Value:
        code: str = getattr(line, f"dim{level}")
        found = books.office.dimensions.get((level, code))
        return str(getattr(found, attribute)) if found else ""

    return get


def _relation_name(books: Books, booking: Booking, _line: Line) -> Value:
    found = books.office.dimensions.get((2, booking.relation))
    return found.name if found else ""


def _open(books: Books, line: Line, amount: Decimal) -> Value:
    return amount if is_open(books, line) else Decimal("0.00")


def _free_text(number: int) -> Getter:
    def get(books: Books, booking: Booking, _line: Line) -> Value:
        # Whether a header's free text shows here is not known for every daybook.
        shows = books.switches.on("freetext_in_browse")
        return booking.head.get(f"freetext{number}", "") if shows else ""

    return get


def _vat(_books: Books, _booking: Booking, line: Line) -> Value:
    amount = line.vatbase or Decimal("0.00")
    return amount if line.debit or not amount else -amount


GETTERS: dict[str, Getter] = {
    "fin.trs.head.office": lambda books, _booking, _line: books.office.code,
    "fin.trs.head.officename": lambda books, _booking, _line: books.office.name,
    "fin.trs.head.year": lambda _books, booking, _line: booking.period[:4],
    "fin.trs.head.period": lambda _books, booking, _line: str(int(booking.period[5:])),
    "fin.trs.head.yearperiod": lambda _books, booking, _line: booking.period,
    "fin.trs.head.typecategory": lambda books, booking, _line: books.office.daybooks[booking.code].kind,
    "fin.trs.head.code": lambda _books, booking, _line: booking.code,
    "fin.trs.head.shortname": lambda books, booking, _line: books.office.daybooks[booking.code].shortname,
    "fin.trs.head.number": lambda _books, booking, _line: booking.number,
    "fin.trs.head.status": lambda _books, booking, _line: booking.location,
    "fin.trs.head.date": lambda _books, booking, _line: booking.date,
    "fin.trs.head.inpdate": lambda _books, booking, _line: stamp(booking.input_at),
    "fin.trs.head.modified": lambda _books, booking, _line: stamp(booking.modified_at),
    "fin.trs.head.curcode": lambda _books, booking, _line: booking.currency,
    "fin.trs.head.relation": lambda _books, booking, _line: booking.relation,
    "fin.trs.head.relationname": _relation_name,
    "fin.trs.head.user": lambda books, _booking, _line: books.user.code,
    "fin.trs.head.username": lambda books, _booking, _line: books.user.name,
    "fin.trs.head.origin": lambda _books, _booking, _line: "import",
    "fin.trs.head.browseregime": lambda _books, booking, _line: booking.regime,
    "fin.trs.line.dim1": lambda _books, _booking, line: line.dim1,
    "fin.trs.line.dim2": lambda _books, _booking, line: line.dim2,
    "fin.trs.line.dim3": lambda _books, _booking, line: line.dim3,
    "fin.trs.line.dim1name": _name(1, "name"),
    "fin.trs.line.dim2name": _name(2, "name"),
    "fin.trs.line.dim3name": _name(3, "name"),
    "fin.trs.line.dim1type": _name(1, "type"),
    "fin.trs.line.dim2type": _name(2, "type"),
    "fin.trs.line.dim3type": _name(3, "type"),
    "fin.trs.line.valuesigned": lambda _books, _booking, line: line.signed,
    "fin.trs.line.basevaluesigned": lambda _books, _booking, line: line.signed_base,
    "fin.trs.line.repvaluesigned": lambda _books, _booking, line: line.signed_base,
    "fin.trs.line.openvaluesigned": lambda books, _booking, line: _open(books, line, line.signed),
    "fin.trs.line.openbasevaluesigned": lambda books, _booking, line: _open(books, line, line.signed_base),
    "fin.trs.line.debitcredit": lambda _books, _booking, line: "debit" if line.debit else "credit",
    "fin.trs.line.vatcode": lambda _books, _booking, line: line.vatcode,
    "fin.trs.line.vatbasevaluesigned": _vat,
    "fin.trs.line.description": lambda _books, _booking, line: line.description,
    "fin.trs.line.invnumber": lambda _books, _booking, line: line.invoicenumber,
    "fin.trs.line.datedue": lambda _books, _booking, line: line.duedate,
    "fin.trs.line.matchstatus": lambda books, _booking, line: (
        "available" if is_open(books, line) else "notmatchable"
    ),
    "fin.trs.line.availableforpayruns": lambda books, _booking, line: "true" if is_open(books, line) else "",
    "fin.trs.line.modified": lambda _books, booking, _line: stamp(booking.modified_at),
    "fin.trs.line.freetext1": _free_text(1),
    "fin.trs.line.freetext2": _free_text(2),
    "fin.trs.line.freetext3": _free_text(3),
    "fin.trs.mng.type": lambda books, booking, _line: CATEGORIES[books.office.daybooks[booking.code].kind],
}
