from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline.checks import check_entry
from tests.targets.brief_entries import with_line
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]


def with_code(chart: Chart, part: str, code: str, **changes: object) -> Chart:
    codes = dict(getattr(chart, part))
    codes[code] = replace(codes[code], **changes)
    return replace(chart, **{part: codes})  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", [*SAMPLES.values(), *OTHERS.values()], ids=[*SAMPLES, *OTHERS])
def test_sample_passes_against_the_chart_of_its_division(entry: Entry) -> None:
    assert check_entry(entry, make_chart(entry.administration)) == ()


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, journal="99"), ReasonCode.CODE_REFUSED, "journal", "99", None),
        (replace(S1, journal="60"), ReasonCode.FIELD_REFUSED, "journal", "60", None),
        (replace(S1, fiscal_year=2031), ReasonCode.YEAR_MISSING, "period", "2031-10", None),
        (replace(S1, party="1"), ReasonCode.CODE_REFUSED, "party", "1", None),
        (replace(S1, party="70007"), ReasonCode.FIELD_REFUSED, "party", "70007", None),
        (replace(P1, party="10045"), ReasonCode.FIELD_REFUSED, "party", "10045", None),
        (replace(S1, payment_term="99"), ReasonCode.CODE_REFUSED, "payment_term", "99", None),
        (replace(S1, number="F" * 31), ReasonCode.FIELD_REFUSED, "number", "F" * 31, None),
        (with_line(S1, ledger_account="1"), ReasonCode.CODE_REFUSED, "ledger_account", "1", 1),
        (with_line(S1, vat_code="99"), ReasonCode.CODE_REFUSED, "vat_code", "99", 1),
        (with_line(S1, cost_centre="X"), ReasonCode.CODE_REFUSED, "cost_centre", "X", 1),
        (with_line(J1, party="1"), ReasonCode.CODE_REFUSED, "party", "1", 1),
        (with_line(S1, vat_code="0"), ReasonCode.FIELD_REFUSED, "vat_code", "0", 1),
        (with_line(P1, vat_code="4"), ReasonCode.FIELD_REFUSED, "vat_code", "4", 1),
        (
            with_line(J1, vat_code=None, vat_amount=Decimal("0.21")),
            ReasonCode.FIELD_REFUSED,
            "vat_code",
            None,
            1,
        ),
    ],
)
def test_fault_is_named_with_field_value_and_line(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    (reason,) = check_entry(entry, make_chart())

    assert (reason.document, reason.code, reason.field, reason.value, reason.line) == (
        entry.number,
        code,
        field,
        value,
        line,
    )


@pytest.mark.parametrize(
    ("part", "code", "changes"),
    [
        ("journals", "70", {"blocked": True}),
        ("parties", "10045", {"blocked": True}),
        ("ledger_accounts", "80501", {"blocked": True}),
        ("vat_codes", "4", {"blocked": True}),
        ("cost_centres", "INZ", {"valid_until": date(2026, 10, 14)}),
    ],
)
def test_blocked_or_ended_code_is_named(part: str, code: str, changes: dict[str, object]) -> None:
    reasons = check_entry(S1, with_code(make_chart(), part, code, **changes))

    assert {(reason.code, reason.value) for reason in reasons} == {(ReasonCode.CODE_BLOCKED, code)}


def test_cost_centre_may_be_used_on_its_last_day() -> None:
    chart = with_code(make_chart(), "cost_centres", "INZ", valid_until=S1.entry_date)

    assert check_entry(S1, chart) == ()


@pytest.mark.parametrize(
    ("cost_centre", "changes", "detail"),
    [
        (None, {"needs_cost_centre": True}, "account 80501 wants one"),
        ("INZ", {"takes_cost_centre": False}, "account 80501 takes none"),
    ],
)
def test_account_says_whether_its_lines_bear_a_cost_centre(
    cost_centre: str | None, changes: dict[str, object], detail: str
) -> None:
    chart = with_code(make_chart(), "ledger_accounts", "80501", **changes)
    bearing = with_line(S1, cost_centre=cost_centre)
    other = with_line(S1, cost_centre="INZ" if cost_centre is None else None)

    (reason,) = check_entry(bearing, chart)

    assert (reason.code, reason.field, reason.value, reason.line, reason.detail) == (
        ReasonCode.FIELD_REFUSED,
        "cost_centre",
        cost_centre,
        1,
        detail,
    )
    assert check_entry(other, chart) == ()


def test_all_faults_of_an_entry_are_named_not_the_first() -> None:
    entry = with_line(replace(S1, party="1", journal="99"), ledger_account="1", vat_code="99")

    fields = [reason.field for reason in check_entry(entry, make_chart())]

    assert fields == ["journal", "party", "ledger_account", "vat_code"]


def test_line_of_ours_that_joins_several_names_the_first_of_the_source() -> None:
    entry = with_line(S1, ledger_account="1", source_lines=(7, 9))

    (reason,) = check_entry(entry, make_chart())

    assert reason.line == 7


def test_day_of_another_year_than_its_period_is_noticed() -> None:
    entry = replace(S1, entry_date=S1.entry_date.replace(year=S1.fiscal_year - 1))

    (reason,) = check_entry(entry, make_chart(entry.administration))

    assert (reason.code, reason.field, reason.value) == (
        ReasonCode.FIELD_REFUSED,
        "period",
        f"{S1.fiscal_year}-{S1.period:02d}",
    )
