from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.checks import check_entry
from tests.targets.afas.brief_entries import line, memorial
from tests.targets.afas.sample_chart import chart_of, lists, sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]
SETTLED = OTHERS["memorial on a debtor"]
REFUSED, UNKNOWN, BLOCKED = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED, ReasonCode.CODE_BLOCKED
ALL = {**SAMPLES, **OTHERS}
NOTHING = Decimal("0.00")


def of_lines(count: int) -> Entry:
    """Make a sale of so many lines of a cent, with VAT of a cent."""
    sale = SAMPLES["S5"].lines[0]
    first = replace(sale, amount=Decimal("0.01"), vat_amount=Decimal("0.01"))
    others = [replace(first, number=number, vat_amount=ZERO) for number in range(2, count + 1)]
    gross = Decimal(count + 1).scaleb(-2)
    return replace(SAMPLES["S5"], lines=(first, *others), gross=gross, gross_in_books=gross)


def with_code(part: str, code: str, **changes: object) -> AfasChart:
    chart = sample_chart()
    codes = dict(getattr(chart.chart, part))
    codes[code] = replace(codes[code], **changes)
    return replace(chart, chart=replace(chart.chart, **{part: codes}))  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
def test_sample_passes_against_the_chart_of_its_administration(entry: Entry) -> None:
    assert check_entry(entry, sample_chart()) == ()


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, journal="99"), UNKNOWN, "journal", "99", None),
        (replace(S1, journal="29"), BLOCKED, "journal", "29", None),
        (replace(S1, fiscal_year=2031), ReasonCode.YEAR_MISSING, "period", "2031-10", None),
        (replace(S1, period=13), ReasonCode.YEAR_MISSING, "period", "2026-13", None),
        (replace(S1, period=8), ReasonCode.PERIOD_CLOSED, "period", "2026-08", None),
        (replace(S1, party="1"), UNKNOWN, "party", "1", None),
        (replace(S1, party=None), UNKNOWN, "party", "", None),
        (replace(S1, party="70007"), REFUSED, "party", "70007", None),
        (replace(P1, party="10045"), REFUSED, "party", "10045", None),
        (replace(P1, party="99004"), BLOCKED, "party", "99004", None),
        (replace(S1, payment_term="99"), UNKNOWN, "payment_term", "99", None),
        (replace(S1, payment_term="OUD"), BLOCKED, "payment_term", "OUD", None),
        (replace(S1, number="F" * 33), REFUSED, "number", "F" * 33, None),
        (replace(J1, currency="USD", rate=Decimal("0.9")), REFUSED, "currency", "USD", None),
        (with_line(S1, ledger_account="1"), UNKNOWN, "ledger_account", "1", 1),
        (with_line(S1, ledger_account="8299"), BLOCKED, "ledger_account", "8299", 1),
        (with_line(S1, ledger_account="8080", cost_centre=None), REFUSED, "ledger_account", "8080", 1),
        (with_line(S1, vat_code="99"), UNKNOWN, "vat_code", "99", 1),
        (with_line(S1, vat_code="19"), BLOCKED, "vat_code", "19", 1),
        (with_line(S1, vat_account="1"), UNKNOWN, "vat_account", "1", 1),
        (with_line(S1, vat_code=None), REFUSED, "vat_amount", "31.50", 1),
        (with_line(S1, ledger_account="8290"), REFUSED, "vat_code", "1", 1),
        (with_line(J1, vat_amount=Decimal("0.21")), REFUSED, "vat_amount", "0.21", 1),
        (with_line(P1, vat_account=None), REFUSED, "vat_account", None, 1),
        (with_line(P1, vat_account="1520"), REFUSED, "vat_account", "1520", 1),
        (with_line(P1, reverse_charge_account="1"), UNKNOWN, "vat_account", "1", 1),
        (with_line(S1, cost_centre=None), REFUSED, "cost_centre", None, 1),
        (with_line(S1, cost_centre="X"), UNKNOWN, "cost_centre", "X", 1),
        (with_line(S1, cost_centre="OUD"), UNKNOWN, "cost_centre", "OUD", 1),
        (with_line(SETTLED, party="1"), UNKNOWN, "party", "1", 1),
        (with_line(SETTLED, party="99002"), REFUSED, "party", "99002", 1),
    ],
)
def test_fault_is_named_with_field_value_and_line(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    (reason,) = check_entry(entry, sample_chart())

    assert (reason.document, reason.code, reason.field, reason.value, reason.line) == (
        entry.number,
        code,
        field,
        value,
        line,
    )


def test_all_faults_of_an_entry_are_named_not_the_first() -> None:
    entry = with_line(replace(S1, party="1", journal="99"), ledger_account="1", vat_code="99")

    fields = [reason.field for reason in check_entry(entry, sample_chart())]

    assert fields == ["journal", "party", "ledger_account", "vat_code"]


def test_payment_terms_are_not_judged_where_no_connector_lists_them() -> None:
    chart = sample_chart()
    chart = replace(chart, chart=replace(chart.chart, payment_terms={}))

    assert check_entry(replace(S1, payment_term="99"), chart) == ()


def test_cost_unit_is_judged_by_the_axis_of_its_account() -> None:
    account = next(row for row in lists()["ledger_accounts"] if row["Account"] == "8110")
    others = [row for row in lists()["ledger_accounts"] if row["Account"] != "8110"]
    chart = chart_of({**lists(), "ledger_accounts": [{**account, "DimAx2": "T"}, *others]})

    (reason,) = check_entry(with_line(S1, cost_unit="REST"), chart)

    assert (reason.code, reason.field, reason.value) == (UNKNOWN, "cost_unit", "REST")


@pytest.mark.parametrize("accounts", [(None, None), ("1505", None)])
def test_shifted_vat_may_be_left_to_afas(accounts: tuple[str | None, str | None]) -> None:
    lines = [replace(each, vat_account=accounts[0], reverse_charge_account=accounts[1]) for each in P1.lines]

    assert check_entry(replace(P1, lines=tuple(lines)), sample_chart()) == ()


@pytest.mark.parametrize(
    ("on", "passes"),
    [
        (date(2026, 10, 31), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 31), True),
        (date(2027, 2, 1), False),
        (date(2026, 7, 1), True),
        (date(2026, 6, 30), False),
        (date(2025, 10, 15), False),
    ],
)
def test_date_in_another_year_than_the_period_is_noticed(on: date, passes: bool) -> None:
    reasons = check_entry(replace(S1, entry_date=on), sample_chart())

    assert [reason.code for reason in reasons] == ([] if passes else [ReasonCode.FIELD_REFUSED])


def test_supposed_period_says_nothing_about_its_days() -> None:
    chart = sample_chart()
    periods = tuple(replace(period, is_open=None, is_supposed=True) for period in chart.chart.periods)
    chart = replace(chart, chart=replace(chart.chart, periods=periods))

    assert check_entry(replace(S1, entry_date=date(2025, 10, 15)), chart) == ()


def test_memorial_that_is_a_cent_off_is_named() -> None:
    (reason,) = check_entry(with_line(J1, amount=Decimal("1250.01")), sample_chart())

    assert (reason.code, reason.detail) == (ReasonCode.MEMORIAL_UNBALANCED, "debit minus credit is 0.01")


def test_invoice_whose_lines_are_not_its_total_is_named() -> None:
    (reason,) = check_entry(with_line(S1, amount=Decimal("150.01")), sample_chart())

    assert reason.code is ReasonCode.TOTALS_DISAGREE


@pytest.mark.parametrize(
    "entry",
    [
        memorial("M0", [line(1, "1340", "0.00", None, "niets")]),
        replace(with_line(SAMPLES["S6"], amount=NOTHING), gross=NOTHING, gross_in_books=NOTHING),
        replace(
            OTHERS["long number"],
            lines=(
                replace(OTHERS["long number"].lines[0], vat_amount=NOTHING),
                replace(OTHERS["long number"].lines[0], vat_amount=NOTHING, amount=Decimal(-100)),
            ),
            gross=NOTHING,
            gross_in_books=NOTHING,
        ),
    ],
    ids=["empty memorial", "invoice of nothing", "invoice whose lines cancel out"],
)
def test_entry_of_nothing_is_named(entry: Entry) -> None:
    assert [reason.field for reason in check_entry(entry, sample_chart())] == ["gross"]


@pytest.mark.parametrize(("lines", "passes"), [(980, True), (998, True), (999, False)])
def test_party_and_vat_count_among_the_thousand_lines(lines: int, passes: bool) -> None:
    reasons = check_entry(of_lines(lines), sample_chart())

    assert [reason.code for reason in reasons] == ([] if passes else [ReasonCode.TOO_MANY_LINES])


def test_line_of_ours_that_joins_several_names_the_first_of_the_source() -> None:
    (reason,) = check_entry(with_line(S1, ledger_account="1", source_lines=(7, 9)), sample_chart())

    assert reason.line == 7


def test_line_that_names_no_line_of_the_source_is_named_by_its_own_number() -> None:
    (reason,) = check_entry(with_line(S1, ledger_account="1", source_lines=()), sample_chart())

    assert reason.line == 1


def test_codes_blocked_after_the_fact_are_named() -> None:
    reasons = check_entry(S1, with_code("journals", "20", blocked=True))

    assert [(reason.code, reason.value) for reason in reasons] == [(BLOCKED, "20")]
