"""Find out what a connection to AccountView can open, changing nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.accountview.client import Client
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.connection import AccountViewConnection
from finance_hooks.targets.accountview.wire import Row, read_text

AGES = ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Ask what a person wants to know before the first night.

    `token_age` raises ConfigurationError before the first consent, `read_company` where a company cannot be
    read.
    """

    client: Client
    connection: AccountViewConnection
    token_age: Callable[[], timedelta]
    read_company: Callable[[str], Company]

    def describe(self, company: str | None) -> str:
        """Say what can be booked in: one company, or all that the user may open.

        Raises ConfigurationError, with what to do, when that is nothing.
        """
        age = _describe_age(self.token_age())
        user = f"{self.connection.user_name} on {self.connection.base_url}"
        if company is not None:
            return (
                f"{user} can open {_describe_company(self.read_company(company))}. The tokens are {age} old."
            )
        rows = self.client.read_companies()
        if not rows:
            raise ConfigurationError(
                f"{user} may open no company; bind the application to the user in AccountView and "
                "AccountView.Net, and give the user rights."
            )
        return f"{user} can open {_describe_rows(rows)}. The tokens are {age} old."


def _describe_rows(rows: Sequence[Row]) -> str:
    return "; ".join(f"{read_text(row['CODE'])} {read_text(row.get('DESCRIPTION')) or ''}" for row in rows)


def _describe_company(company: Company) -> str:
    chart = company.chart
    journals = {
        kind: [code for code, journal in chart.journals.items() if journal.kind == kind] for kind in EntryKind
    }
    listed = ", ".join(f"{kind.value} {' '.join(codes) or 'none'}" for kind, codes in journals.items())
    years = sorted({period.fiscal_year for period in chart.periods})
    numbered = [code for code, rules in company.journals.items() if rules.numbers_itself]
    said = f"{chart.administration} {chart.name} (journals: {listed}; book years: {_span(years)}"
    if numbered:
        said += f"; not usable, they number invoices themselves: {' '.join(numbered)}"
    return f"{said})"


def _span(years: Sequence[int]) -> str:
    return f"{years[0]} to {years[-1]}" if years else "none"


def _describe_age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    length, unit = next((each for each in AGES if seconds >= 2 * each[0]), AGES[-1])
    return f"{seconds // length} {unit}"
