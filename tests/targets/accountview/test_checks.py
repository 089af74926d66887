from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.checks import check_entry
from tests.targets.accountview.sample_company import ALL, party_rows, period_rows, sample_company
from tests.targets.accountview.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

S1, P1, P3, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["P3"], SAMPLES["J1"]
LINKED, FOREIGN = OTHERS["memorial with a party"], OTHERS["foreign currency"]
COMPANY = sample_company()
REFUSED, UNKNOWN = ReasonCode.FIELD_REFUSED, ReasonCode.CODE_REFUSED


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.number)
def test_sample_passes_against_its_company(entry: Entry) -> None:
    assert check_entry(entry, COMPANY) == ()


@pytest.mark.parametrize(
    ("entry", "code", "field", "value", "line"),
    [
        (replace(S1, journal="99"), UNKNOWN, "journal", "99", None),
        (replace(S1, journal="INK"), REFUSED, "journal", "INK", None),
        (replace(S1, journal="VRA"), REFUSED, "journal", "VRA", None),
        (replace(FOREIGN, journal="VRK"), REFUSED, "currency", "USD", None),
        (replace(S1, fiscal_year=2031), ReasonCode.YEAR_MISSING, "period", "2031-10", None),
        (replace(S1, period=13), ReasonCode.YEAR_MISSING, "period", "2026-13", None),
        (replace(S1, period=8), ReasonCode.PERIOD_CLOSED, "period", "2026-08", None),
        (replace(S1, entry_date=date(2025, 12, 31)), REFUSED, "period", "2026-10", None),
        (replace(S1, entry_date=date(2027, 1, 1)), REFUSED, "period", "2026-10", None),
        (replace(S1, party="1"), UNKNOWN, "party", "1", None),
        (replace(S1, party=None), UNKNOWN, "party", "", None),
        (replace(S1, party="70007"), REFUSED, "party", "70007", None),
        (replace(P1, party="10045"), REFUSED, "party", "10045", None),
        (replace(S1, payment_term="99"), UNKNOWN, "payment_term", "99", None),
        (replace(S1, number="F" * 13), REFUSED, "number", "F" * 13, None),
        (replace(S1, number="Fż1"), REFUSED, "number", "Fż1", None),
        (replace(P3, number="F" * 27), REFUSED, "number", "F" * 27, None),
        (replace(LINKED, number="M" * 13), REFUSED, "number", "M" * 13, None),
        (with_line(S1, ledger_account="1"), UNKNOWN, "ledger_account", "1", 1),
        (with_line(S1, vat_code="99"), UNKNOWN, "vat_code", "99", 1),
        (with_line(S1, cost_centre="X"), UNKNOWN, "cost_centre", "X", 1),
        (with_line(J1, party="1"), UNKNOWN, "party", "1", 1),
        (with_line(S1, cost_centre=None), REFUSED, "cost_centre", None, 1),
        (with_line(SAMPLES["S2"], vat_code=None), REFUSED, "vat_code", None, 1),
        (with_line(LINKED, party=None), REFUSED, "party", None, 1),
        (with_line(J1, vat_amount=Decimal("0.21")), REFUSED, "vat_code", None, 1),
        (with_line(P1, vat_code="11"), REFUSED, "vat_code", "11", 1),
        (with_line(J1, amount=Decimal("1250.01")), ReasonCode.MEMORIAL_UNBALANCED, "lines", None, None),
    ],
)
def test_fault_is_named_with_field_value_and_line(
    entry: Entry, code: ReasonCode, field: str, value: str | None, line: int | None
) -> None:
    (reason,) = check_entry(entry, COMPANY)

    assert (reason.document, reason.code, reason.field, reason.value, reason.line) == (
        entry.number,
        code,
        field,
        value,
        line,
    )


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_first_and_last_day_lie_in_the_book_year(day: date) -> None:
    assert check_entry(replace(S1, entry_date=day), COMPANY) == ()


def test_memorial_without_parties_may_have_a_number_of_any_length() -> None:
    assert check_entry(replace(J1, number="M" * 30), COMPANY) == ()


def test_longest_number_of_a_supplier_still_fits_the_description() -> None:
    assert check_entry(replace(P3, number="1" * 26), COMPANY) == ()


def test_relation_in_both_roles_may_be_sold_to_and_bought_from() -> None:
    assert check_entry(replace(S1, party="99002"), COMPANY) == ()
    assert check_entry(replace(P3, party="99002"), COMPANY) == ()


def test_blocked_codes_are_named() -> None:
    blocked = [{**row, "REC_BLK": True} for row in party_rows("10045")]

    reasons = check_entry(S1, sample_company(debtors=blocked))

    assert [(reason.code, reason.value) for reason in reasons] == [(ReasonCode.CODE_BLOCKED, "10045")]


def test_period_of_which_nothing_is_said_is_left_to_accountview() -> None:
    silent = [{name: value for name, value in row.items() if name != "PER_BLK"} for row in period_rows(2026)]

    assert check_entry(replace(S1, period=8), sample_company(years=[silent])) == ()


def test_journal_of_a_kind_we_do_not_know_is_left_to_accountview() -> None:
    assert check_entry(replace(S1, journal="VRX"), COMPANY) == ()


@pytest.mark.parametrize(("count", "faults"), [(999, 0), (1000, 0), (1001, 1)])
def test_lines_are_counted(count: int, faults: int) -> None:
    entry = replace(S1, lines=tuple(replace(S1.lines[0], number=number) for number in range(count)))

    reasons = check_entry(entry, COMPANY)

    assert [reason.code for reason in reasons] == [ReasonCode.TOO_MANY_LINES] * faults


def test_all_faults_of_an_entry_are_named_not_the_first() -> None:
    entry = with_line(replace(S1, party="1", journal="99"), ledger_account="1", vat_code="99")

    fields = [reason.field for reason in check_entry(entry, COMPANY)]

    assert fields == ["journal", "party", "ledger_account", "vat_code"]


def test_line_of_ours_that_joins_several_names_the_first_of_the_source() -> None:
    (reason,) = check_entry(with_line(S1, ledger_account="1", source_lines=(7, 9)), COMPANY)
    (other,) = check_entry(with_line(S1, ledger_account="1", source_lines=()), COMPANY)

    assert (reason.line, other.line) == (7, 1)
