"""Describe what a document refers to in the source: organisation, parties, VAT codes, payment terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from finance_hooks.model.document import Treatment, VatDirection, VatRounding

PERSON = "person"
"""The legal form that the source gives private persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceLink:
    """The link to a bookkeeping package that the source has on an organisation."""

    target: str
    export_type: str
    nationality: str
    administration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company or municipality that issues documents."""

    code: str
    name: str
    country: str
    currency: str
    vat_number: str | None
    fiscal_year_start_month: int
    vat_rounding: VatRounding
    finance_link: FinanceLink | None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A debtor or creditor of the source (its relatie)."""

    number: str
    name: str
    country: str
    is_debtor: bool
    is_creditor: bool
    debtor_number: str | None
    creditor_number: str | None
    vat_number: str | None
    coc_number: str | None
    payment_term: str | None
    self_billing_agreement: bool
    street: str | None = None
    house_number: str | None = None
    addition: str | None = None
    postal_code: str | None = None
    city: str | None = None
    email: str | None = None
    legal_form: str | None = None
    active: bool = True

    @property
    def is_person(self) -> bool:
        """Whether it is a private person and no organisation."""
        return (self.legal_form or "").casefold() == PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCode:
    """A VAT code of the source; `rate` is a percentage, `category` a letter of UNCL 5305."""

    code: str
    name: str
    rate: Decimal | None
    direction: VatDirection | None
    treatment: Treatment
    category: str | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerm:
    """A payment term of the source: so many days after the document date."""

    code: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Masters:
    """Everything the documents of one organisation refer to, by code.

    `unreadable` says which rows of the source could not be read and why, by resource and code
    (`vatcodes VH21`), so that a document that refers to one can say so.
    """

    organisation: Organisation
    parties: Mapping[str, Party]
    vat_codes: Mapping[str, VatCode]
    payment_terms: Mapping[str, PaymentTerm]
    unreadable: Mapping[str, str] = field(default_factory=dict)
