"""Weeks of nights and backfills, with faults and all kinds of late documents, double and lose nothing."""

from datetime import date

import pytest

from tests.integration.chain.nights import Nights
from tests.integration.chain.year import Year


@pytest.mark.parametrize("seed", [1, 2])
def test_three_weeks_over_the_turn_of_the_year_double_and_lose_nothing(nights: Nights, seed: int) -> None:
    year = Year(nights, seed=seed, documents_a_day=2)

    tally = year.live(date(2026, 12, 18), 21)

    assert (tally.doubles, tally.losses, tally.strays, tally.differing) == (0, 0, 0, 0)
    assert tally.red == []
    assert tally.documents > 20
    assert tally.backfills > 0
    assert tally.taken_back > 0
