"""Say of which fields of an entry each field that Twinfield is sent is made.

Twinfield developer portal, "Sales transactions", "Purchase transactions" and "Journal transactions".
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.document import EntryKind

_Fields = dict[str, tuple[str, ...]]

_HEADER: _Fields = {
    "header.code": ("journal",),
    "header.currency": ("currency",),
    "header.date": ("entry_date",),
    "header.period": ("fiscal_year", "period"),
    "header.freetext1": ("reference",),
}
_INVOICE: _Fields = _HEADER | {
    "header.invoicenumber": ("number",),
    "header.duedate": ("due_date",),
    "total.dim2": ("party",),
    "total.debitcredit": ("gross",),
    "total.value": ("gross",),
    "total.basevalue": ("gross_in_books",),
    "total.description": ("description", "g_account_amount", "reference"),
    "detail.dim1": ("lines.ledger_account",),
    "detail.dim2": ("lines.cost_centre",),
    "detail.dim3": ("lines.cost_unit",),
    "detail.debitcredit": ("lines.amount",),
    "detail.value": ("lines.amount",),
    "detail.basevalue": ("lines.amount", "rate"),
    "detail.vatcode": ("lines.vat_code",),
    "detail.vatvalue": ("lines.vat_amount",),
    "detail.vatbasevalue": ("lines.vat_amount", "rate"),
    "detail.description": ("lines.description",),
}
_SHIFTED: _Fields = {
    "vat.dim1": ("lines.vat_account", "lines.reverse_charge_account"),
    "vat.debitcredit": ("lines.reverse_charge_amount",),
    "vat.value": ("lines.reverse_charge_amount",),
    "vat.basevalue": ("lines.reverse_charge_amount", "rate"),
    "vat.vatcode": ("lines.vat_code",),
    "vat.vatturnover": ("lines.amount",),
}
_MEMORIAL: _Fields = _HEADER | {
    "detail.dim1": ("lines.ledger_account",),
    "detail.dim2": ("lines.party", "lines.cost_centre"),
    "detail.dim3": ("lines.cost_unit",),
    "detail.debitcredit": ("lines.amount",),
    "detail.value": ("lines.amount",),
    "detail.basevalue": ("lines.amount", "rate"),
    "detail.description": ("lines.description", "reference"),
}

LINEAGE_FIELDS: Mapping[EntryKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        EntryKind.SALES: _INVOICE | {"header.freetext2": ("number",)},
        EntryKind.PURCHASE: _INVOICE | _SHIFTED,
        EntryKind.MEMORIAL: _MEMORIAL,
    }
)
