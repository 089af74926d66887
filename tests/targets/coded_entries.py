"""Write entries in the source's codes, and have them in those of one package."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from finance_hooks.model.entry import EntryLine
from tests.targets.brief_entries import BriefEntries


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What a package calls things: accounts and their cost centres by the source's account, VAT codes by its.

    An account without a row keeps its number; `customer` and `supplier` are patterns of the party's number.
    """

    vat_codes: Mapping[str, str]
    accounts: Mapping[str, str] = field(default_factory=dict)
    cost_centres: Mapping[str, str] = field(default_factory=dict)
    customer: str = "{}"
    supplier: str = "{}"
    self_billing_journal: str
    foreign_journal: str


@dataclass(frozen=True, slots=True)
class CodedEntries:
    """Make entries of one administration from what the source says."""

    brief: BriefEntries
    codes: Codes

    def line(
        self,
        number: int,
        account: str,
        amount: str,
        vat_code: str | None,
        description: str,
        *,
        shifted: str = "0.00",
        cost_unit: str | None = None,
    ) -> EntryLine:
        """Make a line; `shifted` is the VAT of reverse charge."""
        return self.brief.line(
            number,
            self.codes.accounts.get(account, account),
            amount,
            self.codes.vat_codes[vat_code] if vat_code else None,
            description,
            cost_centre=self.codes.cost_centres.get(account),
            cost_unit=cost_unit,
            reverse_charge=shifted,
        )

    def vat(self, **amounts: str) -> dict[str, str]:
        """Return the VAT per code."""
        return {self.codes.vat_codes[code]: amount for code, amount in amounts.items()}

    def customer(self, number: str) -> str:
        """Return what the package calls a customer."""
        return self.codes.customer.format(number)

    def supplier(self, number: str) -> str:
        """Return what the package calls a supplier."""
        return self.codes.supplier.format(number)
