"""The reply to a transaction: what was sent, in its order, with names, and Twinfield's own elements behind.

Source: replies to sent transactions recorded in the tests of php-twinfield/twinfield.
"""

from decimal import Decimal

from lxml.etree import _Element as Element

from emulators.twinfield.books import ZERO, Line
from emulators.twinfield.draft import Draft, SentLine
from emulators.twinfield.periods import write_date
from emulators.twinfield.wire import add, text_of

LEVELS = ("dim1", "dim2", "dim3")
OPEN_KINDS = {"sales", "purchase"}


def decorate(draft: Draft, *, number: str) -> None:
    """Put names on what was sent and add what Twinfield adds; without number the booking was refused."""
    header = draft.reply.find("header")
    if header is not None:
        _decorate_header(draft, header, number)
    for sent in draft.lines:
        _decorate_line(draft, sent)
    lines = draft.reply.find("lines")
    if lines is not None and number:
        for line in draft.generated:
            _add_vat_line(draft, lines, line)


def plain(rate: Decimal) -> str:
    """Write a rate: 1 as it is, others with nine decimals."""
    return "1" if rate == 1 else f"{rate:.9f}"


def _decorate_header(draft: Draft, header: Element, number: str) -> None:
    _name_codes(draft, header)
    _fill(header, "date", write_date(draft.date))
    if draft.kind in OPEN_KINDS and draft.duedate:
        _fill(header, "duedate", draft.duedate)
    _fill(header, "origin", "import")
    if draft.kind == "sales":
        add(header, "originreference")
    user = draft.books.user
    add(header, "user", user.code, name=user.name, shortname=user.name)
    if draft.period:
        _fill(header, "period", draft.period)
    if number:
        sent = header.find("number")
        if sent is not None:
            header.remove(sent)
        add(header, "number", number)


def _name_codes(draft: Draft, header: Element) -> None:
    office = draft.books.office
    names = {"office": (office.name, office.shortname)}
    if draft.daybook:
        names["code"] = (draft.daybook.name, draft.daybook.shortname)
    currency = office.currencies.get(draft.currency)
    if currency and text_of(header, "currency"):
        names["currency"] = currency[:2]
    for name, (long, short) in names.items():
        node = header.find(name)
        if node is not None and node.get("msg") is None:
            node.set("name", long)
            node.set("shortname", short)


def _fill(parent: Element, name: str, value: str, **attributes: str) -> Element:
    """Give an element a text where it has none; add it where it is not there."""
    node = parent.find(name)
    if node is None:
        return add(parent, name, value, **attributes)
    if not node.text:
        node.text = value or None
    return node


def _decorate_line(draft: Draft, sent: SentLine) -> None:
    node, line = sent.node, sent.line
    _name_dimensions(draft, sent)
    _name_vat_code(draft, sent)
    if sent.kind == "vat":
        _add_amounts(node, line)
        return
    opens = _is_open(draft, line)
    if draft.kind == "journal":
        _fill(node, "invoicenumber", "")
        if opens and line.duedate:
            _fill(node, "duedate", line.duedate)
    _add_amounts(node, line)
    if sent.kind == "total" and draft.kind in OPEN_KINDS:
        _add_vat_total(draft, node)
    if line.vatcode and line.vatvalue is not None:
        _set(node, "vatvalue", str(line.vatvalue))
        _set(node, "vatbasevalue", str(line.vatbase))
    if opens:
        _add_open_amounts(node, line)
    _fill(node, "matchstatus", "available" if opens else "notmatchable")


def _name_dimensions(draft: Draft, sent: SentLine) -> None:
    for level, name in enumerate(LEVELS, start=1):
        code: str = getattr(sent.line, name)
        if code:
            _name_dimension(draft, _fill(sent.node, name, code), level, code)


def _add_vat_total(draft: Draft, node: Element) -> None:
    vat = sum((_signed_vat(each) for each in draft.lines), ZERO)
    vatbase = sum((_signed_vat(each, base=True) for each in draft.lines), ZERO)
    _fill(node, "vattotal", str(abs(vat)))
    _fill(node, "vatbasetotal", str(abs(vatbase)))


def _add_open_amounts(node: Element, line: Line) -> None:
    _fill(node, "matchlevel", "2")
    _fill(node, "customersupplier", "2")
    _fill(node, "openvalue", str(line.value))
    _fill(node, "openbasevalue", str(line.base))
    _fill(node, "openrepvalue", str(line.base))


def _is_open(draft: Draft, line: Line) -> bool:
    account = draft.books.office.dimension(1, line.dim1)
    return account is not None and account.financial("matchtype") == "customersupplier"


def _signed_vat(sent: SentLine, *, base: bool = False) -> Decimal:
    amount = sent.line.vatbase if base else sent.line.vatvalue
    return (amount or ZERO) * (1 if sent.line.debit else -1)


def _set(node: Element, name: str, value: str) -> None:
    _fill(node, name, value).text = value


def _add_amounts(node: Element, line: Line) -> None:
    _fill(node, "rate", plain(line.rate))
    _fill(node, "basevalue", str(line.base))
    _fill(node, "reprate", plain(line.rate))
    _fill(node, "repvalue", str(line.base))


def _name_dimension(draft: Draft, node: Element, level: int, code: str) -> None:
    found = draft.books.office.dimension(level, code)
    if found is None or node.get("msg") is not None:
        return
    used = (level, code) in draft.books.office.used
    node.set("name", found.name)
    node.set("shortname", found.shortname)
    node.set("type", found.type)
    node.set("inuse", "true" if used else "false")
    node.set("vatcode", found.financial("vatcode"))
    node.set("vatobligatory", found.financial("vatobligatory") or "false")


def _name_vat_code(draft: Draft, sent: SentLine) -> None:
    code = draft.books.office.vat_codes.get(sent.line.vatcode)
    node = sent.node.find("vatcode")
    if code and node is not None and node.get("msg") is None:
        node.set("name", code.name)
        node.set("shortname", code.shortname)


def _add_vat_line(draft: Draft, lines: Element, line: Line) -> None:
    node = add(lines, "line", id=str(line.number), type="vat")
    _name_dimension(draft, add(node, "dim1", line.dim1), 1, line.dim1)
    add(node, "value", str(line.value))
    add(node, "vatcode", line.vatcode)
    add(node, "debitcredit", "debit" if line.debit else "credit")
    add(node, "vatturnover", str(line.turnover))
    add(node, "vatbaseturnover", str(line.baseturnover))
    # Twinfield: 1 whatever the id of the detail line.
    add(node, "baseline", "1")
    _add_amounts(node, line)
