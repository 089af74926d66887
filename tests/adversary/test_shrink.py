"""A script that fails is made shorter until everything in it is needed."""

from adversary.script import Event, Script
from adversary.shrink import shrink

SCRIPT = Script(
    sync_id="exact_nl",
    seed=1,
    nights=5,
    documents=60,
    bad_share=0.0,
    limits=1.0,
    policies={},
    switches={},
    events=tuple(Event(kind="kill", night=1 + nth % 4, task="load", nth=nth) for nth in range(1, 40)),
)


def test_only_the_events_that_the_failure_needs_remain() -> None:
    def fails(script: Script) -> bool:
        return {7, 23} <= {event.nth for event in script.events} and script.documents >= 10

    short = shrink(SCRIPT, fails)

    assert [event.nth for event in short.events] == [7, 23]
    assert (short.nights, short.documents) == (4, 15)


def test_failure_that_needs_no_event_keeps_none() -> None:
    short = shrink(SCRIPT, lambda _script: True)

    assert (short.events, short.nights, short.documents) == ((), 1, 1)
