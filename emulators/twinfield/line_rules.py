"""The rules of a transaction's lines: which types in which order, ids, elements, amounts.

Source: the vendor's pages on sales, purchase, journal, bank and cash transactions; php-twinfield/twinfield
#15 (total first), #57 (negative VAT), #66 (baseline), #158 (a cash booking needs its total).
"""

from decimal import Decimal, InvalidOperation

from lxml.etree import _Element as Element

from emulators.twinfield.books import CENT, ZERO, Line
from emulators.twinfield.draft import Draft, SentLine, checked_amount, limit_text
from emulators.twinfield.periods import read_date
from emulators.twinfield.wire import local_name, text_of

KINDS = {"total", "detail", "vat"}
# Twinfield: murb/twinfield dates the total of a payment too, though the page knows it of details only.
PAID = {"bank", "cash"}
WITH_TOTAL = {"sales", "purchase", "bank", "cash"}
EVERYWHERE = {
    "dim1", "dim2", "dim3", "debitcredit", "value", "description", "comment", "basevalue", "rate", "repvalue",
    "reprate", "destoffice", "freechar",
}  # fmt: skip
PERFORMANCE = ("performancetype", "performancecountry", "performancevatnumber", "performancedate")
DETAIL = EVERYWHERE | {"vatcode", "vatvalue", "vatbasevalue", "currencydate", *PERFORMANCE}
ALLOWED = {
    "total": EVERYWHERE,
    "detail": DETAIL,
    "vat": EVERYWHERE | {"vatcode", "vatturnover", "vatbaseturnover", "baseline", *PERFORMANCE},
}
WITH_INVOICE_NUMBER = {"journal", "opening", "bank", "cash"}
READ_ONLY = {
    "matchstatus", "matchlevel", "customersupplier", "relation", "openvalue", "openbasevalue", "openrepvalue",
    "valueopen", "basevalueopen", "repvalueopen", "vattotal", "vatbasetotal", "vatreptotal", "matchdate",
    "matches", "duedate",
}  # fmt: skip
LENGTHS = {"description": 40, "invoicenumber": 40, "comment": 500, "dim1": 16, "dim2": 16, "dim3": 16}


def read(draft: Draft, lines: Element) -> None:
    """Read the lines into the draft and remark on what is wrong."""
    nodes = [node for node in lines if local_name(node) == "line"]
    if len(nodes) < 2:
        draft.remarks.error(draft.reply, "lines_too_few")
    ids = _check_ids(draft, nodes)
    for place, node in enumerate(nodes):
        _read_line(draft, node, ids[place])
    _check_order(draft)


def _check_ids(draft: Draft, nodes: list[Element]) -> list[int]:
    given: set[str] = set()
    numbers = []
    for place, node in enumerate(nodes, start=1):
        sent = node.get("id")
        if sent is not None and (not sent.isdigit() or sent in given):
            draft.remarks.error(node, "line_ids", id=sent)
        given.add(sent or "")
        numbers.append(int(sent) if sent and sent.isdigit() else place)
    return numbers


def _check_order(draft: Draft) -> None:
    totals = [place for place, sent in enumerate(draft.lines) if sent.kind == "total"]
    if draft.daybook is None or not draft.lines:
        return
    if draft.kind in WITH_TOTAL and totals != [0]:
        wrong = draft.lines[totals[-1]] if totals else draft.lines[0]
        draft.remarks.error(wrong.node, "total_first")
    if draft.kind not in WITH_TOTAL:
        for place in totals:
            node = draft.lines[place].node
            draft.remarks.error(node, "line_type", kind="total", code=draft.daybook.code)


def _read_line(draft: Draft, node: Element, number: int) -> None:
    kind = node.get("type", "detail")
    if kind not in KINDS:
        draft.remarks.error(node, "value_invalid", value=kind)
        return
    _check_elements(draft, node, kind)
    value = _value(draft, node)
    rate, base = _rate(draft, node, value)
    line = Line(
        number=number,
        kind=kind,
        dim1=text_of(node, "dim1"),
        dim2=text_of(node, "dim2"),
        dim3=text_of(node, "dim3"),
        debit=_is_debit(draft, node),
        value=value,
        base=base,
        rate=rate,
        vatcode=text_of(node, "vatcode"),
        description=text_of(node, "description"),
        invoicenumber=text_of(node, "invoicenumber"),
        extra={name: text_of(node, name) for name in ("comment", *PERFORMANCE) if text_of(node, name)},
    )
    turnover = checked_amount(draft, node, "vatturnover") or ZERO
    line.turnover = turnover
    line.baseturnover = checked_amount(draft, node, "vatbaseturnover") or (turnover * rate).quantize(CENT)
    draft.lines.append(
        SentLine(
            node=node,
            kind=kind,
            line=line,
            vatvalue=checked_amount(draft, node, "vatvalue"),
            vatbase=checked_amount(draft, node, "vatbasevalue"),
            baseline=text_of(node, "baseline"),
            own_base=bool(text_of(node, "basevalue")),
        )
    )


def _check_elements(draft: Draft, node: Element, kind: str) -> None:
    allowed = ALLOWED[kind] | ({"invoicenumber"} if draft.kind in WITH_INVOICE_NUMBER else set())
    allowed = allowed | ({"currencydate"} if draft.kind in PAID else set())
    for each in list(node):
        name = local_name(each)
        if name in READ_ONLY and draft.books.switches.text("read_only_elements") == "ignore":
            node.remove(each)
        elif name not in allowed and not (name in DETAIL and not each.text):
            draft.remarks.error(each, "element_not_allowed", name=name)
        elif name in LENGTHS:
            limit_text(draft, each, LENGTHS[name])
        if name in {"currencydate", "performancedate"} and each.text and read_date(each.text) is None:
            draft.remarks.error(each, "date_invalid", value=each.text)


def _value(draft: Draft, node: Element) -> Decimal:
    sent = node.find("value")
    if sent is None or not sent.text:
        draft.remarks.error(node if sent is None else sent, "element_required", name="value")
        return ZERO
    return checked_amount(draft, node, "value") or ZERO


def _is_debit(draft: Draft, node: Element) -> bool:
    sent = node.find("debitcredit")
    side = sent.text if sent is not None and sent.text else ""
    if not side:
        draft.remarks.error(node if sent is None else sent, "element_required", name="debitcredit")
    elif side not in {"debit", "credit"} and sent is not None:
        draft.remarks.error(sent, "value_invalid", value=side)
    return side == "debit"


def _rate(draft: Draft, node: Element, value: Decimal) -> tuple[Decimal, Decimal]:
    """Return rate and base value; a base value that was sent wins over value times rate."""
    rate = draft.rate
    sent = node.find("rate")
    if sent is not None and sent.text:
        try:
            rate = Decimal(sent.text)
        except InvalidOperation:
            rate = ZERO
        if rate <= 0 or (draft.rate == 1 and rate != 1):
            draft.remarks.error(sent, "value_invalid", value=sent.text)
            rate = draft.rate
    base = checked_amount(draft, node, "basevalue")
    return rate, (value * rate).quantize(CENT) if base is None else base
