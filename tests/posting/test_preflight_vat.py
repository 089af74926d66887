"""A VAT code must be for the row's side, and charge the row's rate on every date the row is used for."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.model.chart import ChartCode, DatedPercentage
from finance_hooks.model.document import EntryKind
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault
from tests.mapping.examples import write_folder
from tests.posting.charts import SALES, a_chart, checked, code, with_code

ROW = "nl,VH21,{valid_from},{valid_until},standard,sales,21,NL,VH21,1650,,1a,"
STARTS_ON = date(2026, 1, 1)


def step(percentage: str, since: date | None = None, until: date | None = None) -> DatedPercentage:
    return DatedPercentage(percentage=Decimal(percentage), since=since, until=until)


def faults(
    folder: Path, changed: ChartCode, valid_from: str = "", valid_until: str = ""
) -> tuple[PreflightFault, ...]:
    row = ROW.format(valid_from=valid_from, valid_until=valid_until)
    write_folder(folder, {"books/vat_codes.csv": [row]})
    return checked(folder, a_chart(**with_code("vat_codes", changed)))


@pytest.mark.parametrize(
    "serves", [frozenset({EntryKind.PURCHASE}), frozenset[EntryKind]()], ids=["other", "none"]
)
def test_code_for_the_other_side_is_named(tmp_path: Path, serves: frozenset[EntryKind]) -> None:
    (fault,) = faults(tmp_path, code("VH21", percentage=Decimal(21), serves=serves))

    assert fault.code is FaultCode.VAT_DIRECTION


def test_code_of_another_percentage_is_named_for_all_dates(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, code("VH21", percentage=Decimal("19.00"), serves=SALES))

    assert (fault.code, fault.detail) == (FaultCode.VAT_PERCENTAGE, "19 in the package, 21 in the row")
    assert (fault.dated_from, fault.dated_until) == (None, None)


def test_percentage_that_changes_concerns_the_documents_of_its_dates(tmp_path: Path) -> None:
    steps = (
        step("19", None, date(2025, 12, 31)),
        step("21", date(2026, 1, 1), date(2026, 8, 31)),
        step("22", date(2026, 9, 1)),
    )

    (fault,) = faults(tmp_path, code("VH21", percentage=Decimal(22), percentages=steps))

    assert (fault.dated_from, fault.dated_until) == (date(2026, 9, 1), None)


def test_percentage_that_ends_within_the_row_concerns_the_documents_before(tmp_path: Path) -> None:
    steps = (step("19", None, date(2026, 3, 31)), step("21", date(2026, 4, 1)))

    (fault,) = faults(tmp_path, code("VH21", percentages=steps))

    assert (fault.dated_from, fault.dated_until) == (None, date(2026, 3, 31))


def test_row_limited_by_dates_is_right_when_its_percentage_holds_then(tmp_path: Path) -> None:
    steps = (step("21", None, date(2026, 8, 31)), step("22", date(2026, 9, 1)))

    assert faults(tmp_path, code("VH21", percentages=steps), valid_until="2026-08-31") == ()


def test_code_that_tells_no_percentage_is_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, code("VH21")) == ()


def test_row_without_rate_or_side_asks_for_none(tmp_path: Path) -> None:
    write_folder(tmp_path, {"books/vat_codes.csv": ["nl,VH21,,,standard,,,NL,VH21,1650,,1a,"]})

    assert checked(tmp_path, a_chart(**with_code("vat_codes", code("VH21", percentage=Decimal(19))))) == ()
