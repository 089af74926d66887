from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.targets.exactonline.eexact import find_control_account, write_document, write_transaction
from finance_hooks.targets.exactonline.payload import RateDirection
from tests.targets.exactonline.eexact_reader import ReadEntry, read_document
from tests.targets.exactonline.sample_chart import CONTROL_ACCOUNTS, make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

DIRECT = RateDirection.BOOKS_PER_CURRENCY
ENTRIES = {**SAMPLES, **OTHERS}
INVOICES = {name: entry for name, entry in ENTRIES.items() if entry.kind is not EntryKind.MEMORIAL}


def read(entry: Entry, chart: Chart | None, direction: RateDirection = DIRECT) -> ReadEntry:
    (found,) = read_document(write_document([write_transaction(entry, chart, direction)]))
    return found


def charted(entry: Entry) -> ReadEntry:
    return read(entry, make_chart(entry.administration))


def expected_by_account(entry: Entry, *, contains_vat: bool) -> dict[str, Decimal]:
    """Add up what the entry itself says, debit positive."""
    sign = -1 if entry.kind is EntryKind.SALES else 1
    sums: dict[str, Decimal] = {}
    for line in entry.lines:
        amount = line.amount + (line.vat_amount if contains_vat else ZERO)
        sums[line.ledger_account] = sums.get(line.ledger_account, ZERO) + sign * amount
    return sums


@pytest.mark.parametrize("name", ENTRIES)
def test_document_says_the_same_amounts_per_account(name: str) -> None:
    entry = ENTRIES[name]

    found = charted(entry)

    own = {code: amount for code, amount in found.by_account.items() if code not in CONTROL_ACCOUNTS}
    assert own == expected_by_account(entry, contains_vat=name == "including vat code")


@pytest.mark.parametrize("name", INVOICES)
def test_line_of_the_party_comes_first_with_the_gross_and_without_a_vat_code(name: str) -> None:
    entry = INVOICES[name]
    control, side = ("13011", 1) if entry.kind is EntryKind.SALES else ("16011", -1)
    chart = make_chart(entry.administration)

    first = write_transaction(entry, chart, DIRECT).findall("GLTransactionLine")[0]

    account = first.find("GLAccount")
    assert account is not None
    assert account.get("code") == control
    assert Decimal(first.findtext(".//Value") or "") == side * entry.gross
    assert first.find(".//VAT") is None


@pytest.mark.parametrize("name", INVOICES)
def test_lines_and_their_vat_come_to_nothing_together(name: str) -> None:
    entry = INVOICES[name]

    found = charted(entry)

    vat = ZERO if name == "including vat code" else sum(found.vat_by_code.values(), ZERO)
    assert sum(found.by_account.values(), ZERO) + vat == 0


def test_vat_of_a_code_adds_up_to_the_source_with_the_sign_of_the_books() -> None:
    assert charted(SAMPLES["S1"]).vat_by_code == {"4": Decimal("-72.65")}
    assert charted(SAMPLES["S3"]).vat_by_code == {"4": Decimal("4.11")}


@pytest.mark.parametrize("name", ["S6", "S8", "P1", "P2", "S4"])
def test_no_vat_amount_is_written_where_exact_takes_none(name: str) -> None:
    assert charted(SAMPLES[name]).vat_by_code == {}


def test_reference_and_number_stand_where_the_api_has_them() -> None:
    sale, memorial = charted(SAMPLES["S1"]), charted(SAMPLES["J1"])

    assert sale.head["Description"].endswith(f"[{SAMPLES['S1'].reference}]")
    assert sale.numbers == {SAMPLES["S1"].number}
    assert "Description" not in memorial.head
    assert all(text.endswith(f"[{SAMPLES['J1'].reference}]") for text in memorial.texts)
    assert memorial.numbers == frozenset()


def test_period_and_year_are_said() -> None:
    entry = replace(SAMPLES["S1"], fiscal_year=2027, period=4)

    head = charted(entry).head

    assert (head["FinYear"], head["FinPeriod"]) == ("2027", "4")


def test_g_account_and_payment_condition_are_those_of_the_api() -> None:
    head = charted(SAMPLES["S7"]).head

    assert (head["GAccountAmountFC"], head["PaymentCondition"]) == ("968.00", "30")
    assert charted(SAMPLES["S7"]).due_dates == {"2026-11-14"}


def test_entry_without_term_and_due_date_says_neither() -> None:
    bare = charted(replace(SAMPLES["S1"], payment_term=None, due_date=None))

    assert "PaymentCondition" not in bare.head
    assert bare.due_dates == frozenset()


@pytest.mark.parametrize(("name", "number"), [("S1", "20"), ("S3", "21"), ("P3", "30"), ("J1", "90")])
def test_type_follows_kind_and_sign(name: str, number: str) -> None:
    assert charted(SAMPLES[name]).head["TransactionType"] == number


def test_foreign_currency_is_stated_with_its_rate_and_no_amount_of_ours_in_the_books_currency() -> None:
    entry = OTHERS["foreign currency"]
    chart = make_chart(entry.administration)

    direct = write_transaction(entry, chart, DIRECT)
    inverse = write_transaction(entry, chart, RateDirection.CURRENCY_PER_BOOKS)

    assert charted(entry).currencies == {"USD"}
    assert direct.find(".//Amount") is None
    assert {each.text for each in direct.iter("Rate")} == {"0.92"}
    assert {each.text for each in inverse.iter("Rate")} == {"1.0869565217"}


def test_foreign_vat_is_stated_in_the_foreign_currency() -> None:
    entry = replace(SAMPLES["S1"], currency="USD", rate=Decimal("0.92"))

    assert charted(entry).vat_by_code == {"4": Decimal("-72.65")}


def test_no_number_is_given_since_exact_would_replace_what_stands_under_it() -> None:
    transaction = write_transaction(SAMPLES["S1"], make_chart(), DIRECT)

    assert transaction.get("entry") is None


def test_without_a_chart_the_line_of_the_party_is_left_to_exact() -> None:
    found = read(SAMPLES["S1"], None)

    assert found.by_account == expected_by_account(SAMPLES["S1"], contains_vat=False)
    assert found.vat_by_code == {"4": Decimal("-72.65")}
    assert read(SAMPLES["P1"], None).vat_by_code == {}
    assert read(SAMPLES["J1"], None).vat_by_code == {}


def test_blocked_account_of_debtors_is_passed_over_and_the_lowest_taken() -> None:
    chart = make_chart()
    debtors = chart.ledger_accounts["13011"]
    more = {"13010": replace(debtors, code="13010", blocked=True), "13012": replace(debtors, code="13012")}
    accounts = {**chart.ledger_accounts, **more}

    assert find_control_account(SAMPLES["S1"], replace(chart, ledger_accounts=accounts)) == "13011"
    assert find_control_account(SAMPLES["S1"], replace(chart, ledger_accounts={})) is None


def test_memorial_line_with_vat_states_code_and_amount() -> None:
    first, *rest = SAMPLES["J1"].lines
    entry = replace(
        SAMPLES["J1"],
        lines=(replace(first, vat_code="4", vat_amount=Decimal("10.00"), party="10045"), *rest),
    )

    assert charted(entry).vat_by_code == {"4": Decimal("10.00")}
    assert write_transaction(entry, make_chart(), DIRECT).find(".//Account") is not None


def test_amount_of_nothing_bears_no_sign() -> None:
    first, *rest = SAMPLES["S1"].lines
    entry = replace(SAMPLES["S1"], lines=(replace(first, amount=ZERO, vat_amount=ZERO), *rest))

    texts = {each.text for each in write_transaction(entry, make_chart(), DIRECT).iter("Value", "VATAmount")}

    assert "0.00" in texts
    assert "-0.00" not in texts


def test_text_that_no_document_can_hold_is_written_without_it() -> None:
    entry = replace(SAMPLES["S1"], number="F\x002026 & <1>")

    content = write_document([write_transaction(entry, make_chart(), DIRECT)])

    assert etree.fromstring(content).findtext(".//YourRef") == "F 2026 & <1>"
    assert b"<!DOCTYPE" not in content
