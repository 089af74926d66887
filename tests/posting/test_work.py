"""A run's business date is that of the books; its stamps are by the clock that all workers share."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from finance_hooks.posting.work import Work
from finance_hooks.store.events import Stamp
from tests.integration.posting.night import ADMINISTRATION
from tests.transport.stepped_clock import SteppedClock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 10, 31, 22, 59, tzinfo=UTC), date(2026, 10, 31)),
        (datetime(2026, 10, 31, 23, 0, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 8, 1)),
    ],
    ids=["last minute", "midnight in winter", "midnight in summer"],
)
def test_day_turns_at_midnight_in_amsterdam(instant: datetime, day: date) -> None:
    engine = sa.create_engine("postgresql+psycopg2://nowhere")

    work = Work(administration=ADMINISTRATION, engine=engine, run_id="run", clock=SteppedClock(at=instant))

    assert work.business_date() == day


def test_change_is_stamped_with_the_run_and_the_store_s_own_time() -> None:
    by_this_machine, by_the_store = (
        datetime(2026, 10, 31, 2, tzinfo=UTC),
        datetime(2026, 10, 31, 3, tzinfo=UTC),
    )
    engine = sa.create_engine("sqlite://")
    asked: list[sa.Connection] = []

    def now(connection: sa.Connection) -> datetime:
        asked.append(connection)
        return by_the_store

    work = Work(
        administration=ADMINISTRATION,
        engine=engine,
        run_id="night-1",
        clock=SteppedClock(at=by_this_machine),
        now=now,
    )
    with engine.connect() as connection:
        assert work.stamp(connection) == Stamp(run_id="night-1", at=by_the_store)

    assert asked == [connection]


def test_administrations_of_one_set_of_books_share_its_name() -> None:
    other = replace(ADMINISTRATION, sync_id="another", organisation="200")

    assert other.books == ADMINISTRATION.books == "books:1"
