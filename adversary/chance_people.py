"""Make up what people do to books, codes, months and runs, and answers that lack some of their entries."""

from collections.abc import Iterator
from random import Random

from adversary.answers import SHORT
from adversary.blocks import PARTS
from adversary.calls import POST
from adversary.closing import FOR_GOOD
from adversary.hands import DEEDS
from adversary.relations import CHANGES
from adversary.script import Event, Value
from adversary.tasks import NEEDED

Values = dict[str, Value]
BATCHED = "twinfield_nl"
DURING = ("load", "reconcile")
"""Tasks while which people touch bookings: before these there is nothing new to touch."""


def deeds(random: Random, nights: int) -> Iterator[Event]:
    """Let people touch bookings, close months, block codes, change relations, and run backfills."""
    for night in range(1, nights + 1):
        for kind in DEEDS:
            yield from _by_hand(random, night, kind)
        yield from _closed(random, night)
        if random.random() < 0.3:
            values: Values = {"part": random.choice(PARTS)}
            task = random.choice(("", "load", "load"))
            if task:
                values |= {"after_s": random.randint(0, 20)}
            yield Event(kind="block", night=night, task=task, nth=random.randint(0, 999), values=values)
        if random.random() < 0.3:
            what: Values = {"what": random.choice(tuple(CHANGES))}
            yield Event(kind="relation", night=night, nth=random.randint(0, 999), values=what)
        if random.random() < 0.1:
            yield Event(kind="astray", night=night, task=random.choice(("", *NEEDED)))
        yield from _backfills(random, night)


def short_answers(random: Random, sync_id: str, nights: int, documents: int) -> Iterator[Event]:
    """Let an answer about many entries lack one of them, or all from one on."""
    for night in range(1, nights + 1):
        if sync_id == BATCHED and random.random() < 0.3:
            values: Values = {"call": POST, "effect": random.choice(SHORT), "entry": random.randint(0, 24)}
            nth = random.randint(1, max(documents // 10, 2))
            yield Event(kind="call", night=night, task="load", nth=nth, values=values)


def _by_hand(random: Random, night: int, kind: str) -> Iterator[Event]:
    if night == 1 or random.random() > 0.3:
        return
    values: Values = {"months": random.choice((-2, -1, -1, 1))} if kind == "move" else {}
    task = random.choice(("", "", *DURING))
    if task:
        values |= {"attempt": random.choice((1, 1, 2)), "after_s": random.randint(0, 60)}
    yield Event(kind=kind, night=night, task=task, nth=random.randint(0, 999), values=values)


def _closed(random: Random, night: int) -> Iterator[Event]:
    """Close this month or the last one, for the night or for good."""
    if random.random() < 0.25:
        lasting: Values = {"nights": random.choice((1, 1, FOR_GOOD))}
        task = random.choice(("", "", "transform", "load"))
        yield Event(kind="close", night=night, task=task, nth=random.choice((0, 1, 1)), values=lasting)


def _backfills(random: Random, night: int) -> Iterator[Event]:
    if random.random() < 0.2:
        values: Values = {"days": random.randint(1, 30)}
        if random.random() < 0.3:
            values |= {"dies_at": random.randint(1, 400)}
        task = random.choice(("", *NEEDED))
        yield Event(kind="backfill", night=night, task=task, nth=random.randint(1, 999), values=values)
