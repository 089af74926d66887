"""Entries at the edges of what AFAS takes: lines, numbers, texts, amounts, days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.afas.afas_entries import many_lines
from tests.contract.bench import post
from tests.targets.afas.samples import SAMPLES
from tests.targets.brief_entries import with_line

S1 = SAMPLES["S1"]


def test_entry_at_the_limit_of_lines_is_booked_whole_and_one_beyond_is_not_sent(afas: AfasBench) -> None:
    at_limit, beyond = many_lines(999), many_lines(1000)

    first = post(afas.hook(), at_limit)
    second = post(afas.hook(), beyond)

    assert isinstance(first, Booked), first
    (booked,) = afas.read_back(afas.hook(), at_limit)
    assert len(booked.lines) == 1000
    assert isinstance(second, Refused)
    assert [reason.code for reason in second.reasons] == [ReasonCode.TOO_MANY_LINES]
    assert afas.posting_calls() == 1


@pytest.mark.parametrize("number", ["F", "F2026-000042", "F2026-0000042", "F" * 20, "F" * 21, "F" * 32])
def test_number_of_any_length_is_booked_and_found_again(afas: AfasBench, number: str) -> None:
    entry = replace(S1, number=number)

    assert isinstance(post(afas.hook(), entry), Booked)

    (booked,) = afas.read_back(afas.hook(), entry)
    assert booked.number == number[:20]


def test_texts_at_their_limits_arrive_whole(afas: AfasBench) -> None:
    text = "ë" * 255
    entry = with_line(replace(S1, description=text), description=text)

    assert isinstance(post(afas.hook(), entry), Booked)

    (booked,) = afas.read_back(afas.hook(), entry)
    texts = {line.ledger_account: line.description for line in booked.lines}
    assert texts["8110"] == text
    assert texts["1300"].endswith("(10045 EUR 418.60)")
    assert len(texts["1300"]) == 255


@pytest.mark.parametrize("amount", ["0.01", "9999999999.99"])
def test_amounts_at_their_limits_are_booked_to_the_cent(afas: AfasBench, amount: str) -> None:
    value = Decimal(amount)
    entry = with_line(SAMPLES["S6"], amount=value)

    outcome = post(afas.hook(), replace(entry, gross=value, gross_in_books=value))

    assert isinstance(outcome, Booked), outcome
    (booked,) = afas.read_back(afas.hook(), entry)
    assert booked.gross == value


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31), date(2024, 2, 29)])
def test_days_at_the_edges_of_a_year_are_booked_and_read_back_as_they_are(afas: AfasBench, on: date) -> None:
    entry = replace(S1, entry_date=on, fiscal_year=on.year, period=on.month, due_date=on)

    outcome = post(afas.hook(), entry)

    assert isinstance(outcome, Booked), outcome
    (booked,) = afas.read_back(afas.hook(), entry)
    assert booked.entry_date == on
