"""Nothing is booked twice or lost, whatever chance makes happen, and whatever it made happen before."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from adversary.chance import make_script
from adversary.script import Event, Script, read_script
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


HAND_MADE = (
    *(Event(kind=kind, night=2, nth=nth) for nth, kind in enumerate(("edit", "copy", "move", "delete"), 1)),
    Event(kind="copy", night=2, task="load", nth=1, values={"after_s": 1}),
    Event(kind="delete", night=2, task="reconcile", nth=2),
    Event(kind="block", night=2, task="load", nth=1, values={"after_s": 2}),
    Event(kind="relation", night=2, nth=3),
    Event(kind="close", night=1, nth=1),
    Event(kind="backfill", night=2, nth=1),
    Event(kind="backfill", night=2, task="load", nth=2, values={"days": 20}),
)
"""What people do, each of it once, in a night without any mishap."""


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_what_people_do_is_named_and_nothing_is_booked_twice_for_it(sync_id: str, engine: sa.Engine) -> None:
    script = Script(
        sync_id=sync_id,
        seed=5,
        nights=2,
        documents=6,
        bad_share=0.0,
        limits=1000.0,
        policies={"corrections": "person", "closed": "park"},
        switches={},
        events=HAND_MADE,
    )

    told = tell(script, engine)

    assert (told.violations, told.strange) == ([], [])
    done = Counter(event.kind for event in HAND_MADE)
    assert {kind: told.mishaps[kind] for kind in done} == done


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
