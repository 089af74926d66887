import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.payload import RateDirection, make_payload
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES
from tests.targets.brief_entries import with_line

ALL = {**SAMPLES, **OTHERS}
S1 = SAMPLES["S1"]


def head_of(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = content(entry)["Fields"]
    return fields


def lines_of(
    entry: Entry, direction: RateDirection = RateDirection.CURRENCY_PER_BOOKS
) -> list[dict[str, Any]]:
    (below,) = content(entry, direction)["Objects"]
    return [line["Fields"] for line in below["FiEntries"]["Element"]]


def content(entry: Entry, direction: RateDirection = RateDirection.CURRENCY_PER_BOOKS) -> dict[str, Any]:
    body = json.loads(make_payload(entry, sample_chart(), direction), parse_float=Decimal)
    found: dict[str, Any] = body["FiEntryPar"]["Element"]
    return found


def test_head_names_year_period_journal_and_always_the_administration() -> None:
    assert head_of(S1) == {"Year": 2026, "Peri": 10, "UnId": 1, "JoCo": "20"}


def test_every_line_bears_the_reference_the_number_and_the_dates() -> None:
    for fields in lines_of(S1):
        assert fields["BpNr"] == f"{S1.reference} F2026-0042"
        assert fields["InId"] == "F2026-0042"
        assert (fields["EnDa"], fields["BpDa"]) == ("2026-10-15", "2026-10-15")


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
def test_amounts_are_never_negative_and_each_line_has_one_side(entry: Entry) -> None:
    for fields in lines_of(entry):
        sides = [fields["AmDe"], fields["AmCr"]]
        assert min(sides) == 0
        assert max(sides) > 0


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
def test_no_field_is_longer_than_afas_takes(entry: Entry) -> None:
    lengths = {"AcNr": 16, "BpNr": 32, "InId": 12, "Ds": 255, "VaId": 3, "CuId": 3, "PaCd": 5, "Fref": 32}
    for fields in lines_of(replace(entry, description="x" * 300)):
        assert [name for name, length in lengths.items() if len(str(fields.get(name, ""))) > length] == []


def test_party_s_line_carries_due_date_term_and_whole_number() -> None:
    first, *others = lines_of(S1)

    assert (first["DaEx"], first["PaCd"], first["Fref"]) == ("2026-11-14", "30", "F2026-0042")
    assert all("DaEx" not in fields and "PaCd" not in fields for fields in others)


def test_what_a_document_does_not_have_is_not_sent() -> None:
    first = lines_of(replace(SAMPLES["S6"], due_date=None))[0]

    assert not {"DaEx", "PaCd", "AmGa", "CuId", "Rate", "AmDc", "AmCc"} & set(first)
    assert all("InId" not in fields for fields in lines_of(SAMPLES["J1"]))


@pytest.mark.parametrize("name", ["S7", "credit note with g account"])
def test_blocked_part_is_positive_on_either_side(name: str) -> None:
    assert lines_of(ALL[name])[0]["AmGa"] == Decimal("968.00")


def test_dimension_line_repeats_the_amount_of_its_line() -> None:
    (below,) = content(S1)["Objects"]
    line = below["FiEntries"]["Element"][1]

    (dimensions,) = line["Objects"]
    assert dimensions == {
        "FiDimEntries": {"Element": [{"Fields": {"DiC1": "INZ", "AmDe": 0, "AmCr": Decimal("150.00")}}]}
    }


@pytest.mark.parametrize(
    ("direction", "rate"),
    [
        (RateDirection.CURRENCY_PER_BOOKS, Decimal("1.0826025766")),
        (RateDirection.BOOKS_PER_CURRENCY, Decimal("0.9237")),
    ],
)
def test_foreign_currency_stands_on_the_party_s_line_only(direction: RateDirection, rate: Decimal) -> None:
    first, *others = lines_of(OTHERS["foreign currency"], direction)

    assert (first["CuId"], first["Rate"]) == ("USD", rate)
    assert (first["AmDc"], first["AmCc"]) == (Decimal("966.67"), 0)
    assert (first["AmDe"], first["AmCr"]) == (Decimal("892.91"), 0)
    assert all("CuId" not in fields for fields in others)


def test_foreign_credit_note_stands_on_the_other_side_in_both_currencies() -> None:
    first = lines_of(OTHERS["credit note in foreign currency"])[0]

    assert (first["AmDc"], first["AmCc"]) == (0, Decimal("1000.00"))
    assert (first["AmDe"], first["AmCr"]) == (0, Decimal("920.00"))


def test_purchase_in_foreign_currency_is_owed() -> None:
    entry = replace(SAMPLES["P2"], currency="USD", rate=Decimal(2), gross_in_books=Decimal("28.90"))

    first = lines_of(entry)[0]

    assert (first["AmDc"], first["AmCc"]) == (0, Decimal("14.45"))


def test_large_amounts_keep_their_digits() -> None:
    value = Decimal("9999999999.99")
    entry = replace(with_line(SAMPLES["S6"], amount=value), gross=value, gross_in_books=value)

    assert '"AmDe":9999999999.99' in make_payload(entry, sample_chart(), RateDirection.CURRENCY_PER_BOOKS)


def test_text_of_more_lines_becomes_one() -> None:
    entry = with_line(S1, description="Lediging\n  240 l ")

    assert lines_of(entry)[1]["Ds"] == "Lediging 240 l"
