"""Say of which fields of an entry each field that AccountView is sent is made.

Fields of DJ_PAGE and DJ_LINE as recorded by omniboost/go-accountview.net.
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.document import EntryKind

_Fields = dict[str, tuple[str, ...]]

_PAGE: _Fields = {
    "DJ_CODE": ("journal",),
    "TRN_DATE": ("entry_date",),
    "PERIOD": ("period",),
    "HDR_DESC": ("description", "reference"),
    "CUR_CODE": ("currency", "rate"),
    "EXCH_RATE": ("rate",),
}
_INVOICE: _Fields = {
    **_PAGE,
    "SUB_NR": ("party",),
    "INV_NR": ("number",),
    "DISC_CODE": ("payment_term",),
    "CRED_DAYS": ("due_date", "entry_date"),
    "BLK_AMT": ("g_account_amount",),
}
# AccountView: a purchase number that is too long stands in the description, the reference in its place.
_PURCHASE: _Fields = {
    **_INVOICE,
    "INV_NR": ("number", "reference"),
    "HDR_DESC": ("description", "number", "reference"),
}
_LINE: _Fields = {
    "ACCT_NR": ("lines.ledger_account",),
    "TRN_DATE": ("entry_date",),
    "TRN_DESC": ("lines.description", "reference"),
    "AMOUNT": ("lines.amount", "rate", "gross_in_books"),
    "VAT_CODE": ("lines.vat_code",),
    "VAT_AMT": ("lines.vat_amount", "lines.reverse_charge_amount", "rate", "gross_in_books"),
    "CUR_CODE": ("currency", "rate"),
    "CUR_AMT": ("lines.amount",),
    "CUR_VAT": ("lines.vat_amount", "lines.reverse_charge_amount"),
    "EXCH_RATE": ("rate",),
    "COST_CODE": ("lines.cost_centre",),
    "PROJ_CODE": ("lines.cost_unit",),
    "SUB_NR": ("lines.party",),
    "INV_NR": ("number", "lines.party"),
}


def _under(lines: str, fields: _Fields) -> _Fields:
    return {f"{lines}.{name}": made_of for name, made_of in fields.items()}


LINEAGE_FIELDS: Mapping[EntryKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        EntryKind.SALES: _INVOICE | _under("DJ_LINE", _LINE),
        EntryKind.PURCHASE: _PURCHASE | _under("DJ_LINE", _LINE),
        EntryKind.MEMORIAL: _PAGE | _under("DJ_LINE", _LINE),
    }
)
