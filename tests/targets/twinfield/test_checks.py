from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.twinfield.checks import check_entry
from tests.targets.brief_entries import with_line
from tests.targets.twinfield.brief_entries import line, memorial
from tests.targets.twinfield.sample_chart import CLOSED_PERIOD, make_chart
from tests.targets.twinfield.samples import OTHERS, SAMPLES

S1, P1, P3, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["P3"], SAMPLES["J1"]
BY_PARTY = OTHERS["memorial of a party"]


def with_code(chart: Chart, part: str, code: str, **changes: object) -> Chart:
    codes = dict(getattr(chart, part))
    codes[code] = replace(codes[code], **changes)
    return replace(chart, **{part: codes})  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", [*SAMPLES.values(), *OTHERS.values()], ids=[*SAMPLES, *OTHERS])
def test_sample_passes_against_the_chart_of_its_administration(entry: Entry) -> None:
    assert check_entry(entry, make_chart(entry.administration)) == ()


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, journal="X"), ReasonCode.CODE_REFUSED, "journal", "X", None),
        (replace(S1, journal="INK"), ReasonCode.FIELD_REFUSED, "journal", "INK", None),
        (replace(S1, fiscal_year=2031), ReasonCode.YEAR_MISSING, "period", "2031-10", None),
        (replace(S1, period=13), ReasonCode.YEAR_MISSING, "period", "2026-13", None),
        (replace(S1, period=CLOSED_PERIOD), ReasonCode.PERIOD_CLOSED, "period", "2026-07", None),
        (replace(S1, party="D1"), ReasonCode.CODE_REFUSED, "party", "D1", None),
        (replace(S1, party="C70007"), ReasonCode.FIELD_REFUSED, "party", "C70007", None),
        (replace(P1, party="D10045"), ReasonCode.FIELD_REFUSED, "party", "D10045", None),
        (replace(S1, number="F" * 41), ReasonCode.FIELD_REFUSED, "number", "F" * 41, None),
        (replace(S1, number="F\x01"), ReasonCode.FIELD_REFUSED, "number", "F\x01", None),
        (with_line(S1, ledger_account="1"), ReasonCode.CODE_REFUSED, "ledger_account", "1", 1),
        (with_line(S1, vat_code="X"), ReasonCode.CODE_REFUSED, "vat_code", "X", 1),
        (with_line(S1, cost_centre="X"), ReasonCode.CODE_REFUSED, "cost_centre", "X", 1),
        (with_line(J1, party="D1"), ReasonCode.CODE_REFUSED, "party", "D1", 1),
        (with_line(BY_PARTY, cost_centre="KP10"), ReasonCode.FIELD_REFUSED, "cost_centre", "KP10", 1),
        (with_line(J1, vat_code="VH"), ReasonCode.FIELD_REFUSED, "vat_code", "VH", 1),
        (with_line(S1, vat_code="IH"), ReasonCode.FIELD_REFUSED, "vat_code", "IH", 1),
        (with_line(P3, vat_code="VH"), ReasonCode.FIELD_REFUSED, "vat_code", "VH", 1),
        (with_line(S1, vat_code="VG"), ReasonCode.FIELD_REFUSED, "vat_code", "VG", 1),
        (with_line(P1, vat_code="IH"), ReasonCode.FIELD_REFUSED, "vat_code", "IH", 1),
        (with_line(P1, vat_amount=Decimal("1.00")), ReasonCode.FIELD_REFUSED, "vat_code", "IVLH", 1),
        (with_line(S1, vat_amount=Decimal("-31.50")), ReasonCode.FIELD_REFUSED, "vat_code", "VH", 1),
        (with_line(S1, vat_code=None), ReasonCode.FIELD_REFUSED, "vat_code", None, 1),
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
    ("part", "code"),
    [
        ("journals", "VRK"),
        ("parties", "D10045"),
        ("ledger_accounts", "8210"),
        ("vat_codes", "VH"),
        ("cost_centres", "KP10"),
    ],
)
def test_blocked_code_is_named(part: str, code: str) -> None:
    reasons = check_entry(S1, with_code(make_chart(), part, code, blocked=True))

    assert {(reason.code, reason.value) for reason in reasons} == {(ReasonCode.CODE_BLOCKED, code)}


def test_period_whose_state_is_not_told_is_tried() -> None:
    chart = make_chart()
    untold = replace(chart, periods=tuple(replace(period, is_open=None) for period in chart.periods))

    assert check_entry(replace(S1, period=CLOSED_PERIOD), untold) == ()


def test_all_faults_of_an_entry_are_named_not_the_first() -> None:
    entry = with_line(replace(S1, party="1", journal="99"), ledger_account="1", vat_code="99")

    assert [reason.field for reason in check_entry(entry, make_chart())] == [
        "journal",
        "party",
        "ledger_account",
        "vat_code",
    ]


def test_memorial_that_does_not_balance_names_the_difference() -> None:
    (reason,) = check_entry(with_line(J1, amount=Decimal("1250.01")), make_chart())

    assert (reason.code, reason.detail) == (ReasonCode.MEMORIAL_UNBALANCED, "debit minus credit is 0.01")


def test_number_of_a_memorial_is_not_sent_and_may_be_any() -> None:
    assert check_entry(replace(J1, number="M" * 60), make_chart()) == ()


@pytest.mark.parametrize(("count", "fits"), [(999, True), (1000, False)])
def test_invoice_may_have_a_thousand_lines_with_that_of_the_party(count: int, fits: bool) -> None:
    entry = replace(SAMPLES["S5"], lines=SAMPLES["S5"].lines * count)

    codes = [reason.code for reason in check_entry(entry, make_chart())]

    assert codes == ([] if fits else [ReasonCode.TOO_MANY_LINES])


@pytest.mark.parametrize(("count", "fits"), [(997, True), (998, False)])
def test_lines_of_reverse_charge_count_too(count: int, fits: bool) -> None:
    entry = replace(P1, lines=P1.lines[:1] * count)

    assert (check_entry(entry, make_chart()) == ()) is fits


@pytest.mark.parametrize(("count", "fits"), [(1000, True), (1001, False)])
def test_memorial_may_have_a_thousand_lines(count: int, fits: bool) -> None:
    rest = Decimal(count - 1)
    lines = [
        line(1, "1390", str(rest), None, "x"),
        *(line(2, "8290", "-1.00", None, "x") for _ in range(count - 1)),
    ]

    assert (check_entry(memorial("M1", lines), make_chart()) == ()) is fits


def test_line_of_ours_that_joins_several_names_the_first_of_the_source() -> None:
    (reason,) = check_entry(with_line(S1, ledger_account="1", source_lines=(7, 9)), make_chart())
    (bare,) = check_entry(with_line(S1, ledger_account="1", source_lines=()), make_chart())

    assert (reason.line, bare.line) == (7, 1)
