"""Reading one transaction back, in the spelling of reads.

Source: read replies recorded in the tests of pronamic/wp-twinfield: dimensiontype, relation, signed
basevalueopen and valueopen, inputdate and modificationdate.
"""

from datetime import datetime

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import ZERO, Booking, Books, Line
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.transaction_reply import plain
from emulators.twinfield.wire import add

LEVELS = ("dim1", "dim2", "dim3")
STATEMENT = ("statementnumber", "startvalue", "closevalue")
TEXTS = ("paymentreference", "freetext1", "freetext2", "freetext3")
INVOICE_KINDS = {"sales", "purchase"}


def read(books: Books, code: str, number: str) -> Element:
    """Return a booking; one that is not there comes as a transaction with result 0."""
    booking = books.office.bookings.get((code, number))
    root = etree.Element("transaction")
    if booking is None:
        header = add(root, "header")
        add(header, "office", books.office.code, name=books.office.name, shortname=books.office.shortname)
        add(header, "code", code)
        Remarks(root, books.user.language).error(add(header, "number", number), "booking_not_found")
        return root
    root.set("location", booking.location)
    root.set("result", "1")
    _header(books, booking, add(root, "header"))
    lines = add(root, "lines")
    for line in booking.lines:
        _line(books, booking, line, add(lines, "line", type=line.kind, id=str(line.number)))
    return root


def stamp(moment: datetime) -> str:
    """Write yyyymmddhhmmss, UTC."""
    return f"{moment:%Y%m%d%H%M%S}"


def is_open(books: Books, line: Line) -> bool:
    """Tell whether a line is an open item of a debtor or creditor."""
    account = books.office.dimension(1, line.dim1)
    return account is not None and account.financial("matchtype") == "customersupplier"


def _header(books: Books, booking: Booking, header: Element) -> None:
    office, user = books.office, books.user
    daybook = office.daybooks[booking.code]
    name, shortname, _rate = office.currencies[booking.currency]
    add(header, "office", office.code, name=office.name, shortname=office.shortname)
    add(header, "code", booking.code, name=daybook.name, shortname=daybook.shortname)
    add(header, "number", booking.number)
    add(header, "period", booking.period)
    add(header, "currency", booking.currency, name=name, shortname=shortname)
    add(header, "regime", booking.regime)
    add(header, "date", booking.date)
    for field in STATEMENT:
        if field in booking.head:
            add(header, field, booking.head[field])
    add(header, "origin", "import")
    add(header, "originreference")
    add(header, "modificationdate", stamp(booking.modified_at))
    add(header, "user", user.code, name=user.name, shortname=user.name)
    add(header, "inputdate", stamp(booking.input_at))
    if daybook.kind in INVOICE_KINDS:
        add(header, "duedate", booking.duedate)
        add(header, "invoicenumber", booking.invoicenumber)
    for field in TEXTS:
        if field in booking.head:
            add(header, field, booking.head[field])


def _line(books: Books, booking: Booking, line: Line, node: Element) -> None:
    daybook = books.office.daybooks[booking.code]
    for level, name in enumerate(LEVELS, start=1):
        code: str = getattr(line, name)
        found = books.office.dimensions.get((level, code))
        if found is not None:
            add(node, name, code, name=found.name, shortname=found.shortname, dimensiontype=found.type)
    add(node, "debitcredit", "debit" if line.debit else "credit")
    add(node, "basevalue", str(line.base))
    add(node, "rate", plain(line.rate))
    add(node, "value", str(line.value))
    add(node, "reprate", plain(line.rate))
    add(node, "repvalue", str(line.base))
    add(node, "description", line.description)
    if daybook.kind not in INVOICE_KINDS and line.invoicenumber:
        add(node, "invoicenumber", line.invoicenumber)
    for name, value in line.extra.items():
        add(node, name, value)
    _vat(books, booking, line, node)
    opens = is_open(books, line)
    add(node, "matchstatus", "available" if opens else "notmatchable")
    if opens:
        if daybook.kind not in INVOICE_KINDS:
            add(node, "duedate", line.duedate)
        add(node, "matchlevel", "2")
        add(node, "relation", "2")
        add(node, "basevalueopen", str(line.signed_base))
        add(node, "repvalueopen", str(line.signed_base))
        add(node, "valueopen", str(line.signed))


def _vat(books: Books, booking: Booking, line: Line, node: Element) -> None:
    if line.kind == "total" and books.office.daybooks[booking.code].kind in INVOICE_KINDS:
        details = [each for each in booking.lines if each.vatvalue is not None]
        signs = [(each, 1 if each.debit else -1) for each in details]
        add(
            node, "vatbasetotal", str(abs(sum((sign * (each.vatbase or ZERO) for each, sign in signs), ZERO)))
        )
        add(node, "vattotal", str(abs(sum((sign * (each.vatvalue or ZERO) for each, sign in signs), ZERO))))
    if line.kind == "vat":
        add(node, "vatbaseturnover", str(line.baseturnover))
        add(node, "vatturnover", str(line.turnover))
    code = books.office.vat_codes.get(line.vatcode)
    if code is None:
        return
    add(node, "vatcode", line.vatcode, name=code.name, shortname=code.shortname, type=code.kind)
    amounts = (line.base, line.value) if line.kind == "vat" else (line.vatbase or ZERO, line.vatvalue or ZERO)
    add(node, "vatbasevalue", str(amounts[0]))
    add(node, "vatvalue", str(amounts[1]))
    if line.kind == "vat":
        add(node, "baseline", "1")
