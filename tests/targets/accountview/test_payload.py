import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.targets.accountview.conventions import Conventions, RateDirection, ReverseCharge, Side
from finance_hooks.targets.accountview.payload import make_page, write_page
from tests.targets.accountview.sample_company import ALL
from tests.targets.accountview.samples import OTHERS, SAMPLES

S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]
FOREIGN = OTHERS["foreign currency"]
USUAL = Conventions()


def column(entry: Any, name: str, conventions: Conventions = USUAL) -> list[Any]:
    return [row[name] for row in make_page(entry, conventions).lines]


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.number)
def test_every_row_has_a_value_for_every_field_and_every_field_a_type_that_works(entry: Any) -> None:
    body = json.loads(write_page(entry, make_page(entry, USUAL)))
    parts = [
        (body["Table"]["Definition"], body["TableData"]["Data"]),
        *zip(body["Table"]["DetailDefinitions"], body["TableData"]["DetailData"], strict=True),
    ]

    for definition, rows in parts:
        assert {field["FieldType"] for field in definition["Fields"]} <= set("CNLTI")
        assert {len(row["Values"]) for row in rows["Rows"]} == {len(definition["Fields"])}
        for place in range(len(definition["Fields"])):
            assert any(row["Values"][place] is not None for row in rows["Rows"])


def test_one_page_per_call_and_all_lines_name_it() -> None:
    body = json.loads(write_page(S1, make_page(S1, USUAL)))

    assert len(body["TableData"]["Data"]["Rows"]) == 1
    assert [row["Values"][:2] for row in body["TableData"]["DetailData"][0]["Rows"]] == [
        [str(number), "1"] for number in range(1, 5)
    ]


def test_day_without_a_zone_stands_wherever_the_year_is_decided() -> None:
    page = make_page(S1, USUAL)

    assert json.loads(write_page(S1, page))["BookDate"] == "2026-10-15T00:00:00"
    assert page.header["TRN_DATE"] == "2026-10-15T00:00:00"
    assert set(column(S1, "TRN_DATE")) == {"2026-10-15T00:00:00"}


def test_vat_of_the_source_is_sent_to_the_cent() -> None:
    assert sum(column(S1, "VAT_AMT")) == Decimal("72.65")


@pytest.mark.parametrize(
    ("conventions", "vat"),
    [
        (USUAL, ["170.23", "240.87"]),
        (Conventions(reverse_charge=ReverseCharge.ZERO), ["0.00", "0.00"]),
        (Conventions(purchase_positive=Side.CREDIT), ["-170.23", "-240.87"]),
    ],
)
def test_shifted_vat_is_sent_as_the_installation_wants_it(conventions: Conventions, vat: list[str]) -> None:
    assert column(P1, "VAT_AMT", conventions) == [Decimal(amount) for amount in vat]


def test_sides_are_sent_as_the_installation_reads_them() -> None:
    turned = Conventions(purchase_positive=Side.CREDIT, memorial_positive=Side.CREDIT)

    assert column(P1, "AMOUNT", turned) == [-line.amount for line in P1.lines]
    assert column(J1, "AMOUNT", turned) == [Decimal("-1250.00"), Decimal("1250.00")]
    assert column(S1, "AMOUNT", turned) == [line.amount for line in S1.lines]


def test_credit_note_is_negative_in_the_same_journal() -> None:
    credit = SAMPLES["S3"]

    assert make_page(credit, USUAL).header["DJ_CODE"] == "VRK"
    assert column(credit, "AMOUNT") == [Decimal("-18.75"), Decimal("-0.84")]
    assert sum(column(credit, "VAT_AMT")) == Decimal("-4.11")


def test_memorial_has_relation_and_number_on_the_line_that_needs_them_only() -> None:
    entry = OTHERS["memorial with a party"]
    page = make_page(entry, USUAL)

    assert (page.header["SUB_NR"], page.header["INV_NR"]) == (None, None)
    assert column(entry, "SUB_NR") == ["10045", None]
    assert column(entry, "INV_NR") == [entry.number, None]


def test_foreign_page_states_both_currencies_and_the_rate() -> None:
    page = make_page(FOREIGN, USUAL)

    assert (page.header["CUR_CODE"], page.header["EXCH_RATE"]) == ("USD", Decimal("0.92"))
    assert (column(FOREIGN, "AMOUNT"), column(FOREIGN, "CUR_AMT")) == (
        [Decimal("920.00")],
        [Decimal("1000.00")],
    )
    other = Conventions(rate_direction=RateDirection.CURRENCY_PER_BOOKS)
    assert make_page(FOREIGN, other).header["EXCH_RATE"] == Decimal("1.0869565217")
    shifted = replace(P1, currency="USD", rate=Decimal("0.5"))
    assert column(shifted, "VAT_AMT") == [Decimal("85.12"), Decimal("120.44")]


@pytest.mark.parametrize(
    ("due_date", "days"),
    [
        (None, None),
        (date(2026, 11, 14), 30),
        (date(2026, 10, 15), 0),
        (date(2026, 10, 1), 0),
        (date(2030, 1, 1), 999),
    ],
)
def test_due_date_is_sent_in_days(due_date: date | None, days: int | None) -> None:
    assert make_page(replace(S1, due_date=due_date), USUAL).header["CRED_DAYS"] == days


def test_g_account_and_payment_term_are_sent_where_there_are_any() -> None:
    with_both, without = make_page(SAMPLES["S7"], USUAL).header, make_page(SAMPLES["S6"], USUAL).header

    assert (with_both["BLK_AMT"], with_both["DISC_CODE"]) == (Decimal("968.00"), "30")
    assert (without["BLK_AMT"], without["DISC_CODE"]) == (None, None)


def test_texts_end_with_the_reference_and_keep_to_the_characters_of_windows() -> None:
    entry = replace(S1, lines=(replace(S1.lines[0], description="Łódź " * 10),))

    (text,) = column(entry, "TRN_DESC")

    assert str(text).startswith("?ódz ?ódz")
    assert str(text).endswith(f" [{S1.reference}]")
    assert len(str(text)) == 40
