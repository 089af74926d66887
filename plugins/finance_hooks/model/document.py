"""Describe what the source issued: invoices and memorials, typed and frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.money import ZERO


class DocumentType(StrEnum):
    """The kinds of document the source issues."""

    SALES_INVOICE = "sales_invoice"
    SALES_CREDIT_NOTE = "sales_credit_note"
    PURCHASE_INVOICE = "purchase_invoice"
    PURCHASE_CREDIT_NOTE = "purchase_credit_note"
    SELF_BILLED_PURCHASE = "self_billed_purchase"
    SELF_BILLED_CREDIT_NOTE = "self_billed_credit_note"
    MEMORIAL = "memorial"

    @property
    def kind(self) -> "EntryKind":
        """The side of the books the document belongs to."""
        if self is DocumentType.MEMORIAL:
            return EntryKind.MEMORIAL
        return EntryKind.SALES if self.value.startswith("sales") else EntryKind.PURCHASE

    @property
    def is_credit(self) -> bool:
        """Whether the document takes back (part of) an earlier one."""
        return self.value.endswith("credit_note")

    @property
    def is_self_billed(self) -> bool:
        """Whether the buyer issued the document in the supplier's name."""
        return self.value.startswith("self_billed")


class EntryKind(StrEnum):
    """The side of the books an entry belongs to."""

    SALES = "sales"
    PURCHASE = "purchase"
    MEMORIAL = "memorial"


class DocumentStatus(StrEnum):
    """How far the source has come with a document; only final ones are booked."""

    CONCEPT = "concept"
    TO_CHECK = "to_check"
    FINAL = "final"
    CANCELLED = "cancelled"


class ExportStatus(StrEnum):
    """What the source says about exporting a document; advisory, the store decides."""

    NOT_READY = "not_ready"
    READY = "ready"
    CLAIMED = "claimed"
    EXPORTED = "exported"
    FAILED = "failed"
    EXCLUDED = "excluded"


class Treatment(StrEnum):
    """How VAT law treats a supply."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"
    REVERSE_CHARGE_DOMESTIC = "reverse_charge_domestic"
    INTRA_EU_GOODS = "intra_eu_goods"
    INTRA_EU_SERVICES = "intra_eu_services"
    INTRA_EU_ACQUISITION = "intra_eu_acquisition"
    EXPORT = "export"
    IMPORT = "import"
    EXEMPT = "exempt"
    OUTSIDE_SCOPE = "outside_scope"
    MARGIN = "margin"


class VatDirection(StrEnum):
    """Whether a VAT code serves what is sold or what is bought."""

    SALES = "sales"
    PURCHASE = "purchase"


class VatRounding(StrEnum):
    """How an organisation rounds VAT: once per document and code, or per line."""

    PER_INVOICE = "per_invoice"
    PER_LINE = "per_line"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line of a document.

    `amount` is net and has the document's natural sign (negative on a credit note); on a memorial it is
    debit minus credit. `rate` is a percentage (21, not 0.21), `None` where the source gives none.
    """

    number: int
    description: str
    amount: Decimal
    vat_code: str | None = None
    rate: Decimal | None = None
    ledger_account: str | None = None
    article: str | None = None
    activity: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Decimal | None = None
    cost_centre: str | None = None
    cost_unit: str | None = None
    party: str | None = None
    invoice_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VatAmount:
    """The source's VAT of one code on one document, the truth for the books.

    `category` is a letter of UNCL 5305 (S, AE, K, G, E, Z, O). `reverse_charge_amount` is the VAT shifted
    to the buyer on a purchase; it stays outside the document's totals.
    """

    vat_code: str
    category: str | None
    rate: Decimal | None
    base: Decimal
    amount: Decimal
    reverse_charge_amount: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One invoice, credit note or memorial as the source issued it, in canonical form.

    Amounts are in `currency`, negative on credit notes whatever sign the source uses. `exchange_rate` is
    the organisation's currency per 1 unit of `currency`. A memorial's `total_gross` is its sum of debit.
    """

    key: DocumentKey
    type: DocumentType
    number: str
    status: DocumentStatus
    export_status: ExportStatus
    document_date: date
    due_date: date | None
    fiscal_year: int | None
    period: int | None
    journal: str | None
    party: str | None
    supplier_number: str | None
    original_number: str | None
    description: str
    currency: str
    exchange_rate: Decimal | None
    payment_term: str | None
    total_net: Decimal
    total_vat: Decimal
    total_gross: Decimal
    g_account_amount: Decimal
    lines: tuple[DocumentLine, ...]
    vat_amounts: tuple[VatAmount, ...]
    changed_at: datetime | None
