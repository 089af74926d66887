"""Single values: exact numbers, codes, members, and days over nights on which the clock moves."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.sources.qubz.derive import derive_period
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.values import (
    DateMode,
    Reading,
    Unreadable,
    read_date,
    read_decimal,
    read_value,
)
from finance_hooks.transport.json_text import read_json

READING = Reading(members={"Status": {"Final": "final"}})
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-31T00:00:00.000Z", date(2026, 10, 31)),
        ("2026-10-31T23:00:00.000Z", date(2026, 11, 1)),
        ("2026-10-24T22:00:00.000Z", date(2026, 10, 25)),
        ("2026-03-29T22:00:00.000Z", date(2026, 3, 30)),
        ("2026-12-31T22:59:59.999Z", date(2026, 12, 31)),
        ("2026-12-31T23:00:00Z", date(2027, 1, 1)),
        ("2028-02-28T23:00:00Z", date(2028, 2, 29)),
        ("2026-10-31", date(2026, 10, 31)),
        ("2026-10-31T23:30:00", date(2026, 10, 31)),
        ("2026-10-31T00:00:00+01:00", date(2026, 10, 31)),
    ],
)
def test_day_is_the_day_people_saw(text: str, day: date) -> None:
    assert read_date(text, READING) == day


@pytest.mark.parametrize("mode", [DateMode.AUTO, DateMode.LOCAL])
@given(day=st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 30)))
def test_day_survives_midnight_utc_and_local_midnight_in_every_night(mode: DateMode, day: date) -> None:
    reading = Reading(members={}, date_mode=mode)
    local = datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)

    assert read_date(f"{day}T00:00:00.000Z", reading) == day
    assert read_date(local.strftime("%Y-%m-%dT%H:%M:%S.000Z"), reading) == day


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "31-10-2026",
        "2026-13-01",
        "2026-02-30",
        "20261031",
        "2026-W44-1",
        20261031,
        None,
        True,
        "0001-01-01T00:00:00Z",
    ],
)
def test_what_is_no_day_is_unreadable(raw: object) -> None:
    assert isinstance(read_date(raw, READING), Unreadable)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        (Decimal("1240.50"), "1240.50"),
        ("1240.50", "1240.50"),
        ("-0.84", "-0.84"),
        (8, "8.00"),
        (Decimal("1.5E+2"), "150.00"),
        ("12.500", "12.50"),
    ],
)
def test_amount_is_exact_from_number_or_text(raw: object, amount: str) -> None:
    assert str(read_value("amount", raw, READING)) == amount


@pytest.mark.parametrize(
    "raw",
    [
        "1240,50",
        "NaN",
        "Infinity",
        "-Infinity",
        "1.240.50",
        "€ 5",
        "٣",
        True,
        [],
        {},
        "0.001",
        Decimal("9E+13"),
        "1e99",
    ],
)
def test_what_is_no_amount_is_unreadable(raw: object) -> None:
    assert isinstance(read_value("amount", raw, READING), Unreadable)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("quantity", "0.185", "0.1855"),
        ("price", "0.123456", "0.1234567"),
        ("exchange_rate", "0.9212345678", "0.92123456789"),
        ("integer", "3", "3.5"),
    ],
)
def test_each_type_has_its_own_number_of_decimals(kind: str, good: str, bad: str) -> None:
    assert read_value(kind, good, READING) == Decimal(good)
    assert isinstance(read_value(kind, bad, READING), Unreadable)


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=2))
def test_amount_through_json_is_the_same_amount(amount: Decimal) -> None:
    parsed = read_json(write_json([amount, str(amount)]))

    assert isinstance(parsed, list)
    assert [read_decimal(raw, places=2) for raw in parsed] == [amount, amount]


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.decimals(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_bytes_of_a_row_are_the_same_each_time_it_is_read(content: object) -> None:
    body = write_json(content)

    assert write_json(read_json(body)) == body


@pytest.mark.parametrize("raw", ["a\x00b", "\ud800", True, 1.5, None, []])
def test_text_that_no_database_can_hold_is_unreadable(raw: object) -> None:
    assert isinstance(read_value("text", raw, READING), Unreadable)


def test_code_that_comes_as_a_number_keeps_being_text() -> None:
    assert read_value("text", 10045, READING) == "10045"
    assert read_value("text", "0800 ", READING) == "0800"


@pytest.mark.parametrize(("raw", "expected"), [(True, True), ("false", False)])
def test_boolean_is_read_from_value_or_word(raw: object, *, expected: bool) -> None:
    assert read_value("boolean", raw, READING) is expected


@pytest.mark.parametrize("raw", ["final", "", 1, None])
def test_only_listed_members_are_known(raw: object) -> None:
    assert isinstance(read_value("enum:Status", raw, READING), Unreadable)


@given(day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), start=st.integers(1, 12))
def test_period_counts_months_from_the_start_of_the_fiscal_year(day: date, start: int) -> None:
    year, period = derive_period(day, start)

    first = date(year, start, 1)
    months = (day.year - first.year) * 12 + day.month - first.month
    assert months == period - 1
    assert 1 <= period <= 12


def test_october_is_period_four_of_a_year_that_starts_in_july() -> None:
    assert derive_period(date(2026, 10, 31), 7) == (2026, 4)
    assert derive_period(date(2027, 6, 30), 7) == (2026, 12)
    assert derive_period(date(2026, 10, 31), 1) == (2026, 10)


def test_instant_without_zone_is_utc() -> None:
    instant = datetime(2026, 11, 1, 2, 10, 11, tzinfo=UTC)

    assert read_value("instant", "2026-11-01T02:10:11", READING) == instant
    assert read_value("instant", "2026-11-01T03:10:11.000+01:00", READING) == instant


def test_number_without_a_bound_keeps_every_decimal() -> None:
    assert str(read_value("decimal", "0.1234567890123", READING)) == "0.1234567890123"


@pytest.mark.parametrize(
    "raw", ["2026-13-01T00:00:00Z", "2026-10-31T25:00:00", "31-10-2026", None, "9999-01-01T00:00:00Z"]
)
def test_what_is_no_instant_is_unreadable(raw: object) -> None:
    assert isinstance(read_value("instant", raw, READING), Unreadable)
    assert isinstance(read_date(raw, READING), Unreadable)
