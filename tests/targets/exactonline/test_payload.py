import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.targets.exactonline.payload import RateDirection, make_payload
from tests.targets.exactonline.brief_entries import line, memorial
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

DIRECT = RateDirection.BOOKS_PER_CURRENCY


def write(entry: Entry, direction: RateDirection = DIRECT) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(
        make_payload(entry, make_chart(entry.administration), direction).body, parse_float=Decimal
    )
    return body


def test_credit_note_keeps_its_negative_amounts_and_names_no_type() -> None:
    body = write(SAMPLES["S3"])

    amounts = [(each["AmountFC"], each["VATAmountFC"]) for each in body["SalesEntryLines"]]
    assert amounts == [(Decimal("-18.75"), Decimal("-3.93")), (Decimal("-0.84"), Decimal("-0.18"))]
    assert "Type" not in body


def test_vat_of_a_code_adds_up_to_the_source() -> None:
    body = write(SAMPLES["S1"])

    assert sum(each["VATAmountFC"] for each in body["SalesEntryLines"]) == Decimal("72.65")


@pytest.mark.parametrize("name", ["S6", "S8", "P1", "P2", "S4"])
def test_no_vat_amount_is_sent_where_exact_takes_none(name: str) -> None:
    body = write(SAMPLES[name])

    for each in body.get("SalesEntryLines") or body["PurchaseEntryLines"]:
        assert "VATAmountFC" not in each
        assert each["VATCode"]


def test_vat_of_zero_is_said_too_so_that_exact_works_out_none() -> None:
    entry = SAMPLES["S5"]
    tiny = replace(
        entry, lines=(replace(entry.lines[0], amount=Decimal("0.01"), vat_amount=Decimal("0.00")),)
    )

    assert write(tiny)["SalesEntryLines"][0]["VATAmountFC"] == Decimal("0.00")


def test_amount_contains_the_vat_of_an_including_code() -> None:
    body = write(OTHERS["including vat code"])

    assert body["SalesEntryLines"][0]["AmountFC"] == Decimal("60.50")
    assert body["SalesEntryLines"][0]["VATAmountFC"] == Decimal("10.50")


def test_line_without_vat_code_keeps_the_default_of_the_account_away() -> None:
    entry = SAMPLES["S5"]
    without = replace(entry, lines=(replace(entry.lines[0], vat_code=None, vat_amount=Decimal("0.00")),))

    assert write(without)["SalesEntryLines"][0]["VATCode"] == ""


@pytest.mark.parametrize(
    ("direction", "rate"),
    [(DIRECT, "0.92"), (RateDirection.CURRENCY_PER_BOOKS, "1.0869565217")],
)
def test_rate_goes_the_way_round_that_the_connection_says(direction: RateDirection, rate: str) -> None:
    body = write(OTHERS["foreign currency"], direction)

    assert (body["Currency"], body["Rate"]) == ("USD", Decimal(rate))


def test_own_currency_has_no_rate() -> None:
    body = write(SAMPLES["S1"])

    assert body["Currency"] == "EUR"
    assert "Rate" not in body


def test_g_account_amount_is_named_only_where_there_is_one() -> None:
    assert write(SAMPLES["S7"])["GAccountAmountFC"] == Decimal("968.00")
    assert "GAccountAmountFC" not in write(SAMPLES["S1"])


def test_every_line_of_a_memorial_ends_with_the_reference() -> None:
    entry = SAMPLES["J1"]

    for each in write(entry)["GeneralJournalEntryLines"]:
        assert each["Description"].endswith(f"[{entry.reference}]")
        assert each["Date"] == "2026-10-15"


def test_line_of_a_memorial_may_name_a_party() -> None:
    lines = [
        replace(line(1, "14305", "10.00", None, "Correctie"), party="10045"),
        line(2, "80590", "-10.00", None, "Correctie"),
    ]

    written = write(memorial("M1", lines))["GeneralJournalEntryLines"]

    assert written[0]["Account"] == make_chart().parties["10045"].id
    assert "Account" not in written[1]


def test_memorial_in_foreign_currency_says_its_rate() -> None:
    entry = replace(SAMPLES["J1"], currency="USD", rate=Decimal("0.92"))

    assert write(entry)["ExchangeRate"] == Decimal("0.92")


def test_missing_options_are_left_out_not_sent_empty() -> None:
    body = write(replace(SAMPLES["S6"], due_date=None))

    assert not {"DueDate", "PaymentCondition"} & set(body)
    assert not {"CostUnit"} & set(body["SalesEntryLines"][0])
