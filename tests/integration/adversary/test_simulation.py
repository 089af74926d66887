"""Nothing is booked twice or lost, whatever chance makes happen, and whatever it made happen before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from adversary.chance import make_script
from adversary.script import read_script
from adversary.simulate import SYNC_IDS, tell
from finance_hooks.store.engine import store_engine

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.json"))
"""What once broke the promise, each shrunk to what it needs."""


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    made = store_engine(store_url)
    yield made
    made.dispose()


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_nights_full_of_mishaps_book_nothing_twice_and_lose_nothing(sync_id: str, engine: sa.Engine) -> None:
    told = tell(make_script(11, sync_id, documents=12, nights=2), engine)

    assert (told.violations, told.strange) == ([], [])
    assert told.booked > 12
    assert told.mishaps.total() + told.kills > 0


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.stem for path in SCRIPTS])
def test_what_broke_the_promise_once_breaks_it_no_more(path: Path, engine: sa.Engine) -> None:
    told = tell(read_script(path), engine)

    assert (told.violations, told.strange) == ([], [])
    assert told.booked > 0


def test_same_script_ends_in_the_same_way(engine: sa.Engine) -> None:
    script = make_script(12, "exact_nl", documents=8, nights=2)

    first, second = tell(script, engine), tell(script, engine)

    assert (first.posts, first.booked, first.kills, first.freezes) == (
        second.posts,
        second.booked,
        second.kills,
        second.freezes,
    )
    assert first.mishaps == second.mishaps
