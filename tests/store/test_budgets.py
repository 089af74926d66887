"""No call that the vendor would refuse, whoever makes it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from finance_hooks.store.budgets import BudgetStore, Counter, Reading, Window
from finance_hooks.transport.budget import Budget
from tests.store.conftest import StoreTime
from tests.store.counting import counted
from tests.transport.stepped_clock import SteppedClock

MINUTE = Window(length_s=60, limit=3)
DAY = Window(length_s=86400, limit=10, reserve=4)
CALLS = Counter(name="calls of app in 124132", windows=(DAY, MINUTE))
ERRORS = Counter(name="errors of app on SalesEntries", windows=(Window(length_s=3600, limit=8),))


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


def take(engine: sa.Engine, time: StoreTime, n: int = 1, *, may_use_reserve: bool = True) -> float:
    wait = BudgetStore(engine=engine, now=time).take(CALLS, n, may_use_reserve=may_use_reserve)
    return 0 if wait is None else wait.for_room_s


def learn(engine: sa.Engine, time: StoreTime, **read: int) -> None:
    BudgetStore(engine=engine, now=time).learn(CALLS, Reading(**read))


def test_calls_fit_until_the_window_is_full(engine: sa.Engine, time: StoreTime) -> None:
    time.advance(20)

    waits = [take(engine, time) for _ in range(4)]

    assert waits == [0, 0, 0, 40]


def test_next_window_has_room_again(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time, 3)
    time.advance(60)

    assert take(engine, time, 3) == 0


def test_longest_wait_of_all_windows_counts(engine: sa.Engine, time: StoreTime) -> None:
    for _ in range(3):
        take(engine, time, 3)
        time.advance(60)

    assert take(engine, time, 2) == pytest.approx(22 * 3600 - 180)
    assert take(engine, time, 1) == 0


def test_refused_calls_are_not_counted(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time, 2)

    assert [take(engine, time, 2), take(engine, time, 1)] == [60, 0]


def test_backfill_leaves_the_reserve_alone(engine: sa.Engine, time: StoreTime) -> None:
    for _ in range(2):
        take(engine, time, 3)
        time.advance(60)

    assert take(engine, time, may_use_reserve=False) > 3600
    assert take(engine, time) == 0


def test_vendor_that_counted_more_is_believed(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time)
    learn(engine, time, length_s=60, remaining=0, resets_in_s=50)

    assert take(engine, time) == 50


def test_our_own_count_stays_where_it_is_more(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time, 3)
    learn(engine, time, length_s=60, remaining=2, resets_in_s=60)

    assert take(engine, time) == 60


def test_limit_that_the_vendor_states_replaces_ours(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time, 3)
    learn(engine, time, length_s=60, remaining=97, resets_in_s=60, limit=100)

    assert take(engine, time) == 0


def test_learned_window_end_is_carried_on(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time)
    learn(engine, time, length_s=60, remaining=0, resets_in_s=45)
    time.advance(46)
    take(engine, time, 3)

    assert take(engine, time) == 59


def test_answer_about_a_window_that_is_over_teaches_nothing(engine: sa.Engine, time: StoreTime) -> None:
    time.advance(1)
    learn(engine, time, length_s=60, remaining=0, resets_in_s=1)

    assert take(engine, time) == 0


def test_answer_about_the_next_window_starts_it(engine: sa.Engine, time: StoreTime) -> None:
    time.advance(59)
    take(engine, time, 3)
    learn(engine, time, length_s=60, remaining=2, resets_in_s=60)

    assert take(engine, time, 2) == 0


def test_workers_together_never_take_more_than_the_limit(engine: sa.Engine, time: StoreTime) -> None:
    with ThreadPoolExecutor(6) as pool:
        waits = list(pool.map(lambda _: take(engine, time), range(12)))

    assert waits.count(0) == 3


def test_task_waits_for_the_next_window_as_often_as_it_takes(engine: sa.Engine, time: StoreTime) -> None:
    class SharedTime(SteppedClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            time.advance(seconds)

    clock = SharedTime()
    budget = Budget(BudgetStore(engine=engine, now=time), clock, patience_s=60)

    held_back = [budget.take(CALLS) for _ in range(8)]

    assert held_back == [None] * 8
    assert clock.slept_s == [60, 60]


def test_wait_beyond_the_patience_of_a_task_is_not_begun(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    take(engine, time, 3)

    held_back = Budget(BudgetStore(engine=engine, now=time), clock, patience_s=59).take(CALLS)

    assert held_back is not None
    assert (held_back.retry_after_s, clock.slept_s) == (60, [])
    assert "124132" in held_back.why


def test_calls_stop_at_the_eighth_error_within_the_hour(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget = Budget(BudgetStore(engine=engine, now=time), clock)
    for _ in range(7):
        budget.add(ERRORS)
    before = budget.take(CALLS, errors=ERRORS)
    budget.add(ERRORS)
    after = budget.take(CALLS, errors=ERRORS)
    counted_then = [room.limit - room.remaining for room in budget.room(CALLS)]
    time.advance(3600)

    assert before is None
    assert after is not None
    assert (after.retry_after_s, clock.slept_s) == (3600, [])
    assert counted_then == [1, 1]
    assert budget.take(CALLS, errors=ERRORS) is None


def test_too_many_errors_are_told_before_anybody_waits_for_room(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget = Budget(BudgetStore(engine=engine, now=time), clock)
    budget.add(ERRORS, 8)
    take(engine, time, 3)

    held_back = budget.take(CALLS, errors=ERRORS)

    assert held_back is not None
    assert "errors of app on SalesEntries" in held_back.why
    assert clock.slept_s == []


def test_backfill_task_is_held_back_at_the_reserve(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    for _ in range(2):
        take(engine, time, 3)
        time.advance(60)
    budget = Budget(BudgetStore(engine=engine, now=time), clock, is_backfill=True)

    assert budget.take(CALLS) is not None


def test_learned_reading_reaches_every_worker(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    Budget(BudgetStore(engine=engine, now=time), clock).learn(
        CALLS, Reading(length_s=60, remaining=0, resets_in_s=30)
    )

    held_back = Budget(BudgetStore(engine=engine, now=time), clock, patience_s=0).take(CALLS)

    assert held_back is not None
    assert held_back.retry_after_s == 30


def test_looking_at_what_is_left_counts_locks_and_writes_nothing(engine: sa.Engine, time: StoreTime) -> None:
    budgets = BudgetStore(engine=engine, now=time)
    unused = budgets.look(CALLS)
    with engine.begin() as connection:
        written = connection.execute(sa.text("SELECT count(*) FROM budget")).scalar_one()
    take(engine, time, 2)

    assert written == 0
    assert [(room.length_s, room.remaining, room.limit, room.reserve) for room in unused] == [
        (86400, 10, 10, 4),
        (60, 3, 3, 0),
    ]
    assert [0 < room.left_s <= room.length_s for room in unused] == [True, True]
    assert budgets.look(CALLS) == budgets.room(CALLS)
    assert [room.remaining for room in budgets.look(CALLS)] == [8, 1]


def test_many_counters_are_looked_at_in_as_many_statements_as_one(engine: sa.Engine, time: StoreTime) -> None:
    take(engine, time, 2)
    store = BudgetStore(engine=engine, now=time)

    with counted(engine) as one:
        store.look(CALLS)
    with counted(engine) as many:
        rooms = store.look_at([CALLS, ERRORS])

    assert len(one.statements) == len(many.statements) == 1
    assert [room.remaining for room in rooms[CALLS.name]] == [8, 1]
    assert [room.remaining for room in rooms[ERRORS.name]] == [8]
    assert store.look_at([]) == {}
