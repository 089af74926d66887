"""Hold what was read of one company: its chart, and the rules of its codes that a chart has no place for."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from finance_hooks.model.chart import Chart
from finance_hooks.targets.accountview.dictionary import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRules:
    """What DAILY says of a journal: linked account, only currency, whether it numbers invoices itself."""

    account: str | None
    currency: str | None
    numbers_itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VatRules:
    """What VAT says of a code: where its VAT goes, and for reverse charge where the other side goes."""

    account: str | None
    reverse_account: str | None
    is_reverse: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRules:
    """What LEDGER says of an account: whether it is collective, and what its lines must bear."""

    is_collective: bool
    wants_cost_centre: bool
    wants_vat_code: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One company; `id` is its x-company. `dictionary` holds the fields of pages and lines by table."""

    id: str
    chart: Chart
    journals: Mapping[str, JournalRules]
    vat_codes: Mapping[str, VatRules]
    accounts: Mapping[str, AccountRules]
    dictionary: Mapping[str, Mapping[str, Field]]

    @property
    def collective_accounts(self) -> frozenset[str]:
        """The accounts of all debtors and of all creditors."""
        return frozenset(code for code, rules in self.accounts.items() if rules.is_collective)

    def is_vat_account(self, account: str, vat_code: str) -> bool:
        """Say whether the VAT of a code is booked on an account, on either side."""
        rules = self.vat_codes.get(vat_code)
        return rules is not None and account in {rules.account, rules.reverse_account}


_COMPANY = TypeAdapter(Company)


def write_company(company: Company) -> str:
    """Write a company as text for the cache."""
    return _COMPANY.dump_json(company).decode()


def read_company(content: str) -> Company | None:
    """Read a company that `write_company` wrote, `None` when another version of it did."""
    try:
        return _COMPANY.validate_json(content)
    except ValueError:
        return None
