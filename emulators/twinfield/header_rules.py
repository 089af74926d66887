"""The rules of a transaction's header.

Source: the vendor's pages on sales, purchase, journal, bank and cash transactions.
"""

from lxml.etree import _Element as Element

from emulators.fiscal_years import FiscalYears
from emulators.twinfield.draft import Draft, limit_text, read_amount
from emulators.twinfield.periods import OPENING, closed, exists, holds, read_date, tidy, written
from emulators.twinfield.wire import local_name, text_of

EVERYWHERE = {"office", "code", "number", "currency", "date", "period", "regime"}
FREE_TEXTS = {"freetext1", "freetext2", "freetext3"}
INVOICE = EVERYWHERE | {"invoicenumber", "duedate", "paymentreference"} | FREE_TEXTS
STATEMENT = EVERYWHERE | {"statementnumber", "startvalue", "closevalue"} | FREE_TEXTS
ALLOWED = {
    "sales": INVOICE,
    "purchase": INVOICE,
    "journal": EVERYWHERE | FREE_TEXTS,
    "opening": EVERYWHERE,
    "bank": STATEMENT,
    "cash": STATEMENT,
}
READ_ONLY = {"origin", "originreference", "user", "inputdate", "modificationdate"}
REGIMES = {"generic", "fiscal", "commercial", "economic"}
INVOICE_KINDS = {"sales", "purchase"}
LENGTHS = {"invoicenumber": 40, "paymentreference": 40, "freetext1": 40, "freetext2": 40, "freetext3": 40}


def check(draft: Draft, header: Element) -> None:
    """Read the header into the draft and remark on what is wrong."""
    _read_daybook(draft, header)
    if draft.daybook is None:
        return
    _check_elements(draft, header)
    _read_currency(draft, header)
    _read_dates(draft, header)
    _read_period(draft, header)
    _read_number(draft, header)
    if draft.kind in INVOICE_KINDS:
        _read_invoice_number(draft, header)
    for name in ("startvalue", "closevalue"):
        node = header.find(name)
        if node is not None and node.text and read_amount(node.text) is None:
            draft.remarks.error(node, "amount_invalid", value=node.text)


def required(draft: Draft, header: Element, name: str) -> Element | None:
    """Return an element that must have a text; remark when it has none."""
    node = header.find(name)
    if node is None or not node.text:
        draft.remarks.error(header if node is None else node, "element_required", name=name)
        return None
    return node


def _read_daybook(draft: Draft, header: Element) -> None:
    node = required(draft, header, "code")
    if node is None:
        return
    draft.daybook = draft.books.office.daybooks.get(node.text or "")
    if draft.daybook is None:
        draft.remarks.error(node, "daybook_not_found", code=node.text)


def _check_elements(draft: Draft, header: Element) -> None:
    allowed = ALLOWED[draft.kind]
    for node in list(header):
        name = local_name(node)
        if name in READ_ONLY and draft.books.switches.text("read_only_elements") == "ignore":
            header.remove(node)
        elif name not in allowed:
            draft.remarks.error(node, "element_not_allowed", name=name)
        elif name in LENGTHS:
            limit_text(draft, node, LENGTHS[name])
        if name in FREE_TEXTS and node.text and draft.daybook and not draft.daybook.freetext:
            draft.remarks.error(node, "freetext_not_allowed", name=name, code=draft.daybook.code)
        if name == "regime" and node.text and node.text.lower() not in REGIMES:
            draft.remarks.error(node, "value_invalid", value=node.text)


def _read_currency(draft: Draft, header: Element) -> None:
    node = header.find("currency")
    if node is None or not node.text:
        if draft.kind in INVOICE_KINDS:
            required(draft, header, "currency")
        return
    known = draft.books.office.currencies.get(node.text)
    if known is None:
        draft.remarks.error(node, "currency_not_found", code=node.text)
        return
    draft.currency = node.text
    draft.rate = known[2]


def _read_dates(draft: Draft, header: Element) -> None:
    node = header.find("date")
    if node is not None and node.text:
        day = read_date(node.text)
        if day is None:
            draft.remarks.error(node, "date_invalid", value=node.text)
        else:
            draft.date = day
    node = header.find("duedate")
    if node is not None and node.text:
        if read_date(node.text) is None:
            draft.remarks.error(node, "date_invalid", value=node.text)
        draft.duedate = node.text


def _read_period(draft: Draft, header: Element) -> None:
    node = header.find("period")
    sent = node.text if node is not None and node.text else ""
    years = FiscalYears.of(draft.books.switches)
    year, number = years.period_of(draft.date)
    derived = written(year, OPENING if draft.kind == "opening" else number)
    period = tidy(sent) if sent else derived
    place = node if node is not None and sent else draft.reply
    if period is None:
        draft.remarks.error(place, "value_invalid", value=sent)
        return
    draft.period = period
    day = header.find("date")
    if not exists(draft.books.office, period):
        draft.remarks.error(place, "period_not_found", period=period)
    elif not holds(period, draft.date, years) and day is not None and day.text:
        told = f"{draft.date:%d-%m-%Y}"
        draft.remarks.warn(day, "date_outside_period", day=told, period=period)
    refuses = draft.final or draft.books.switches.text("closed_period") == "refuse_all"
    if period in closed(draft.books) and refuses:
        _refuse_closed(draft, place)


def _refuse_closed(draft: Draft, place: Element) -> None:
    words = draft.books.switches.text("closed_period_text")
    if words:
        draft.remarks.say(place, words.replace("{period}", draft.period))
    else:
        draft.remarks.error(place, "period_closed", period=draft.period)


def _read_number(draft: Draft, header: Element) -> None:
    node = header.find("number")
    if node is None or (node.text or "0").strip("0") == "":
        if node is not None:
            header.remove(node)
        return
    draft.earlier = draft.books.office.bookings.get((text_of(header, "code"), node.text or ""))
    if draft.earlier is None:
        draft.remarks.error(node, "booking_not_found")
    elif draft.earlier.location == "final" and draft.books.switches.text("final_update") == "refuse":
        draft.remarks.error(draft.reply, "status_not_draft")


def _read_invoice_number(draft: Draft, header: Element) -> None:
    node = required(draft, header, "invoicenumber")
    if node is not None:
        draft.invoicenumber = node.text or ""


def check_duplicate(draft: Draft, header: Element) -> None:
    """Remark on an invoice number that is in the daybook already.

    Switches `duplicate_invoice_number` (the daybook's own setting unless moved) and `duplicate_scope`.
    """
    node = header.find("invoicenumber")
    if node is None or not draft.invoicenumber or draft.daybook is None:
        return
    setting = draft.books.switches.text("duplicate_invoice_number")
    setting = draft.daybook.duplicates if setting == "daybook" else setting
    relation = next((sent.line.dim2 for sent in draft.lines if sent.kind == "total"), "")
    whole = draft.books.switches.text("duplicate_scope") == "daybook"
    found = [
        booking
        for booking in draft.books.office.with_invoice_number(draft.daybook.code, draft.invoicenumber)
        if booking is not draft.earlier and (whole or booking.relation == relation)
    ]
    if found and setting == "error":
        draft.remarks.error(node, "duplicate_invoice", number=draft.invoicenumber)
    elif found and setting == "warning":
        draft.remarks.warn(node, "duplicate_invoice", number=draft.invoicenumber)
