from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.chart import ChartCode
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.afas.checks import check_entry
from finance_hooks.targets.afas.file_chart import find_chart
from finance_hooks.targets.afas.file_format import AfasFile
from finance_hooks.targets.afas.legs import make_legs
from finance_hooks.targets.file_format import FileLayout
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

FILE, LAYOUT = AfasFile(), FileLayout()
AFAS = sample_chart()
ENTRIES = {**SAMPLES, **OTHERS}
S1, S7, P1, J1 = SAMPLES["S1"], SAMPLES["S7"], SAMPLES["P1"], SAMPLES["J1"]
REFUSED, UNKNOWN = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED


@pytest.mark.parametrize("name", ENTRIES)
def test_chart_that_everybody_has_leads_to_the_legs_that_the_own_one_does(name: str) -> None:
    entry = ENTRIES[name]

    widened = find_chart(entry, AFAS.chart)

    assert make_legs(entry, widened) == make_legs(entry, AFAS)
    assert check_entry(entry, widened) == check_entry(entry, AFAS) == ()


@pytest.mark.parametrize(
    ("entry", "code", "field", "value"),
    [
        (with_line(S1, cost_centre=None), REFUSED, "cost_centre", None),
        (with_line(S1, cost_centre="NEE"), UNKNOWN, "cost_centre", "NEE"),
        (with_line(S1, ledger_account="1"), UNKNOWN, "ledger_account", "1"),
        (replace(S1, period=8), ReasonCode.PERIOD_CLOSED, "period", "2026-08"),
        (replace(S1, party="70007"), REFUSED, "party", "70007"),
    ],
)
def test_fault_that_a_chart_tells_is_named_by_it(
    entry: Entry, code: ReasonCode, field: str, value: str | None
) -> None:
    (reason,) = FILE.why_unfit(entry, LAYOUT, AFAS.chart)

    assert (reason.code, reason.field, reason.value) == (code, field, value)


def test_code_of_the_second_axis_goes_where_the_chart_has_it_assigned() -> None:
    account = S7.lines[0].ledger_account
    unit = ChartCode(code="REST", name="", combines_with=frozenset({account}))
    assert S7.lines[0].cost_unit == "REST"

    content = FILE.write([S7], LAYOUT, replace(AFAS.chart, cost_units={"REST": unit}))

    assert b";PERS;REST;" in content
    assert b"REST" not in FILE.write([S7], LAYOUT, AFAS.chart)


def test_every_code_is_written_where_nobody_can_be_asked() -> None:
    assert b";PERS;REST;" in FILE.write([S7], LAYOUT, None)


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, party=None), UNKNOWN, "party", "", None),
        (replace(S1, journal="2000000"), REFUSED, "journal", "2000000", None),
        (replace(S1, party="ŻÓŁW\x00"), REFUSED, "party", "ŻÓŁW\x00", None),
        (replace(S1, payment_term="dertig"), REFUSED, "payment_term", "dertig", None),
        (replace(S1, number="=A1"), REFUSED, "number", "=A1", None),
        (replace(S1, number="F" * 33), REFUSED, "number", "F" * 33, None),
        (with_line(S1, cost_unit="@x"), REFUSED, "cost_unit", "@x", None),
        (with_line(S1, vat_account=None), REFUSED, "vat_account", None, 1),
        (OTHERS["memorial on a debtor"], REFUSED, "party", "10045", 1),
        (with_line(J1, amount=Decimal("1250.01")), ReasonCode.MEMORIAL_UNBALANCED, "amount", None, None),
        (replace(P1, gross_in_books=Decimal("1.00")), ReasonCode.TOTALS_DISAGREE, "amount", None, None),
    ],
)
def test_fault_is_named_without_a_chart(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    (reason,) = FILE.why_unfit(entry, LAYOUT, None)

    assert (reason.code, reason.field, reason.value, reason.line) == (code, field, value, line)


def test_account_of_vat_comes_from_the_chart_where_the_mapping_names_none() -> None:
    entry = with_line(S1, vat_account=None)

    assert FILE.why_unfit(entry, LAYOUT, AFAS.chart) == []
    assert FILE.write([entry], LAYOUT, AFAS.chart) == FILE.write([S1], LAYOUT, AFAS.chart)


def test_code_is_held_to_the_encoding_of_the_file() -> None:
    entry = with_line(S1, cost_centre="ŻÓŁW")

    assert FILE.why_unfit(entry, LAYOUT, None) == []
    (reason,) = FILE.why_unfit(entry, replace(LAYOUT, encoding="cp1252"), None)
    assert (reason.field, reason.value) == ("cost_centre", "ŻÓŁW")


def test_text_that_bears_a_code_is_held_to_the_encoding_too() -> None:
    entry = with_line(OTHERS["memorial on a debtor"], ledger_account="Ż300")
    accounts = {**AFAS.chart.ledger_accounts, "Ż300": ChartCode(code="Ż300", name="")}
    chart = replace(AFAS.chart, ledger_accounts=accounts)

    assert FILE.why_unfit(entry, LAYOUT, chart) == []
    (reason,) = FILE.why_unfit(entry, replace(LAYOUT, encoding="cp1252"), chart)
    assert (reason.field, reason.value) == ("description", "Afboeking (10045 Ż300)")


def test_file_is_one_of_cells() -> None:
    assert FILE.suffix(LAYOUT) == "csv"
