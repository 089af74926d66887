"""Where the bars and ticks of a chart stand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.web.charts import Frame, Scale, TimeAxis, column_chart, gauge, tick_values

FRAME = Frame(width=200, left=20, right=180, top=10, bottom=110)
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
SUMMER_ENDS = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def decimals(*texts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        ("0", "100", decimals("0", "20", "40", "60", "80", "100")),
        ("-250", "900", decimals("-500", "0", "500", "1000")),
        ("3", "9.5", decimals("0", "2", "4", "6", "8", "10")),
        ("-0.02", "0", decimals("-0.02", "-0.015", "-0.01", "-0.005", "0")),
        ("0", "0", decimals("0", "1")),
        ("0", "99999.99", decimals("0", "20000", "40000", "60000", "80000", "100000")),
    ],
)
def test_axis_has_round_values_around_what_is_shown(
    lowest: str, highest: str, expected: tuple[Decimal, ...]
) -> None:
    assert tick_values(Decimal(lowest), Decimal(highest)) == expected


@given(lowest=AMOUNTS, highest=AMOUNTS)
def test_every_value_and_nothing_stand_on_the_axis_and_its_steps_are_few_and_equal(
    lowest: Decimal, highest: Decimal
) -> None:
    values = tick_values(lowest, highest)

    assert values[0] <= min(lowest, Decimal(0)) <= max(highest, Decimal(0)) <= values[-1]
    assert Decimal(0) in values
    assert 2 <= len(values) <= 8
    assert len({later - earlier for earlier, later in pairwise(values)}) == 1


def test_values_of_a_place_stand_side_by_side_from_nothing_up_or_down() -> None:
    chart = column_chart([decimals("100", "50"), decimals("-100", "0")], FRAME)

    (up, half), (down, none) = (place.bars for place in chart.columns)
    assert chart.zero == Decimal(60)
    assert up
    assert half
    assert down
    assert none
    assert (up.y, up.height, half.y, half.height) == decimals("10", "50", "35", "25")
    assert (down.y, down.height, none.height) == decimals("60", "50", "0")
    assert up.x + up.width == half.x
    assert [(tick.value, tick.at) for tick in chart.ticks] == [
        (Decimal(-100), Decimal(110)),
        (Decimal(-50), Decimal(85)),
        (Decimal(0), Decimal(60)),
        (Decimal(50), Decimal(35)),
        (Decimal(100), Decimal(10)),
    ]


def test_what_is_not_known_has_no_bar_and_does_not_move_the_others() -> None:
    chart = column_chart([(None, None), decimals("80", "80")], FRAME)

    assert chart.columns[0].bars == (None, None)
    assert tuple(place.middle for place in chart.columns) == decimals("60", "140")


def test_bars_of_many_places_keep_within_their_own() -> None:
    chart = column_chart([decimals("1", "2")] * 13, FRAME)

    for place in chart.columns:
        for bar in place.bars:
            assert bar
            assert place.left <= bar.x
            assert bar.x + bar.width <= place.left + place.width


def test_chart_of_nothing_has_an_axis_and_no_columns() -> None:
    chart = column_chart([], FRAME)

    assert (chart.columns, len(chart.ticks)) == ((), 2)
    assert column_chart([()], FRAME).columns[0].bars == ()


def test_all_the_same_stands_at_the_beginning() -> None:
    assert Scale(lowest=Decimal(5), highest=Decimal(5), begin=10, end=90).at(Decimal(5)) == Decimal(10)


@pytest.mark.parametrize(
    ("used", "limit", "filled"),
    [(0, 60, "0"), (15, 60, "25"), (60, 60, "100"), (75, 60, "100"), (-1, 60, "0"), (0, 0, "100")],
)
def test_gauge_fills_with_what_is_used_and_never_runs_over(used: int, limit: int, filled: str) -> None:
    assert gauge(used, limit, 100) == Decimal(filled)


def test_times_stand_between_the_edges_and_what_is_outside_at_them() -> None:
    axis = TimeAxis(begin=NIGHT, end=NIGHT + timedelta(hours=1), left=100, right=700)

    assert axis.at(NIGHT + timedelta(minutes=15)) == Decimal(250)
    assert axis.at(NIGHT - timedelta(days=1)) == Decimal(100)
    assert axis.at(NIGHT + timedelta(days=1)) == Decimal(700)
    span = axis.span(NIGHT + timedelta(minutes=30), NIGHT + timedelta(minutes=45))
    assert (span.x, span.width) == decimals("400", "150")


def test_what_took_no_time_can_still_be_seen() -> None:
    axis = TimeAxis(begin=NIGHT, end=NIGHT + timedelta(hours=1), left=100, right=700)

    assert axis.span(NIGHT, NIGHT).width == Decimal(2)


@pytest.mark.parametrize(
    ("lasts", "step"),
    [
        (timedelta(seconds=70), timedelta(seconds=10)),
        (timedelta(minutes=7), timedelta(minutes=1)),
        (timedelta(hours=1), timedelta(minutes=10)),
        (timedelta(hours=20), timedelta(hours=3)),
        (timedelta(days=4), timedelta(hours=12)),
        (timedelta(days=80), timedelta(days=10)),
    ],
)
def test_axis_of_time_has_few_round_times(lasts: timedelta, step: timedelta) -> None:
    axis = TimeAxis(begin=NIGHT, end=NIGHT + lasts, left=0, right=1000)

    times = [time for time, _ in axis.ticks(AMSTERDAM)]

    assert 1 <= len(times) <= 9
    assert {later - earlier for earlier, later in pairwise(times)} <= {step}
    assert all(axis.begin <= time <= axis.end for time in times)


def test_times_are_round_on_the_clock_of_the_zone() -> None:
    axis = TimeAxis(begin=NIGHT + timedelta(minutes=7), end=NIGHT + timedelta(hours=6), left=0, right=100)

    assert [f"{time:%H:%M}" for time, _ in axis.ticks(AMSTERDAM)] == [
        "05:00",
        "06:00",
        "07:00",
        "08:00",
        "09:00",
        "10:00",
    ]


def test_axis_of_no_time_at_all_has_no_more_than_one_tick() -> None:
    axis = TimeAxis(begin=NIGHT, end=NIGHT, left=0, right=100)

    assert len(axis.ticks(AMSTERDAM)) == 1


def test_night_on_which_the_clock_is_changed_has_its_times_in_order() -> None:
    axis = TimeAxis(begin=SUMMER_ENDS, end=SUMMER_ENDS + timedelta(hours=4), left=0, right=100)

    places = [at for _, at in axis.ticks(AMSTERDAM)]

    assert places == sorted(set(places))
