"""Transactions that are sent: checked, stored or refused one by one.

Sources: the vendor's pages on transactions; php-twinfield's recorded replies (documents of a batch are
independent, all or nothing within one).
"""

from copy import deepcopy
from datetime import timedelta

from lxml.etree import _Element as Element

from emulators.twinfield import dimension_rules, header_rules, line_rules, vat
from emulators.twinfield.books import Booking, Books, Deletion
from emulators.twinfield.desk import Desk
from emulators.twinfield.draft import Draft
from emulators.twinfield.periods import read_date, write_date
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.transaction_reply import decorate
from emulators.twinfield.wire import local_name, text_of

DESTINIES = {"temporary", "final"}
ROOT_ATTRIBUTES = {"destiny", "autobalancevat", "raisewarning"}
FLAGS = {"true", "false"}
HEAD_FIELDS = (
    "paymentreference", "freetext1", "freetext2", "freetext3", "statementnumber", "startvalue", "closevalue",
)  # fmt: skip
BANKS = {"bank", "cash"}


def receive_all(desk: Desk, sent: Element) -> Element:
    """Take a `transactions` document; its result is 0 as soon as one of them is refused."""
    reply = deepcopy(sent)
    for node in list(reply):
        reply.remove(node)
    replies = [receive(desk, each) for each in sent]
    if desk.switches.text("batch_order") == "refused_first":
        replies.sort(key=lambda each: each.get("result") == "1")
    reply.extend(replies)
    reply.set("result", "1" if all(each.get("result") == "1" for each in replies) else "0")
    return reply


def receive(desk: Desk, sent: Element) -> Element:
    """Take one transaction and return its reply."""
    reply = deepcopy(sent)
    remarks = Remarks(reply, desk.user.language)
    if local_name(sent) != "transaction":
        remarks.error(reply, "element_not_allowed", name=local_name(sent))
        return reply
    if reply.get("action") == "delete":
        return _delete(desk, reply, remarks)
    header, lines = reply.find("header"), reply.find("lines")
    if header is None or lines is None:
        remarks.error(reply, "element_required", name="header" if header is None else "lines")
        return reply
    books = _open(desk, reply, remarks, header.find("office"))
    if books is None:
        return reply
    _check_root(reply, remarks)
    draft = Draft(books=books, reply=reply, remarks=remarks, date=books.today())
    _check(draft, header, lines)
    if remarks.refused:
        decorate(draft, number="")
        return reply
    booking = _store(draft, header)
    decorate(draft, number=booking.number)
    del reply.attrib["destiny"]
    reply.set("result", "1")
    reply.set("location", booking.location)
    return reply


def _open(desk: Desk, reply: Element, remarks: Remarks, office: Element | None) -> Books | None:
    """Open the office that the document names, else the request's own."""
    code = desk.company if office is None else office.text or ""
    books = desk.open(code)
    if books is None:
        known = code in desk.offices
        remarks.error(reply, "office_denied" if known else "office_not_found")
    return books


def _check_root(reply: Element, remarks: Remarks) -> None:
    strange = set(map(str, reply.attrib)) - ROOT_ATTRIBUTES - {"msg", "msgtype", "result"}
    flags = [reply.get(name) for name in ("autobalancevat", "raisewarning")]
    wrong = [flag for flag in flags if flag is not None and flag not in FLAGS]
    if strange or wrong or reply.get("destiny") not in DESTINIES:
        remarks.error(reply, "destiny")


def _check(draft: Draft, header: Element, lines: Element) -> None:
    header_rules.check(draft, header)
    if draft.daybook is None:
        return
    line_rules.read(draft, lines)
    for sent in draft.lines:
        dimension_rules.check(draft, sent)
    _set_due_dates(draft)
    header_rules.check_duplicate(draft, header)
    _check_statement(draft, header)
    if any(sent.line.vatcode for sent in draft.lines) and _vat_is_unclear(draft):
        return
    vat.add_lines(draft)
    vat.balance(draft)


def _vat_is_unclear(draft: Draft) -> bool:
    """Tell whether amounts are missing that the balance would need."""
    return any(sent.node.find("value") is None for sent in draft.lines)


def _set_due_dates(draft: Draft) -> None:
    """Give invoices and open journal lines the relation's due days where no due date was sent."""
    for sent in draft.lines:
        relation = draft.books.office.dimension(2, sent.line.dim2)
        if relation is None or relation.type not in {"DEB", "CRD"}:
            continue
        due = write_date(draft.date + timedelta(days=int(relation.financial("duedays") or 0)))
        if sent.kind == "total" and not draft.duedate:
            draft.duedate = due
        sent.line.duedate = draft.duedate or due


def _check_statement(draft: Draft, header: Element) -> None:
    """Let a statement number serve once per bank or cash daybook; 0 may come again."""
    node = header.find("statementnumber")
    if draft.kind not in BANKS or node is None or not (node.text or "").strip("0") or draft.daybook is None:
        return
    for booking in draft.books.office.bookings.values():
        same = (booking.code, booking.head.get("statementnumber")) == (draft.daybook.code, node.text)
        if same and booking is not draft.earlier:
            draft.remarks.error(node, "statement_number", number=node.text, code=draft.daybook.code)


def _store(draft: Draft, header: Element) -> Booking:
    books, earlier = draft.books, draft.earlier
    code = text_of(header, "code")
    year = int(draft.period[:4])
    for line in draft.all_lines():
        line.invoicenumber = line.invoicenumber or draft.invoicenumber
    booking = Booking(
        code=code,
        number=earlier.number if earlier else books.office.next_number(code, year),
        period=draft.period,
        currency=draft.currency,
        date=write_date(draft.date),
        location="final" if draft.final else "temporary",
        invoicenumber=draft.invoicenumber,
        duedate=draft.duedate if draft.kind in header_rules.INVOICE_KINDS else "",
        regime=text_of(header, "regime") or "Generic",
        head={name: text_of(header, name) for name in HEAD_FIELDS if text_of(header, name)},
        lines=draft.all_lines(),
        input_at=earlier.input_at if earlier else books.now(),
        modified_at=books.now(),
    )
    books.office.store(booking)
    return booking


def _delete(desk: Desk, reply: Element, remarks: Remarks) -> Element:
    """Delete a provisional booking: office, code and number stand below the root, with a reason."""
    # The same three elements are also seen inside a header.
    place = reply.find("header") if reply.find("header") is not None else reply
    books = _open(desk, reply, remarks, None if place is None else place.find("office"))
    if books is None or place is None:
        return reply
    code, number = text_of(place, "code"), text_of(place, "number")
    found = books.office.bookings.get((code, number))
    if not reply.get("reason"):
        remarks.error(reply, "element_required", name="reason")
    elif found is None:
        remarks.error(reply, "booking_not_found")
    elif found.location == "final":
        remarks.error(reply, "status_not_draft")
    else:
        books.office.remove(code, number)
        day = read_date(found.date)
        books.office.deletions.append(
            Deletion(
                code=code,
                number=number,
                date=day.isoformat() if day else "",
                deleted_at=books.now(),
                reason=reply.get("reason", ""),
            )
        )
        reply.set("result", "1")
    return reply
