from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.targets.afas.legs import Leg, LegKind, make_legs
from tests.targets.afas.brief_entries import invoice, line, memorial
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import PURCHASE, SALES, with_line

ALL = {**SAMPLES, **OTHERS}


def legs_of(entry: Entry) -> tuple[Leg, ...]:
    return make_legs(entry, sample_chart())


def amounts(entry: Entry) -> list[tuple[str, str]]:
    return [(leg.account, str(leg.amount)) for leg in legs_of(entry)]


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
def test_legs_of_every_document_balance_to_the_cent(entry: Entry) -> None:
    assert sum((leg.amount for leg in legs_of(entry)), ZERO) == ZERO


def test_sale_debits_the_debtor_and_credits_revenue_and_vat() -> None:
    assert amounts(SAMPLES["S1"]) == [
        ("10045", "418.60"),
        ("8110", "-150.00"),
        ("8120", "-12.50"),
        ("8130", "-176.70"),
        ("8140", "-6.75"),
        ("1510", "-72.65"),
    ]


def test_credit_note_changes_sides() -> None:
    assert amounts(SAMPLES["S3"]) == [
        ("10045", "-23.70"),
        ("8110", "18.75"),
        ("8140", "0.84"),
        ("1510", "4.11"),
    ]


def test_line_of_the_other_sign_stands_on_its_own_side() -> None:
    assert amounts(OTHERS["mixed signs"]) == [
        ("10045", "171.50"),
        ("8110", "-200.00"),
        ("8140", "50.00"),
        ("8310", "10.00"),
        ("1510", "-31.50"),
    ]


def test_purchase_credits_the_creditor_and_debits_costs_and_vat() -> None:
    assert amounts(SAMPLES["P3"]) == [
        ("70020", "-4127.75"),
        ("4610", "2422.56"),
        ("4620", "988.80"),
        ("1500", "716.39"),
    ]


def test_shifted_vat_stands_on_both_accounts_that_the_mapping_names() -> None:
    assert amounts(SAMPLES["P1"])[-2:] == [("1505", "411.10"), ("1520", "-411.10")]
    assert amounts(OTHERS["self-billed credit note"])[-2:] == [("1505", "-21.00"), ("1520", "21.00")]


@pytest.mark.parametrize(
    "accounts",
    [
        {"vat_account": None, "reverse_charge_account": None},
        {"reverse_charge_account": None},
        {"vat_account": None},
    ],
)
def test_shifted_vat_is_left_to_afas_where_the_mapping_does_not_name_both(accounts: dict[str, None]) -> None:
    entry = with_line(OTHERS["self-billed credit note"], **accounts)

    assert amounts(entry) == [("70007", "100.00"), ("4710", "-100.00")]


def test_shifted_vat_without_a_code_has_no_place() -> None:
    entry = with_line(OTHERS["self-billed credit note"], vat_code=None)

    assert len(legs_of(entry)) == 2


def test_every_rate_has_a_line_of_its_own_on_its_own_account() -> None:
    found = {(leg.vat_code, leg.account): leg.amount for leg in legs_of(OTHERS["two rates"])[-2:]}

    assert found == {("1", "1510"): Decimal("-21.00"), ("2", "1511"): Decimal("-4.50")}


def test_vat_account_that_the_mapping_leaves_open_is_the_one_of_the_code() -> None:
    sale = with_line(SAMPLES["S5"], vat_account=None)

    assert legs_of(sale)[-1].account == "1510"


def test_kind_of_account_says_whose_number_it_is() -> None:
    assert [leg.kind for leg in legs_of(SAMPLES["S5"])] == [
        LegKind.DEBTOR,
        LegKind.LEDGER_ACCOUNT,
        LegKind.LEDGER_ACCOUNT,
    ]
    assert legs_of(SAMPLES["P3"])[0].kind is LegKind.CREDITOR


def test_memorial_takes_amounts_as_they_are() -> None:
    assert amounts(SAMPLES["J1"]) == [("1340", "1250.00"), ("8290", "-1250.00")]
    assert {leg.invoice_id for leg in legs_of(SAMPLES["J1"])} == {None}


@pytest.mark.parametrize(("party", "kind"), [("10045", LegKind.DEBTOR), ("70020", LegKind.CREDITOR)])
def test_memorial_s_line_on_a_party_is_an_open_item_under_our_reference(party: str, kind: LegKind) -> None:
    entry = with_line(OTHERS["memorial on a debtor"], party=party)

    first, second = legs_of(entry)

    assert (first.kind, first.account, first.invoice_id) == (kind, party, entry.reference)
    assert (second.kind, second.invoice_id) == (LegKind.LEDGER_ACCOUNT, None)


def test_lines_of_nothing_are_left_out() -> None:
    entry = with_line(SAMPLES["S1"], amount=ZERO)
    entry = replace(entry, gross=entry.gross - 150, gross_in_books=entry.gross_in_books - 150)

    assert "8110" not in {leg.account for leg in legs_of(entry)}


@pytest.mark.parametrize("rate", ["0.92", "0.9237", "1.1234567", "0.0081", "133.7"])
@pytest.mark.parametrize("kind", [SALES, PURCHASE])
def test_converted_legs_balance_and_none_is_a_cent_off(kind: EntryKind, rate: str) -> None:
    code, account = ("1", "8110") if kind is SALES else ("5", "4610")
    lines = [
        line(number, account, amount, code, "x")
        for number, amount in enumerate(["33.33", "33.33", "33.34", "-0.01", "199.99"], start=1)
    ]
    entry = invoice(kind, "X1", "40010", lines, vat={code: "62.99"}, currency="USD", rate=rate)

    legs = legs_of(entry)

    assert sum(leg.amount for leg in legs) == ZERO
    assert abs(legs[0].amount) == entry.gross_in_books
    assert abs(legs[-1].amount) == (Decimal("62.99") * Decimal(rate)).quantize(Decimal("0.01"))
    converted = {leg.amount.copy_abs() for leg in legs[1:-1]}
    for each in entry.lines:
        exact = abs(each.amount * Decimal(rate))
        assert any(abs(one - exact) < Decimal("0.02") for one in converted | {ZERO})


def test_conversion_of_shifted_vat_is_the_same_on_both_sides() -> None:
    lines = [line(1, "4710", "1000.01", "8", "x", reverse_charge="210.00")]
    entry = invoice(PURCHASE, "X1", "70011", lines, currency="USD", rate="0.9237")

    assert [leg.amount for leg in legs_of(entry)[-2:]] == [Decimal("193.98"), Decimal("-193.98")]


@pytest.mark.parametrize(
    ("account", "cost_centre", "cost_unit", "dimensions"),
    [
        ("8110", "INZ", None, (("1", "INZ"),)),
        ("8110", "INZ", "REST", (("1", "INZ"),)),
        ("1340", "INZ", "REST", ()),
        ("8110", None, None, ()),
    ],
)
def test_line_carries_the_codes_of_the_axes_its_account_has_on(
    account: str, cost_centre: str | None, cost_unit: str | None, dimensions: tuple[tuple[str, str], ...]
) -> None:
    entry = memorial(
        "M1", [line(1, account, "1.00", None, "x", cost_centre=cost_centre, cost_unit=cost_unit)]
    )

    assert legs_of(entry)[0].dimensions == dimensions
