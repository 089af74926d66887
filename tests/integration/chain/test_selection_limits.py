"""Limits make documents wait, never lose them; a backfill leaves the nightly run its calls."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from finance_hooks.model.entry import Period
from finance_hooks.store.budgets import budget
from finance_hooks.store.looked_places import looked_place, note_looked, read_looked
from finance_hooks.targets.exactonline.settings import CALLS_PER_DAY, NIGHTLY_RESERVE
from tests.integration.chain.nights import Nights

FIRST, SECOND, THIRD = date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5)
DAY_S = 86400
COUNT = 6


def leave_calls(nights: Nights, count: int) -> None:
    """Let all but so many of today's calls be used up, by our own count and by Exact's.

    Every month has been looked through, as a first night does.
    """
    chart = nights.chain.exact.hook().read_chart(nights.chain.exact.administration)
    months = [Period(fiscal_year=year, number=month) for year in range(2024, 2029) for month in range(1, 13)]
    with nights.chain.engine.begin() as connection:
        for month in months:
            books = nights.chain.administration.books
            note_looked(connection, books, chart.journals, month, [], at=nights.chain.now())
        connection.execute(
            sa.update(budget).where(budget.c.window_s == DAY_S).values(used=CALLS_PER_DAY - count)
        )
    for window in nights.chain.exact.emulator.limits.days.values():
        window.calls = CALLS_PER_DAY - count


def waiting_until(nights: Nights) -> set[datetime]:
    chosen = sa.text("SELECT not_before FROM posting WHERE state = 'pending'")
    with nights.chain.engine.begin() as connection:
        return {row.not_before for row in connection.execute(chosen)}


def test_administration_without_documents_makes_no_call_to_the_target(nights: Nights) -> None:
    before = nights.target_calls()

    report = nights.night(FIRST)

    assert (report.documents, report.red) == (0, ())
    assert nights.target_calls() == before


def test_night_without_anything_new_only_proves_what_is_booked(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))
    nights.night(FIRST)
    before = nights.target_calls()

    nights.chain.prepare("empty")
    loaded = nights.chain.load("empty")

    assert loaded == {}
    assert nights.target_calls() == before


def test_backfill_of_a_day_without_documents_makes_no_call_to_the_target(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))
    nights.night(FIRST)
    before = nights.target_calls()

    report = nights.backfill(date(2026, 3, 1))

    assert report.red == ()
    assert nights.target_calls() == before


def test_backfill_does_not_look_for_what_cannot_be_placed_as_it_has_no_date(nights: Nights) -> None:
    nights.issue(date(2026, 11, 2))
    undated = nights.issue(date(2026, 11, 2))
    nights.change(undated, InvoiceDate="niet bekend")
    nights.night(FIRST)
    before = nights.target_calls()

    nights.backfill(date(2026, 3, 1))

    assert sorted(nights.states().values()) == ["booked", "parked"]
    assert nights.target_calls() == before


def test_daily_limit_lets_the_rest_wait_and_the_next_night_takes_it(nights: Nights) -> None:
    numbers = [nights.issue(date(2026, 11, 2)) for _ in range(COUNT)]
    nights.at(datetime.fromisoformat("2026-11-03T03:00:00Z"))
    nights.chain.prepare("scheduled__first", nights.nightly())
    leave_calls(nights, 3)

    loaded = nights.chain.load("scheduled__first")

    booked_first = list(nights.states().values()).count("booked")
    assert 0 < booked_first < COUNT
    assert loaded["later"] == 1
    midnight = datetime.fromisoformat("2026-11-04T00:00:00Z")
    assert all(midnight <= until < midnight + timedelta(minutes=1) for until in waiting_until(nights))
    calls = nights.target_calls()
    assert nights.chain.load("the same day") == {}
    assert nights.target_calls() == calls

    report = nights.night(SECOND)

    assert report.booked == COUNT - booked_first
    assert nights.states() == dict.fromkeys(numbers, "booked")
    assert set(nights.chain.times_booked().values()) == {1}


def test_limit_of_a_minute_is_waited_out_in_the_task(nights: Nights) -> None:
    for _ in range(70):
        nights.issue(date(2026, 11, 2))

    report = nights.night(FIRST)

    assert (report.booked, report.waiting) == (70, 0)
    assert 0 < nights.chain.clock.slept_s < 900
    assert all(call["status"] != 429 for call in nights.chain.exact.control("calls")["calls"])


def test_backfill_leaves_the_reserve_to_the_nightly_run(nights: Nights) -> None:
    for _ in range(COUNT):
        nights.issue(date(2026, 3, 2))
    tonight = nights.issue(date(2026, 11, 2))
    nights.at(datetime.fromisoformat("2026-11-03T02:00:00Z"))
    leave_calls(nights, NIGHTLY_RESERVE + 3)

    nights.chain.is_backfill = True
    nights.chain.prepare("backfill", nights.dated(date(2026, 3, 2)))
    loaded = nights.chain.load("backfill")
    nights.chain.is_backfill = False
    held_back = list(nights.states().values()).count("pending")
    report = nights.night(FIRST)

    assert loaded["later"] == 1
    assert held_back > 0
    assert nights.states()[tonight] == "booked"
    assert report.red == ()


def test_limit_of_a_backfill_holds_no_document_of_the_night_back(nights: Nights) -> None:
    old = [nights.issue(date(2026, 3, 2)) for _ in range(COUNT)]
    tonight = nights.issue(date(2026, 11, 2))
    nights.at(datetime.fromisoformat("2026-11-03T03:00:00Z"))
    nights.chain.prepare("scheduled__first", nights.nightly())
    leave_calls(nights, NIGHTLY_RESERVE + 3)
    nights.chain.is_backfill = True
    nights.chain.load("backfill")
    nights.chain.is_backfill = False
    left = [number for number, state in nights.states().items() if state == "pending"]

    nights.chain.load("scheduled__first")

    assert left
    assert nights.states() == dict.fromkeys([*old, tonight], "booked")


def test_backfill_without_calls_above_the_reserve_leaves_its_documents_to_a_later_run(
    nights: Nights,
) -> None:
    number = nights.issue(date(2026, 3, 2))
    nights.at(datetime.fromisoformat("2026-11-03T02:00:00Z"))
    leave_calls(nights, NIGHTLY_RESERVE)
    before = nights.target_calls()

    report = nights.backfill(date(2026, 3, 2))

    assert (report.waiting, report.booked, report.red) == (1, 0, ())
    assert nights.target_calls() == before
    assert nights.night(FIRST).booked == 1
    assert nights.states() == {number: "booked"}


def test_night_sends_its_own_documents_before_what_a_backfill_left(nights: Nights) -> None:
    for _ in range(COUNT):
        nights.issue(date(2026, 3, 2))
    nights.chain.prepare("backfill", nights.dated(date(2026, 3, 2)))
    tonight = nights.issue(date(2026, 11, 2))
    nights.at(datetime.fromisoformat("2026-11-03T03:00:00Z"))
    nights.chain.prepare("scheduled__first", nights.nightly())
    leave_calls(nights, 3)

    nights.chain.load("scheduled__first")

    assert nights.states()[tonight] == "booked"
    assert list(nights.states().values()).count("pending") >= COUNT - 2


def test_night_without_any_call_left_waits_and_is_not_failed_by_its_load(nights: Nights) -> None:
    number = nights.issue(date(2026, 11, 2))
    nights.at(datetime.fromisoformat("2026-11-03T03:00:00Z"))
    nights.chain.prepare("scheduled__first", nights.nightly())
    leave_calls(nights, 0)

    loaded = nights.chain.load("scheduled__first")

    assert loaded == {"later": 1}
    assert waiting_until(nights)
    assert nights.night(SECOND).booked == 1
    assert nights.states() == {number: "booked"}


def test_look_around_that_a_limit_cuts_short_goes_on_the_next_day(nights: Nights) -> None:
    number = nights.issue(date(2026, 11, 2))
    nights.at(datetime.fromisoformat("2026-11-03T03:00:00Z"))
    nights.chain.prepare("scheduled__first", nights.nightly())
    leave_calls(nights, 10)
    with nights.chain.engine.begin() as connection:
        connection.execute(sa.delete(looked_place))

    assert nights.chain.load("scheduled__first") == {"later": 1}
    with nights.chain.engine.begin() as connection:
        looked = len(read_looked(connection, nights.chain.administration.books))
    calls = nights.target_calls()
    assert nights.night(SECOND).booked == 1

    assert 0 < looked < 25
    assert nights.states() == {number: "booked"}
    assert nights.target_calls() - calls < 40
