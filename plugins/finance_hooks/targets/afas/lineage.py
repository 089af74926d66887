"""Say of which fields of an entry each field that AFAS is sent is made.

UnId and VaAs are left out: which administration and which sort of account is nothing a document says.

AFAS Developer documentation, "Mutaties" (POST FiEntries).
"""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.document import EntryKind

_Fields = dict[str, tuple[str, ...]]

_HEAD: _Fields = {
    "Year": ("fiscal_year",),
    "Peri": ("period",),
    "JoCo": ("journal",),
}
_LINE: _Fields = {
    "EnDa": ("entry_date",),
    "BpDa": ("entry_date",),
    "BpNr": ("reference", "number"),
    "VaId": ("lines.vat_code",),
}
_DIMENSIONS: _Fields = {"DiC1": ("lines.cost_centre",), "DiC2": ("lines.cost_unit",)}
_INVOICE_LINE: _Fields = _LINE | {
    "AcNr": ("party", "lines.ledger_account", "lines.vat_account", "lines.reverse_charge_account"),
    "InId": ("number", "reference"),
    "Ds": ("description", "lines.description", "party", "currency", "gross"),
    "Fref": ("number",),
    "DaEx": ("due_date",),
    "PaCd": ("payment_term",),
    "AmGa": ("g_account_amount",),
    "CuId": ("currency",),
    "Rate": ("rate",),
}
_NET = ("lines.amount", "rate", "gross_in_books")
_MEMORIAL_LINE: _Fields = _LINE | {
    "AcNr": ("lines.ledger_account", "lines.party"),
    "InId": ("reference",),
    "Ds": ("lines.description", "lines.party", "lines.ledger_account"),
}


def _sides(made_of: tuple[str, ...], *names: str) -> _Fields:
    return dict.fromkeys(names, made_of)


def _under(place: str, fields: _Fields) -> _Fields:
    return {f"{place}.{name}": made_of for name, made_of in fields.items()}


_INVOICE = (
    _HEAD
    | _under("FiEntries", _INVOICE_LINE)
    | _under(
        "FiEntries",
        _sides((*_NET, "lines.vat_amount", "lines.reverse_charge_amount"), "AmDe", "AmCr")
        | _sides(("gross",), "AmDc", "AmCc"),
    )
    | _under("FiDimEntries", _DIMENSIONS | _sides(_NET, "AmDe", "AmCr"))
)
LINEAGE_FIELDS: Mapping[EntryKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        EntryKind.SALES: _INVOICE,
        EntryKind.PURCHASE: _INVOICE,
        EntryKind.MEMORIAL: _HEAD
        | _under("FiEntries", _MEMORIAL_LINE | _sides(("lines.amount",), "AmDe", "AmCr"))
        | _under("FiDimEntries", _DIMENSIONS | _sides(("lines.amount",), "AmDe", "AmCr")),
    }
)
