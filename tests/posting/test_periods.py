"""The books are read in one period more on either side, as the target's own table orders them."""

from datetime import date

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import Period
from finance_hooks.posting.periods import far_from, periods_of_days, with_neighbours


def _table(*periods: tuple[int, int, date]) -> tuple[ChartPeriod, ...]:
    return tuple(
        ChartPeriod(fiscal_year=year, number=number, first_date=first, last_date=first)
        for year, number, first in periods
    )


YEAR_END = _table(
    (2026, 11, date(2026, 11, 1)),
    (2026, 12, date(2026, 12, 1)),
    (2027, 1, date(2027, 1, 1)),
    (2027, 2, date(2027, 2, 1)),
)


def test_december_has_november_and_next_january_beside_it() -> None:
    found = with_neighbours({Period(fiscal_year=2026, number=12)}, YEAR_END)

    assert found == {
        Period(fiscal_year=2026, number=11),
        Period(fiscal_year=2026, number=12),
        Period(fiscal_year=2027, number=1),
    }


def test_period_that_the_table_lacks_is_read_all_the_same() -> None:
    strange = Period(fiscal_year=2031, number=1)

    assert with_neighbours({strange}, YEAR_END) == {strange}


def test_days_lie_in_the_periods_that_span_them() -> None:
    periods = [
        ChartPeriod(fiscal_year=2026, number=2, first_date=date(2026, 2, 1), last_date=date(2026, 2, 28)),
        ChartPeriod(fiscal_year=2026, number=3, first_date=date(2026, 3, 1), last_date=date(2026, 3, 31)),
    ]

    assert periods_of_days({date(2026, 3, 31), date(2027, 1, 1)}, periods) == {
        Period(fiscal_year=2026, number=3)
    }
    assert periods_of_days(set(), periods) == frozenset()


YEARS = tuple(
    ChartPeriod(
        fiscal_year=year, number=month, first_date=date(year, month, 1), last_date=date(year, month, 28)
    )
    for year in (2024, 2025, 2026, 2027, 2028)
    for month in range(1, 13)
)


def test_far_from_november_lie_the_other_months_of_a_year_before_and_after_it() -> None:
    november = Period(fiscal_year=2026, number=11)

    far = far_from({november}, YEARS)

    assert far[0] == Period(fiscal_year=2025, number=11)
    assert far[-1] == Period(fiscal_year=2027, number=11)
    assert len(far) == 24
    assert november not in far


def test_nothing_lies_far_from_periods_that_the_table_lacks() -> None:
    assert far_from({Period(fiscal_year=2031, number=1)}, YEARS) == []
