"""Find out what a connection to Exact can do, changing nothing: who we are, where we may book, what is left.

Exact Online REST reference: SystemSystemMe, SystemSystemDivisions, UsersUserHasRights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.exactonline import divisions
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.connection import ExactConnection
from finance_hooks.targets.exactonline.payload import RESOURCES
from finance_hooks.targets.exactonline.quota import NO_DIVISION
from finance_hooks.targets.exactonline.wire import Row

DIVISIONS_ASKED_MAX = 10
"""Asking for rights takes three calls a division, and a person waits for the answer."""
CONSENT_DAYS = 30
"""Exact: a refresh token that is not used dies after so many days."""
AGES = ((86400, "days"), (3600, "hours"), (60, "minutes"), (1, "seconds"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """Ask what a person wants to know before the first night.

    `token_age` raises ConfigurationError before the first consent, `read_division` where a division cannot
    be booked in.
    """

    client: Client
    connection: ExactConnection
    token_age: Callable[[], timedelta]
    read_division: Callable[[str], Row]

    def describe(self, division: str | None) -> str:
        """Say what can be booked in: one division, or all that the user consented to.

        Raises ConfigurationError, with what to do, when that is nothing.
        """
        age = _describe_age(self.token_age())
        me = next(self.client.read_rows(NO_DIVISION, "Me", select="UserName,CurrentDivision"), {})
        listed = [self.read_division(division)] if division else self._list_divisions(me)
        rows, refusals = self._sort(listed, str(me["UserName"]))
        bookable = [self._describe_bookable(row) for row in rows]
        if not bookable:
            raise ConfigurationError(
                f"Nothing can be booked: {'; '.join(refusals) or 'there is no division'}."
            )
        user = f"{me['UserName']} on {self.connection.base_url}"
        said = f"{user} can book sales, purchase and memorial entries in {'; '.join(bookable)}."
        said += f" The tokens are {age} old; not used for {CONSENT_DAYS} days they die."
        return f"{said} Not possible: {'; '.join(refusals)}." if refusals else said

    def _list_divisions(self, me: Row) -> list[Row]:
        current = str(me["CurrentDivision"])
        try:
            return list(self.client.read_rows(current, divisions.DIVISIONS, select=divisions.SELECT))
        except ConfigurationError as error:
            # Exact: CurrentDivision is where the user looked last, also outside what was consented to.
            raise ConfigurationError(
                f"The consent works, but the divisions cannot be listed from {current}, the one the user had "
                f"open last in Exact ({error}). Open one there that was consented to, and test again."
            ) from error

    def _sort(self, listed: list[Row], user: str) -> tuple[list[Row], list[str]]:
        """Separate the divisions in which the user may post everything from the reasons against others."""
        bookable: list[Row] = []
        refusals: list[str] = []
        forbidden: dict[str, list[str]] = {}
        usable = 0
        for row in listed:
            code, why = str(row["Code"]), divisions.why_unusable(row, self.connection.country)
            usable += why is None
            if why or usable > DIVISIONS_ASKED_MAX:
                refusals.append(why or f"division {code} was not asked, {DIVISIONS_ASKED_MAX} others were")
            elif kinds := self._forbidden_kinds(code):
                forbidden.setdefault(", ".join(kinds), []).append(code)
            else:
                bookable.append(row)
        refusals += [
            f"{user} may not post {kinds} entries in {', '.join(codes)}: give the user those rights in Exact "
            "(a full office user is needed)"
            for kinds, codes in forbidden.items()
        ]
        return bookable, refusals

    def _forbidden_kinds(self, division: str) -> list[str]:
        return [
            kind.value
            for kind, resource in RESOURCES.items()
            if self.client.read_row(division, *divisions.write_rights_question(resource))["UserHasRights"]
            is not True
        ]

    def _describe_bookable(self, row: Row) -> str:
        left = self.client.quota.describe_left(str(row["Code"]))
        return f"{divisions.describe_division(row)} (calls left: {left})"


def _describe_age(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    length, unit = next((each for each in AGES if seconds >= 2 * each[0]), AGES[-1])
    return f"{seconds // length} {unit}"
