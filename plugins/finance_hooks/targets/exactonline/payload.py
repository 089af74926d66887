"""Write an entry as Exact Online wants it posted.

Exact Online REST reference: SalesEntrySalesEntries, PurchaseEntryPurchaseEntries,
GeneralJournalEntryGeneralJournalEntries.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.targets.description import describe, shorten
from finance_hooks.targets.exactonline.chart import VatKind, vat_kind
from finance_hooks.targets.exactonline.settings import SETTINGS
from finance_hooks.targets.json_body import write_json

RATE_DIGITS = Decimal("0.0000000001")

Fields = dict[str, object]


class RateDirection(StrEnum):
    """Which way round Exact reads `Rate`; its pages contradict each other, so it is a setting.

    The help of the entry lines multiplies FC by the rate, the exchange rate table divides.
    """

    BOOKS_PER_CURRENCY = "books_per_currency"
    CURRENCY_PER_BOOKS = "currency_per_books"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What is posted: the resource behind `/api/v1/{division}/`, and the body as JSON text."""

    resource: str
    body: str


def make_payload(entry: Entry, chart: Chart, rate_direction: RateDirection) -> Payload:
    """Write one entry; its codes must have passed `check_entry` against the same chart."""
    resource = RESOURCES[entry.kind]
    return Payload(resource=resource, body=write_json(_WRITERS[entry.kind](entry, chart, rate_direction)))


def _write_sales(entry: Entry, chart: Chart, rate_direction: RateDirection) -> Fields:
    return {
        "Journal": entry.journal,
        "Customer": chart.parties[entry.party or ""].id,
        **_write_invoice(entry, rate_direction),
        "SalesEntryLines": [_write_invoice_line(line, chart) for line in entry.lines],
    }


def _write_purchase(entry: Entry, chart: Chart, rate_direction: RateDirection) -> Fields:
    return {
        "Journal": entry.journal,
        "Supplier": chart.parties[entry.party or ""].id,
        **_write_invoice(entry, rate_direction),
        "PurchaseEntryLines": [_write_invoice_line(line, chart) for line in entry.lines],
    }


def _write_memorial(entry: Entry, chart: Chart, rate_direction: RateDirection) -> Fields:
    # Exact: a memorial's header has neither description nor date.
    return {
        "JournalCode": entry.journal,
        "FinancialYear": entry.fiscal_year,
        "FinancialPeriod": entry.period,
        "Currency": entry.currency,
        **_given({"ExchangeRate": write_rate(entry.rate, rate_direction)}),
        "GeneralJournalEntryLines": [_write_memorial_line(entry, line, chart) for line in entry.lines],
    }


def _write_invoice(entry: Entry, rate_direction: RateDirection) -> Fields:
    optional = {
        "DueDate": entry.due_date.isoformat() if entry.due_date else None,
        "PaymentCondition": entry.payment_term,
        "Rate": write_rate(entry.rate, rate_direction),
        "GAccountAmountFC": entry.g_account_amount or None,
    }
    return {
        "YourRef": entry.number,
        "Description": describe(entry.description, entry.reference, SETTINGS.description_length),
        "EntryDate": entry.entry_date.isoformat(),
        "ReportingYear": entry.fiscal_year,
        "ReportingPeriod": entry.period,
        "Currency": entry.currency,
        **_given(optional),
    }


def _write_invoice_line(line: EntryLine, chart: Chart) -> Fields:
    kind = vat_kind(chart, line.vat_code)
    # Exact: with an including VAT code the line's amount contains the VAT.
    amount = line.amount + line.vat_amount if kind is VatKind.INCLUDING else line.amount
    return {
        "GLAccount": chart.ledger_accounts[line.ledger_account].id,
        "AmountFC": amount,
        "Description": shorten(line.description, SETTINGS.description_length),
        **_write_vat(line, kind, "VATAmountFC"),
        **_given({"CostCenter": line.cost_centre, "CostUnit": line.cost_unit}),
    }


def _write_memorial_line(entry: Entry, line: EntryLine, chart: Chart) -> Fields:
    return {
        "GLAccount": chart.ledger_accounts[line.ledger_account].id,
        "AmountFC": line.amount,
        "Date": entry.entry_date.isoformat(),
        "Description": describe(line.description, entry.reference, SETTINGS.description_length),
        **_write_vat(line, vat_kind(chart, line.vat_code), "AmountVATFC"),
        **_given(
            {
                "Account": chart.parties[line.party].id if line.party else None,
                "CostCenter": line.cost_centre,
                "CostUnit": line.cost_unit,
            }
        ),
    }


def _write_vat(line: EntryLine, kind: VatKind, amount_field: str) -> Fields:
    # Exact: an empty code keeps the ledger account's own default away; an amount is refused with a code of
    # the kind "none", and with reverse charge Exact itself writes what is due and what is deducted.
    code: Fields = {"VATCode": line.vat_code or ""}
    return code | {amount_field: line.vat_amount} if kind.takes_amount else code


def write_rate(rate: Decimal | None, direction: RateDirection) -> Decimal | None:
    """State a rate the way round in which Exact reads it."""
    if rate is None or direction is RateDirection.BOOKS_PER_CURRENCY:
        return rate
    return (1 / rate).quantize(RATE_DIGITS).normalize()


def _given(fields: Mapping[str, object]) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}


RESOURCES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.SALES: "salesentry/SalesEntries",
        EntryKind.PURCHASE: "purchaseentry/PurchaseEntries",
        EntryKind.MEMORIAL: "generaljournalentry/GeneralJournalEntries",
    }
)
_WRITERS: Mapping[EntryKind, Callable[[Entry, Chart, RateDirection], Fields]] = MappingProxyType(
    {
        EntryKind.SALES: _write_sales,
        EntryKind.PURCHASE: _write_purchase,
        EntryKind.MEMORIAL: _write_memorial,
    }
)
