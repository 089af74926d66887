"""Say of which fields of an entry each field that Exact Online is sent is made.

Exact Online REST reference: SalesEntrySalesEntries, PurchaseEntryPurchaseEntries,
GeneralJournalEntryGeneralJournalEntries.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.document import EntryKind

_Fields = dict[str, tuple[str, ...]]

_INVOICE: _Fields = {
    "Journal": ("journal",),
    "YourRef": ("number",),
    "Description": ("description", "reference"),
    "EntryDate": ("entry_date",),
    "ReportingYear": ("fiscal_year",),
    "ReportingPeriod": ("period",),
    "Currency": ("currency",),
    "DueDate": ("due_date",),
    "PaymentCondition": ("payment_term",),
    "Rate": ("rate",),
    "GAccountAmountFC": ("g_account_amount",),
}
_INVOICE_LINE: _Fields = {
    "GLAccount": ("lines.ledger_account",),
    # Exact: with an including VAT code the line's amount contains the VAT.
    "AmountFC": ("lines.amount", "lines.vat_amount"),
    "Description": ("lines.description",),
    "VATCode": ("lines.vat_code",),
    "VATAmountFC": ("lines.vat_amount",),
    "CostCenter": ("lines.cost_centre",),
    "CostUnit": ("lines.cost_unit",),
}
_MEMORIAL: _Fields = {
    "JournalCode": ("journal",),
    "FinancialYear": ("fiscal_year",),
    "FinancialPeriod": ("period",),
    "Currency": ("currency",),
    "ExchangeRate": ("rate",),
}
_MEMORIAL_LINE: _Fields = {
    "GLAccount": ("lines.ledger_account",),
    "AmountFC": ("lines.amount",),
    "Date": ("entry_date",),
    "Description": ("lines.description", "reference"),
    "VATCode": ("lines.vat_code",),
    "AmountVATFC": ("lines.vat_amount",),
    "Account": ("lines.party",),
    "CostCenter": ("lines.cost_centre",),
    "CostUnit": ("lines.cost_unit",),
}


def _under(lines: str, fields: _Fields) -> _Fields:
    return {f"{lines}.{name}": made_of for name, made_of in fields.items()}


LINEAGE_FIELDS: Mapping[EntryKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        EntryKind.SALES: _INVOICE | {"Customer": ("party",)} | _under("SalesEntryLines", _INVOICE_LINE),
        EntryKind.PURCHASE: _INVOICE | {"Supplier": ("party",)} | _under("PurchaseEntryLines", _INVOICE_LINE),
        EntryKind.MEMORIAL: _MEMORIAL | _under("GeneralJournalEntryLines", _MEMORIAL_LINE),
    }
)
