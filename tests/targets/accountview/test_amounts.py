from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.money import ZERO
from finance_hooks.targets.accountview.amounts import amounts_in_books
from tests.targets.accountview.brief_entries import memorial
from tests.targets.accountview.samples import OTHERS, SAMPLES


def total(parts: list[tuple[Decimal, Decimal]]) -> Decimal:
    return sum((net + vat for net, vat in parts), ZERO)


def test_amounts_in_the_currency_of_the_books_stay_what_they_are() -> None:
    entry = SAMPLES["S1"]

    assert amounts_in_books(entry) == [(line.amount, line.vat_amount) for line in entry.lines]


@pytest.mark.parametrize("rate", ["0.92", "0.9185", "1.3333333", "0.0001"])
def test_converted_lines_add_up_to_the_converted_total(rate: str) -> None:
    entry = OTHERS["foreign purchase"]
    whole = (entry.gross * Decimal(rate)).quantize(Decimal("0.01"))
    entry = replace(entry, rate=Decimal(rate), gross_in_books=whole)

    converted = amounts_in_books(entry)

    assert total(converted) == whole
    for (net, _), line in zip(converted, entry.lines, strict=True):
        assert abs(net - line.amount * Decimal(rate)) <= Decimal("0.01")


def test_lines_that_sum_to_nothing_are_converted_one_by_one() -> None:
    entry = OTHERS["foreign purchase in whole cents"]
    first, second = entry.lines
    entry = replace(
        entry, lines=(first, replace(second, amount=-first.amount)), gross=ZERO, gross_in_books=ZERO
    )

    assert amounts_in_books(entry) == [(Decimal("276.00"), ZERO), (Decimal("-276.00"), ZERO)]


def test_converted_memorial_still_balances() -> None:
    lines = [
        replace(SAMPLES["J1"].lines[0], number=number, amount=Decimal(amount))
        for number, amount in enumerate(("33.33", "33.33", "0.00", "-66.66"), start=1)
    ]
    entry = replace(
        memorial("M1", lines), currency="USD", rate=Decimal("0.917"), gross_in_books=Decimal("61.13")
    )

    converted = [net for net, _ in amounts_in_books(entry)]

    assert sum(converted) == 0
    assert sum(amount for amount in converted if amount > 0) == Decimal("61.13")
