"""Say for how many years documents are kept, per organisation, and before which date they are due to go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from finance_hooks.model.errors import ConfigurationError

KEEP_YEARS = 7
FEWEST_YEARS = 2
"""Corrections, statements and backfills look back that far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How many whole years a document is kept after the year it is dated in.

    `by_organisation` are the organisations that keep another number of years than the rest.
    """

    years: int = KEEP_YEARS
    by_organisation: Mapping[str, int] = field(default_factory=dict)

    def due_before(self, today: date, organisation: str | None = None) -> date:
        """Return the date before which documents of an organisation have been kept long enough."""
        years = self.years if organisation is None else self.by_organisation.get(organisation, self.years)
        return date(today.year - years, 1, 1)


def read_retention(extra: Mapping[str, object]) -> Retention:
    """Read the extra field `keep_years` of connection `finance_store`: `7`, or `7, 200=10`."""
    years = KEEP_YEARS
    by_organisation: dict[str, int] = {}
    for part in str(extra.get("keep_years") or "").split(","):
        organisation, is_one, number = (each.strip() for each in part.rpartition("="))
        if is_one:
            by_organisation[organisation] = _years(part, number)
        elif number:
            years = _years(part, number)
    return Retention(years=years, by_organisation=by_organisation)


def _years(part: str, number: str) -> int:
    if not number.isascii() or not number.isdigit() or int(number) < FEWEST_YEARS:
        raise ConfigurationError(
            f"Connection finance_store: extra field keep_years has {part.strip()!r}; write a whole number of "
            f"years from {FEWEST_YEARS} up, for one organisation as in 200=10."
        )
    return int(number)
