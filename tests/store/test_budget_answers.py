"""What an answer says of a limit is written with the next call that counts, or at once where it matters."""

import pytest
import sqlalchemy as sa

from finance_hooks.store.budgets import BudgetStore, Reading
from finance_hooks.transport.budget import Budget
from tests.store.conftest import StoreTime
from tests.store.counting import counted
from tests.store.test_budgets import CALLS, ERRORS, take
from tests.transport.stepped_clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


def test_first_answer_reaches_every_worker_at_once_later_ones_with_the_next_call(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget, others = Budget(BudgetStore(engine=engine, now=time), clock), BudgetStore(engine=engine, now=time)

    budget.learn(CALLS, Reading(length_s=86400, remaining=8, resets_in_s=50_000))
    at_first = others.look(CALLS)[0].remaining
    budget.learn(CALLS, Reading(length_s=86400, remaining=5, resets_in_s=50_000))
    before = others.look(CALLS)[0].remaining
    budget.take(CALLS)

    assert (at_first, before, others.look(CALLS)[0].remaining) == (8, 8, 4)


def test_limit_that_is_reached_is_told_to_every_worker_at_once(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget = Budget(BudgetStore(engine=engine, now=time), clock)

    budget.learn(CALLS, Reading(length_s=60, remaining=2, resets_in_s=30))
    budget.learn(CALLS, Reading(length_s=60, remaining=0, resets_in_s=30))

    assert take(engine, time) == 30


def test_answer_that_waits_for_the_next_call_is_as_old_as_it_is_then(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget, others = Budget(BudgetStore(engine=engine, now=time), clock), BudgetStore(engine=engine, now=time)
    budget.learn(CALLS, Reading(length_s=60, remaining=3, resets_in_s=60))
    budget.learn(CALLS, Reading(length_s=60, remaining=1, resets_in_s=40))
    time.advance(30)
    clock.sleep(30)

    budget.take(CALLS)

    assert others.look(CALLS)[1].left_s == 10
    assert others.look(CALLS)[1].remaining == 0


def test_answer_about_a_window_that_is_over_when_the_next_call_leaves_teaches_nothing(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget, others = Budget(BudgetStore(engine=engine, now=time), clock), BudgetStore(engine=engine, now=time)
    budget.learn(CALLS, Reading(length_s=60, remaining=3, resets_in_s=60))
    budget.learn(CALLS, Reading(length_s=60, remaining=1, resets_in_s=40))
    time.advance(61)
    clock.sleep(61)

    budget.take(CALLS)

    assert others.look(CALLS)[1].remaining == 2


def test_what_is_left_counts_an_answer_that_waits(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    budget = Budget(BudgetStore(engine=engine, now=time), clock)
    budget.learn(CALLS, Reading(length_s=86400, remaining=8, resets_in_s=50_000))
    budget.learn(CALLS, Reading(length_s=86400, remaining=5, resets_in_s=50_000))

    assert budget.room(CALLS)[0].remaining == 5


def test_call_that_may_be_stopped_by_errors_takes_three_statements_in_one_transaction(
    engine: sa.Engine,
) -> None:
    store = BudgetStore(engine=engine)
    store.take(CALLS, errors=ERRORS)

    with counted(engine) as statements:
        store.take(CALLS, errors=ERRORS, learned=[Reading(length_s=60, remaining=1, resets_in_s=40)])

    assert len(statements.statements) == 3
