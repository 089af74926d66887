"""Find out what a connection to Twinfield can do, changing nothing: who we are, where we may book.

Twinfield developer portal, "List requests", "Finder" and "Periods".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.twinfield import questions
from finance_hooks.targets.twinfield.chart import DAYBOOK_CATEGORIES
from finance_hooks.targets.twinfield.chart_shelf import ChartShelf
from finance_hooks.targets.twinfield.client import Client
from finance_hooks.targets.twinfield.connection import TwinfieldConnection

OFFICES_ASKED_MAX = 3
"""Looking at daybooks and periods takes four credits an administration, of 25 a minute."""
AGES = ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Ask what a person wants to know before the first night.

    `token_age` raises ConfigurationError before the first consent.
    """

    client: Client
    connection: TwinfieldConnection
    token_age: Callable[[], timedelta]
    charts: ChartShelf

    def describe(self, office: str | None) -> str:
        """Say what can be booked in: one administration, or those the user may open.

        Raises ConfigurationError, with what to do, when that is nothing.
        """
        age = _describe_age(self.token_age())
        claims = self.client.claims()
        offices = {office: self.charts.name_of(office)} if office else self.charts.offices()
        asked = sorted(offices)[:OFFICES_ASKED_MAX]
        missing = {code: self._missing_daybooks(code) for code in asked}
        bookable = [f"{code} {offices[code]} ({self._manner(code)})" for code in asked if not missing[code]]
        refusals = [
            f"in {code} the user sees no daybook for {', '.join(kinds)}: switch them on for its role"
            for code, kinds in missing.items()
            if kinds
        ]
        refusals += [f"{code} was not asked" for code in sorted(offices)[OFFICES_ASKED_MAX:]]
        if not bookable:
            raise ConfigurationError(
                f"Nothing can be booked: {'; '.join(refusals) or 'the user may open no administration'}."
            )
        said = (
            f"{claims.user_code} of organisation {claims.organisation} on {claims.cluster_url} can book "
            f"sales, purchase and memorial entries in {'; '.join(bookable)}. The tokens are {age} old; "
            f"{self.client.quota.describe_left()} are left."
        )
        return f"{said} Not possible: {'; '.join(refusals)}." if refusals else said

    def _missing_daybooks(self, office: str) -> list[str]:
        return [
            kind.value
            for kind, category in DAYBOOK_CATEGORIES.items()
            if not self.client.find(questions.DAYBOOKS, office, category=category)
        ]

    def _manner(self, office: str) -> str:
        return "final" if self.connection.books_finally(office) else "provisional"


def _describe_age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    length, unit = next((each for each in AGES if seconds >= 2 * each[0]), AGES[-1])
    return f"{seconds // length} {unit}"
