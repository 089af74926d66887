"""Hold one row of vat_codes.csv against the VAT code of the package: its side, and its percentage by date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.mapping.valid_rows import ValidRow
from finance_hooks.model.administration import Administration
from finance_hooks.model.chart import ChartCode, DatedPercentage
from finance_hooks.model.document import EntryKind
from finance_hooks.model.preflight_fault import FaultCode


@dataclass(frozen=True, slots=True, kw_only=True)
class VatFault:
    """What is wrong with the row, and for which document dates; open where `None`."""

    code: FaultCode
    detail: str
    since: date | None = None
    until: date | None = None


def check_vat_row(row: ValidRow, code: ChartCode, administration: Administration) -> Iterator[VatFault]:
    """Name a wrong side, and every stretch of dates on which the package charges another percentage."""
    side = row["direction"]
    if side and code.serves is not None and EntryKind(side) not in code.serves:
        served = " and ".join(sorted(code.serves)) or "nothing"
        yield VatFault(code=FaultCode.VAT_DIRECTION, detail=f"it is for {served}, the row for {side}")
    if row["rate"]:
        yield from _check_percentages(row, code, administration)


def _check_percentages(row: ValidRow, code: ChartCode, administration: Administration) -> Iterator[VatFault]:
    first = max(row.valid_from, administration.starts_on)
    last = min(row.valid_until, administration.ends_on or date.max)
    wanted = Decimal(row["rate"])
    for step in _percentages(code):
        since, until = max(first, step.since or date.min), min(last, step.until or date.max)
        if since <= until and step.percentage != wanted:
            yield VatFault(
                code=FaultCode.VAT_PERCENTAGE,
                detail=f"{step.percentage.normalize():f} in the package, {wanted:f} in the row",
                since=None if since == first else since,
                until=None if until == last else until,
            )


def _percentages(code: ChartCode) -> tuple[DatedPercentage, ...]:
    """Return the percentages by date; where the package tells today's only, that one counts for all dates."""
    if code.percentages or code.percentage is None:
        return code.percentages
    return (DatedPercentage(percentage=code.percentage),)
