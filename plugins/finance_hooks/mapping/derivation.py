"""Say which fields of a document each field of its entry comes from, and through which tables.

Lines are written with a dot: `lines.amount`. Nothing is computed here; lineage is told from this.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from finance_hooks.mapping.schemas import (
    ARTICLE_ACCOUNTS,
    COST_CENTRES,
    COST_UNITS,
    JOURNALS,
    LEDGER_ACCOUNTS,
    PARTIES,
    PAYMENT_TERMS,
    VAT_CODES,
    Schema,
)

SOURCE_FOLDER = "qubz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One field of a document that decides about a field of the entry.

    `tables` are asked on the way, in order; `how` says what else happens. With neither, the value is copied.
    `hides` is true when the value cannot be read back from the result.
    """

    field: str
    tables: tuple[Schema, ...] = ()
    how: str = ""
    hides: bool = False

    @property
    def copies(self) -> bool:
        """Whether the entry has the very value of the document."""
        return not (self.tables or self.how)

    def describe(self, target: str) -> str:
        """Name the tables by their place below include/mappings, and what else happens."""
        files = (f"{_folder(table, target)}/{table.name}" for table in self.tables)
        return "; ".join([*files, *([self.how] if self.how else [])])


def _folder(table: Schema, target: str) -> str:
    return SOURCE_FOLDER if table is ARTICLE_ACCOUNTS else target


def _through(table: Schema, *fields: str) -> tuple[Origin, ...]:
    return tuple(Origin(field=field, tables=(table,)) for field in fields)


def _by(how: str, *fields: str) -> tuple[Origin, ...]:
    return tuple(Origin(field=field, how=how) for field in fields)


_PERIOD = "the source's own, else derived from the date; moved to the first open day when closed"
_TERM = "the source's own, else the document date and the days of the payment term"
_SPREAD = "the source's VAT of the code, divided over its lines by largest remainder"
_SUMMED = "sum of the lines"
_REFERENCE = "digest of the posting key, shortened"

DERIVATIONS: Mapping[str, tuple[Origin, ...]] = MappingProxyType(
    {
        "journal": _through(JOURNALS, "type", "currency"),
        "number": _by("the supplier's number where there is one", "supplier_number", "number"),
        "entry_date": _by("moved to the first open day when closed", "document_date"),
        "moved_from": _by("only when the entry is moved to an open day", "document_date"),
        "due_date": _by(_TERM, "due_date", "document_date", "payment_term"),
        "fiscal_year": _by(_PERIOD, "fiscal_year", "document_date"),
        "period": _by(_PERIOD, "period", "document_date"),
        "party": _through(PARTIES, "party"),
        "description": _by("else number and party's name; cut to length", "description", "number", "party"),
        "reference": tuple(
            Origin(field=field, how=_REFERENCE, hides=True)
            for field in ("organisation", "type", "id", "export_sequence")
        ),
        "currency": (Origin(field="currency"),),
        "rate": (Origin(field="exchange_rate"),),
        "payment_term": _through(PAYMENT_TERMS, "payment_term"),
        "gross": _by(_SUMMED, "lines.amount", "vat_amounts.amount", "lines.debit"),
        "vat": _by(_SUMMED, "vat_amounts.amount"),
        "gross_in_books": _by(
            "sum of the lines times the rate",
            "lines.amount",
            "vat_amounts.amount",
            "lines.debit",
            "exchange_rate",
        ),
        "g_account_amount": (Origin(field="g_account_amount"),),
        "lines.ledger_account": (
            *_through(LEDGER_ACCOUNTS, "lines.ledger_account"),
            Origin(field="lines.article", tables=(ARTICLE_ACCOUNTS, LEDGER_ACCOUNTS)),
            Origin(field="lines.activity", tables=(ARTICLE_ACCOUNTS, LEDGER_ACCOUNTS)),
        ),
        "lines.amount": (
            Origin(field="lines.amount"),
            *_by("debit minus credit", "lines.debit", "lines.credit"),
        ),
        "lines.description": _by("else the entry's; cut to length", "lines.description", "description"),
        "lines.vat_code": _through(VAT_CODES, "lines.vat_code"),
        "lines.vat_amount": _by(_SPREAD, "vat_amounts.amount", "lines.amount"),
        "lines.vat_account": _through(VAT_CODES, "lines.vat_code"),
        "lines.reverse_charge_amount": _by(_SPREAD, "vat_amounts.reverse_charge_amount", "lines.amount"),
        "lines.reverse_charge_account": _through(VAT_CODES, "lines.vat_code"),
        "lines.cost_centre": _through(COST_CENTRES, "lines.cost_centre"),
        "lines.cost_unit": _through(COST_UNITS, "lines.cost_unit"),
        "lines.party": _through(PARTIES, "lines.party"),
    }
)
"""Fields a resource does not have are passed over: purchases have no `lines.debit`, memorials no VAT."""
