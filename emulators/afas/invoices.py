"""Financial invoices: their numbers, duplicates, and what PUT FiInvoice changes.

Sources: Spend Cloud and Zenvoices (a number already used), help.afas.nl App_Conect_UpdDsc_075 (FiInvoice).
"""

from collections.abc import Iterable

from emulators.afas import periods
from emulators.afas.books import CREDITOR, DEBTOR, LEDGER, Books, Entry, Invoice, Line
from emulators.afas.entry_header import Header
from emulators.afas.entry_lines import SIDES
from emulators.afas.errors import Refused
from emulators.afas.shapes import Element

SERIES = {DEBTOR: ("V", 8001, 7), CREDITOR: ("INK", 201, 8)}


def number(books: Books, header: Header, lines: list[Line]) -> None:
    """Give the invoice of an entry its number where it is asked for; refuse an own invoice without one."""
    side = SIDES.get(header.kind)
    relations = [line for line in lines if line.kind != LEDGER]
    own = [line for line in relations if line.kind == side]
    if header.numbers_itself and relations and not any(line.invoice for line in relations):
        text = _next(books, header.unit, (own or relations)[0].kind)
        for line in lines:
            line.invoice = text
    if any(line.invoice is None for line in own):
        raise Refused("value_missing", field="Factuurnummer")


def _next(books: Books, unit: int, side: str) -> str:
    prefix, first, width = SERIES[side]
    text = ""
    while not text or books.invoices_of(unit, text):
        made = books.next_number(f"{unit}/{side}", first)
        text = f"{prefix}{made:0{width - len(prefix)}d}"
    return text


def check_duplicates(books: Books, header: Header, lines: Iterable[Line]) -> None:
    """Refuse an invoice number that is in use (switch `invoice_scope`); only own invoices are checked."""
    side = SIDES.get(header.kind)
    for line in lines:
        if line.kind == side and line.invoice and _taken(books, header, line):
            if side == DEBTOR and books.switches.text("debtor_duplicate_text") == "other":
                raise Refused("invoice_exists", invoice=line.invoice)
            raise Refused("invoice_used", side=line.kind, invoice=line.invoice, account=line.account)


def add(books: Books, header: Header, entry: Entry) -> None:
    """Make the financial invoices and open items of a booked entry."""
    side = SIDES.get(header.kind)
    for line in entry.lines:
        if line.kind == LEDGER or not line.invoice:
            continue
        known = [
            each
            for each in books.invoices_of(entry.unit, line.invoice)
            if (each.side, each.relation, each.number) == (line.kind, line.account, line.invoice)
        ]
        issued = line.kind == side
        if any(each.issued or not issued or each.entry == entry.number for each in known):
            continue
        # A payment that came first left an open item, which the invoice now takes the place of.
        for each in known:
            books.invoices_of(entry.unit, line.invoice).remove(each)
        books.add_invoice(_invoice(entry, line, issued=issued))


def _invoice(entry: Entry, line: Line, *, issued: bool) -> Invoice:
    return Invoice(
        unit=entry.unit,
        side=line.kind,
        relation=line.account,
        number=line.invoice or "",
        entry=entry.number,
        year=entry.year,
        voucher=line.voucher,
        voucher_date=line.voucher_date,
        due=line.due,
        currency=line.currency,
        text=line.text,
        issued=issued,
        fields={name: line.sent[name] for name in ("BlPa", "AuPa", "Fref", "PaId") if name in line.sent},
    )


def change(books: Books, element: Element) -> None:
    """Carry out PUT FiInvoice; raise Refused when there is no such invoice."""
    sent = element.fields
    found = [
        invoice
        for invoice in books.invoices_of(sent["UnId"], sent["InId"])
        if invoice.unit in books.units
        and same_number(books, invoice.number, sent["InId"])
        and sent.get("VaAd", invoice.side) == invoice.side
        and sent.get("DcNr", invoice.relation) == invoice.relation
    ]
    if len(found) != 1:
        raise Refused("value_unknown", field="Factuurnummer")
    invoice = found[0]
    if "PaCd" in sent:
        condition = books.find("Qubz_PaymentConditions", sent["PaCd"])
        if condition is None:
            raise Refused("value_unknown", field="Betaalvoorwaarde")
        invoice.due = periods.due_date(invoice.voucher_date, condition)
    invoice.due = sent.get("ExDa", invoice.due)
    invoice.text = sent.get("Ds", None if "Ds" in element.cleared else invoice.text)
    invoice.fields |= {name: content for name, content in sent.items() if name not in {"UnId", "InId"}}
    invoice.fields = {name: kept for name, kept in invoice.fields.items() if name not in element.cleared}


def same_number(books: Books, left: str, right: str) -> bool:
    """Compare invoice numbers as the database does (switch `text_case`), blanks at the end aside."""
    left, right = left.rstrip(), right.rstrip()
    if books.switches.text("text_case") == "sensitive":
        return left == right
    return left.casefold() == right.casefold()


def _taken(books: Books, header: Header, line: Line) -> bool:
    scope = books.switches.text("invoice_scope")
    number = line.invoice or ""
    for invoice in books.invoices_of(header.unit, number) if scope != "none" else ():
        if not invoice.issued or not same_number(books, invoice.number, number):
            continue
        fits = {
            "administration": True,
            "side": invoice.side == line.kind,
            "relation": (invoice.side, invoice.relation) == (line.kind, line.account),
            "side_and_year": (invoice.side, invoice.year) == (line.kind, header.year),
        }
        if fits[scope]:
            return True
    return False
