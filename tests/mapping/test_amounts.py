"""Amounts balance to the cent, in both currencies, or the document parks."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import DocumentType
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import a_document, a_line, vat_of
from tests.mapping.map_one import MapOne, a_memorial, entry_of, reasons_of


@pytest.mark.parametrize("name", ["total_gross", "total_vat", "total_net"])
def test_total_that_its_lines_do_not_make_parks(map_one: MapOne, name: str) -> None:
    totals: dict[str, Any] = {name: Decimal("99.99")}

    mapped = map_one(a_document(**totals))

    assert [(reason.code, reason.field, reason.value) for reason in mapped.reasons] == [
        (ReasonCode.TOTALS_DISAGREE, name, "99.99")
    ]


def test_fraction_of_a_cent_parks(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8000", "100.005")])

    mapped = map_one(replace(document, total_gross=Decimal("121.01")))

    assert [(reason.code, reason.field) for reason in mapped.reasons] == [
        (ReasonCode.FIELD_UNREADABLE, "amount")
    ]


def test_document_without_lines_parks(map_one: MapOne) -> None:
    document = replace(a_document(), lines=(), vat_amounts=())

    assert reasons_of(map_one, document) == [ReasonCode.FIELD_MISSING]


def test_line_of_nothing_stays(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "100.00"), a_line(2, "8010", "0.00", description="gratis")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "21.00")]))

    assert [(leg.amount, leg.vat_amount) for leg in entry.lines] == [
        (Decimal("100.00"), Decimal("21.00")),
        (ZERO, ZERO),
    ]


def test_credit_keeps_its_negative_amounts(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "-18.75"), a_line(2, "8030", "-0.84")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "-4.11")], DocumentType.SALES_CREDIT_NOTE))

    assert (entry.gross, entry.vat) == (Decimal("-23.70"), Decimal("-4.11"))
    assert [leg.vat_amount for leg in entry.lines] == [Decimal("-3.93"), Decimal("-0.18")]


def test_memorial_is_debit_minus_credit_and_its_gross_the_sum_of_debit(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_memorial(("1350", "1250.00"), ("8010", "20.00"), ("8090", "-1270.00")))

    assert [leg.amount for leg in entry.lines] == [Decimal("1250.00"), Decimal("20.00"), Decimal("-1270.00")]
    assert (entry.gross, entry.vat, entry.party) == (Decimal("1270.00"), ZERO, None)


def test_unbalanced_memorial_parks(map_one: MapOne) -> None:
    document = a_memorial(("1350", "1250.00"), ("8090", "-1249.99"))

    assert reasons_of(map_one, document) == [ReasonCode.MEMORIAL_UNBALANCED]


def test_foreign_currency_is_told_in_the_currency_of_the_books(map_one: MapOne) -> None:
    document = a_document(
        [a_line(1, "8000", "10.01")], [vat_of("VH21", "2.10")], currency="USD", exchange_rate=Decimal("0.925")
    )

    entry = entry_of(map_one, document)

    assert (entry.currency, entry.rate, entry.gross) == ("USD", Decimal("0.925"), Decimal("12.11"))
    assert entry.gross_in_books == Decimal("11.20")


@pytest.mark.parametrize("rate", [None, Decimal(0), Decimal(-1)])
def test_foreign_currency_without_a_rate_parks(map_one: MapOne, rate: Decimal | None) -> None:
    assert reasons_of(map_one, a_document(currency="USD", exchange_rate=rate)) == [
        ReasonCode.EXCHANGE_RATE_MISSING
    ]
