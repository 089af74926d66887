"""List the canonical fields that fields.csv must give a source path for, and what each of them holds."""

from collections.abc import Mapping
from enum import StrEnum

from finance_hooks.model.document import (
    DocumentStatus,
    DocumentType,
    ExportStatus,
    Treatment,
    VatDirection,
    VatRounding,
)

DOCUMENT_RESOURCES = ("salesinvoices", "purchaseinvoices", "memorials")
MASTER_RESOURCES = ("organisations", "relations", "vatcodes", "paymentterms")
EXPORT_RESULTS = "exportresults"
"""Where results are posted; nothing is read there."""
KEY_FIELDS = {
    "organisations": "code",
    "relations": "number",
    "vatcodes": "code",
    "paymentterms": "code",
    "salesinvoices": "id",
    "purchaseinvoices": "id",
    "memorials": "id",
}

ENUMS: Mapping[str, frozenset[str] | None] = {
    "DocumentType": frozenset(DocumentType),
    "Status": frozenset(DocumentStatus),
    "ExportStatus": frozenset(ExportStatus),
    "Treatment": frozenset(Treatment),
    "VatDirection": frozenset(VatDirection),
    "VatRounding": frozenset(VatRounding),
    "ExportType": frozenset({"api_based", "file_based"}),
    "Target": None,
    "Nationality": frozenset({"NL", "BE"}),
}
"""The canonical members of each enumeration; `None`: those that enums.csv names."""


class Family(StrEnum):
    """What our code relies on a canonical field to be, whatever type fields.csv reads it as."""

    TEXT = "text"
    MONEY = "money"
    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    INSTANT = "instant"
    BOOLEAN = "boolean"
    ROWS = "rows"


FAMILY_OF_TYPE: Mapping[str, Family] = {
    "text": Family.TEXT,
    "integer": Family.INTEGER,
    "amount": Family.MONEY,
    "quantity": Family.NUMBER,
    "price": Family.NUMBER,
    "rate": Family.NUMBER,
    "exchange_rate": Family.NUMBER,
    "decimal": Family.NUMBER,
    "date": Family.DATE,
    "instant": Family.INSTANT,
    "boolean": Family.BOOLEAN,
    "rows": Family.ROWS,
}


def _fields(**fields_of_family: str) -> dict[str, str]:
    return {field: family for family, fields in fields_of_family.items() for field in fields.split()}


_DOCUMENT = {
    **_fields(
        text="id organisation number journal description currency",
        integer="export_sequence fiscal_year period",
        number="exchange_rate",
        date="document_date",
        instant="changed_at",
        rows="lines",
    ),
    "type": "enum:DocumentType",
    "status": "enum:Status",
    "export_status": "enum:ExportStatus",
}
_INVOICE = {
    **_DOCUMENT,
    **_fields(
        text="party supplier_number original_number payment_term",
        money="total_net total_vat total_gross g_account_amount",
        date="due_date",
        rows="vat_amounts",
    ),
}
_INVOICE_LINE = _fields(
    text="description vat_code ledger_account article activity unit cost_centre cost_unit",
    integer="number",
    money="amount",
    number="rate quantity unit_price",
)
_VAT_AMOUNT = _fields(text="vat_code category", number="rate", money="base amount reverse_charge_amount")

CANONICAL: Mapping[str, Mapping[str, str]] = {
    "organisations": {
        **_fields(
            text="code name currency vat_number link_administration",
            integer="fiscal_year_start_month",
            boolean="active",
            instant="changed_at",
        ),
        "country": "enum:Nationality",
        "vat_rounding": "enum:VatRounding",
        "link_target": "enum:Target",
        "link_export_type": "enum:ExportType",
        "link_nationality": "enum:Nationality",
    },
    "relations": _fields(
        text="number organisation name country debtor_number creditor_number vat_number coc_number "
        "payment_term street house_number addition postal_code city email legal_form",
        boolean="is_debtor is_creditor self_billing_agreement active",
        instant="changed_at",
    ),
    "vatcodes": {
        **_fields(text="code organisation name category country", number="rate", instant="changed_at"),
        "direction": "enum:VatDirection",
        "treatment": "enum:Treatment",
    },
    "paymentterms": _fields(text="code organisation", integer="days", instant="changed_at"),
    "salesinvoices": _INVOICE,
    "salesinvoices/lines": _INVOICE_LINE,
    "salesinvoices/vat_amounts": _VAT_AMOUNT,
    "purchaseinvoices": _INVOICE,
    "purchaseinvoices/lines": _INVOICE_LINE,
    "purchaseinvoices/vat_amounts": _VAT_AMOUNT,
    "memorials": _DOCUMENT,
    "memorials/lines": _fields(
        text="description vat_code ledger_account cost_centre cost_unit party invoice_number",
        integer="number",
        money="debit credit",
    ),
}
