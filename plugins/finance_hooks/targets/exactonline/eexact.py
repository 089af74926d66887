"""Write entries as an eExact document of topic GLTransactions, to be uploaded or to be imported by a person.

Order and names of elements as in eExact-XML.xsd (copies of 2014 and 2017: Kah0ona/exactonline4j,
nabu-platform/types-xml); the party's line first and every amount with the ledger's sign, as the one public
writer of sales entries does it.

No transaction has the attribute `entry`. It is the number in the journal, and Exact takes it for a key: what
stands under it is replaced. A number of our choice could be that of what somebody booked meanwhile, and no
other key is known. A document that is imported twice is therefore booked twice; our reference shows it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.printable import printable
from finance_hooks.targets.description import describe, shorten
from finance_hooks.targets.exactonline.chart import VatKind, vat_kind
from finance_hooks.targets.exactonline.payload import RateDirection, write_rate
from finance_hooks.targets.exactonline.settings import SETTINGS

SCHEMA = "eExact-XML.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

# Exact: the number of a transaction's type, and that of the same kind with a negative total.
TYPES: Mapping[EntryKind, tuple[str, str]] = {
    EntryKind.SALES: ("20", "21"),
    EntryKind.PURCHASE: ("30", "31"),
    EntryKind.MEMORIAL: ("90", "90"),
}
CONTROL_TYPES: Mapping[EntryKind, str] = {EntryKind.SALES: "20", EntryKind.PURCHASE: "22"}
"""Exact: the types of the ledger accounts of debtors and of creditors."""
OPEN = "20"


def write_document(transactions: Iterable[etree._Element]) -> bytes:
    """Put transactions into one document, UTF-8, without a document type."""
    root = etree.Element("eExact", nsmap={"xsi": _XSI})
    root.set(f"{{{_XSI}}}noNamespaceSchemaLocation", SCHEMA)
    etree.SubElement(root, "GLTransactions").extend(transactions)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def write_transaction(entry: Entry, chart: Chart | None, rate_direction: RateDirection) -> etree._Element:
    """Write one entry; with a chart its codes must have passed `check_entry` against it.

    Without one the party's own line is left to Exact, since its ledger account is not known, and every VAT
    code counts as one that comes on top.
    """
    transaction = etree.Element("GLTransaction")
    number = TYPES[entry.kind][entry.gross < 0]
    is_invoice = entry.kind is not EntryKind.MEMORIAL
    _add(transaction, "TransactionType", number=number)
    _add(transaction, "Journal", code=entry.journal)
    if is_invoice and entry.payment_term:
        _add(transaction, "PaymentCondition", code=entry.payment_term)
    if is_invoice and entry.g_account_amount:
        _add(transaction, "GAccountAmountFC", _write_amount(entry.g_account_amount))
    _add(transaction, "Date", entry.entry_date.isoformat())
    _add(transaction, "FinYear", number=str(entry.fiscal_year))
    _add(transaction, "FinPeriod", number=str(entry.period))
    if is_invoice:
        _add(transaction, "Description", _describe(entry, entry.description))
        _add(transaction, "Account", code=entry.party or "")
    rate = write_rate(entry.rate, rate_direction)
    for place, leg in _legs(entry, chart):
        line = _add(transaction, "GLTransactionLine", type=number, line=str(place), status=OPEN)
        _write_leg(line, entry, leg, rate)
    return transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leg:
    """One line with the sign it has in the books, debit positive; what is `None` is not written."""

    account: str
    value: Decimal
    description: str
    party: str | None
    vat_code: str | None = None
    vat: Decimal | None = None
    cost_centre: str | None = None
    cost_unit: str | None = None


def _legs(entry: Entry, chart: Chart | None) -> Iterator[tuple[int, _Leg]]:
    if entry.kind is EntryKind.MEMORIAL:
        yield from enumerate((_memorial_leg(entry, line, chart) for line in entry.lines), start=1)
        return
    control = find_control_account(entry, chart)
    if control is not None:
        yield (
            0,
            _Leg(
                account=control,
                value=_sign(entry) * entry.gross,
                description=_describe(entry, entry.description),
                party=entry.party,
            ),
        )
    yield from enumerate((_invoice_leg(entry, line, chart) for line in entry.lines), start=1)


def find_control_account(entry: Entry, chart: Chart | None) -> str | None:
    """Find the account of debtors or creditors: the lowest not blocked, `None` where none is known."""
    accounts = chart.ledger_accounts.values() if chart is not None else ()
    wanted = CONTROL_TYPES.get(entry.kind)
    return min((each.code for each in accounts if each.kind == wanted and not each.blocked), default=None)


def _invoice_leg(entry: Entry, line: EntryLine, chart: Chart | None) -> _Leg:
    kind = _vat_kind(line, chart)
    # Exact: with an including VAT code the line's amount contains the VAT, as over the API.
    amount = line.amount + line.vat_amount if kind is VatKind.INCLUDING else line.amount
    return _Leg(
        account=line.ledger_account,
        value=-_sign(entry) * amount,
        description=shorten(line.description, SETTINGS.description_length),
        party=entry.party,
        vat_code=line.vat_code or "",
        vat=-_sign(entry) * line.vat_amount if kind.takes_amount else None,
        cost_centre=line.cost_centre,
        cost_unit=line.cost_unit,
    )


def _memorial_leg(entry: Entry, line: EntryLine, chart: Chart | None) -> _Leg:
    return _Leg(
        account=line.ledger_account,
        value=line.amount,
        description=_describe(entry, line.description),
        party=line.party,
        vat_code=line.vat_code or "",
        vat=line.vat_amount if _vat_kind(line, chart).takes_amount else None,
        cost_centre=line.cost_centre,
        cost_unit=line.cost_unit,
    )


def _vat_kind(line: EntryLine, chart: Chart | None) -> VatKind:
    if chart is not None:
        return vat_kind(chart, line.vat_code)
    return VatKind.EXCLUDING if line.vat_code and line.vat_amount else VatKind.NONE


def _sign(entry: Entry) -> int:
    return 1 if entry.kind is EntryKind.SALES else -1


def _describe(entry: Entry, text: str) -> str:
    return describe(text, entry.reference, SETTINGS.description_length)


def _write_leg(line: etree._Element, entry: Entry, leg: _Leg, rate: Decimal | None) -> None:
    _add(line, "Date", entry.entry_date.isoformat())
    _add(line, "GLAccount", code=leg.account)
    _add(line, "Description", leg.description)
    is_invoice = entry.kind is not EntryKind.MEMORIAL
    if is_invoice and entry.due_date:
        _add(line, "DueDate", entry.due_date.isoformat())
    for name, code in (("Account", leg.party), ("Costcenter", leg.cost_centre), ("Costunit", leg.cost_unit)):
        if code:
            _add(line, name, code=code)
    _write_amounts(line, entry.currency, leg, rate)
    if is_invoice:
        _add(_add(line, "References"), "YourRef", entry.number)


def _write_amounts(line: etree._Element, currency: str, leg: _Leg, rate: Decimal | None) -> None:
    """State the amount once: in the books' currency, or in the foreign one with its rate.

    A VAT amount has a place in `ForeignAmount` only; in the books' currency that repeats the amount for it.
    """
    if rate is None:
        amount = _add_amount(line, "Amount", currency, leg.value)
        _add_vat_code(amount, leg)
        if leg.vat is None:
            return
    foreign = _add_amount(line, "ForeignAmount", currency, leg.value)
    if rate is not None:
        _add(foreign, "Rate", format(rate, "f"))
        _add_vat_code(foreign, leg)
    if leg.vat is not None:
        _add(foreign, "VATAmount", _write_amount(leg.vat))


def _add_amount(line: etree._Element, name: str, currency: str, value: Decimal) -> etree._Element:
    amount = _add(line, name)
    _add(amount, "Currency", code=currency)
    _add(amount, "Value", _write_amount(value))
    return amount


def _add_vat_code(amount: etree._Element, leg: _Leg) -> None:
    # Exact: an empty code keeps the ledger account's own default away; the party's line has none.
    if leg.vat_code is not None:
        _add(amount, "VAT", code=leg.vat_code)


def _write_amount(value: Decimal) -> str:
    return format(value + 0, "f")  # without a sign before nothing


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    written = {key: printable(value) for key, value in attributes.items()}
    element = etree.SubElement(parent, name, written)
    element.text = None if text is None else printable(text)
    return element
