"""Twinfield's ledger of a period is read in pieces where one answer is too large or too late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from finance_hooks.targets.twinfield.ledger import LATE_MAX, read_pieces
from finance_hooks.targets.twinfield.readback import NUMBER
from tests.contract.bench import post_all
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE

OCTOBER = Period(fiscal_year=2026, number=10)
ENTRIES = numbered(12)
BYTES_OF_FIVE = 40_000
BYTES_OF_NONE = 500
PATIENCE_S, SLOW_S = 1, 1.3


@pytest.fixture
def spread(twinfield: TwinfieldBench) -> TwinfieldBench:
    """Book the entries in half a day, so that they were not modified at once."""
    for entry in ENTRIES:
        post_all(twinfield.hook(), [entry])
        twinfield.clock.sleep(3600)
    return twinfield


def reading(bench: TwinfieldBench, answer_bytes_max: int) -> TwinfieldHook:
    hook = bench.hook()
    hook.read_chart(OFFICE)
    hook.client = replace(hook.client, answer_bytes_max=answer_bytes_max)
    return hook


def impatient(bench: TwinfieldBench) -> TwinfieldHook:
    hook = bench.hook()
    hook.read_chart(OFFICE)
    hook.client = replace(hook.client, read_timeout_s=PATIENCE_S)
    return hook


def test_period_whose_answer_is_too_large_is_read_whole_in_pieces(spread: TwinfieldBench) -> None:
    before = len(calls(spread, "browse"))

    found = list(reading(spread, BYTES_OF_FIVE).read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))

    assert len(calls(spread, "browse")) - before > 3
    assert sorted(one.number or "" for one in found) == sorted(entry.number for entry in ENTRIES)
    assert found == list(spread.hook().read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))


def test_booking_modified_while_pieces_are_read_comes_again_in_a_later_one(spread: TwinfieldBench) -> None:
    hook = reading(spread, BYTES_OF_FIVE)
    pieces = read_pieces(hook.client, OFFICE, OCTOBER, spread.clock.now())
    first = next(rows for rows in pieces if rows)
    (touched,) = [
        one for one in spread.emulator.offices[OFFICE].bookings.values() if one.number == first[0][NUMBER]
    ]
    touched.modified_at = spread.clock.now() + timedelta(seconds=1)

    later = {row[NUMBER] for rows in pieces for row in rows}

    assert touched.number in later
    assert {row[NUMBER] for row in first} | later == {
        one.number for one in spread.emulator.offices[OFFICE].bookings.values()
    }


def test_booking_that_no_piece_shows_is_no_missing_booking(spread: TwinfieldBench) -> None:
    hidden = next(iter(spread.emulator.offices[OFFICE].bookings.values()))
    hidden.modified_at = datetime(1999, 12, 31, tzinfo=UTC)

    with pytest.raises(TemporaryFailure, match=r"the pieces of the ledger show \d+ of \d+ lines"):
        list(reading(spread, BYTES_OF_FIVE).read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))


def test_booking_too_large_by_itself_is_said_and_tried_again_later(spread: TwinfieldBench) -> None:
    hook = reading(spread, BYTES_OF_NONE)

    with pytest.raises(TemporaryFailure, match="the answer is larger than 500 bytes"):
        list(hook.read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))


def test_period_whose_answer_came_too_late_is_read_whole_in_pieces(spread: TwinfieldBench) -> None:
    hook, before = impatient(spread), len(calls(spread, "browse"))
    spread.control("faults", {"effect": "slow", "delay_s": SLOW_S, "operation": "browse", "times": 1})

    found = list(hook.read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))

    assert len(calls(spread, "browse")) - before > 2
    assert sorted(one.number or "" for one in found) == sorted(entry.number for entry in ENTRIES)


def test_twinfield_that_answers_nothing_in_time_is_not_asked_for_less_and_less(
    spread: TwinfieldBench,
) -> None:
    hook, before = impatient(spread), len(calls(spread, "browse"))
    spread.control("faults", {"effect": "slow", "delay_s": SLOW_S, "operation": "browse"})

    with pytest.raises(TemporaryFailure, match="ReadTimeout"):
        list(hook.read_entries(OFFICE, {ENTRIES[0].journal}, [OCTOBER]))

    assert len(calls(spread, "browse")) - before <= 1 + LATE_MAX
