"""Make up scripts by chance: the same seed, the same script."""

from collections.abc import Callable, Iterator
from math import ceil
from random import Random

from adversary.bodies import error_bodies
from adversary.calls import POST, READ, SOURCE, TOKEN
from adversary.chance_people import deeds, short_answers
from adversary.packages import BATCH_SIZE, SETTLE_S
from adversary.script import Event, Script, Value
from adversary.tasks import TASKS

POSTS_PER_TROUBLE = (1, 2, 4, 8)
"""Of how many posts one goes wrong: in some scripts nearly every one does."""
LONG_S = (900, 4000)
Values = dict[str, Value]
LATE_VIEWS: dict[str, Values] = {
    "exact_nl": {"sync_lag_s": 45},
    "exact_be": {"sync_lag_s": 45},
    "accountview_nl": {"posted_after_s": 120},
    "twinfield_nl": {"batch_order": "refused_first"},
}
"""Books that show a booking a while after it was made; answers that come in an order of their own."""


def make_script(seed: int, sync_id: str, *, documents: int = 60, nights: int = 3) -> Script:
    """Make up what happens to one administration."""
    random = Random(f"{seed} {sync_id}")  # noqa: S311 - repeatable chance
    # What came later is drawn apart: scripts of known seeds keep what they had.
    others = Random(f"{seed} {sync_id} people")  # noqa: S311 - repeatable chance
    is_beyond = random.random() < 0.05
    events = [
        *_calls(random, sync_id, nights, documents, is_beyond=is_beyond),
        *_workers(random, nights),
        *_store(random, nights),
        *_people(random, nights),
    ]
    events += deeds(others, nights)
    events += short_answers(others, sync_id, nights, documents)
    return Script(
        sync_id=sync_id,
        seed=seed,
        nights=nights,
        documents=documents,
        bad_share=random.choice((0.0, 0.05, 0.2)),
        limits=random.choice((1.0, 1000.0, 1000.0, 1000.0)),
        policies={
            "corrections": random.choice(("person", "reverse")),
            "attachments": random.choice(("on", "off", "off", "off")),
            "closed": others.choice(("park", "next_open")),
            "workers": others.choice(("one machine", "many machines")),
        },
        switches=random.choice(({}, LATE_VIEWS.get(sync_id, {}))),
        events=tuple(sorted(events, key=lambda event: (event.night, event.task, event.nth))),
    )


def _calls(random: Random, sync_id: str, nights: int, documents: int, *, is_beyond: bool) -> Iterator[Event]:
    """Let posts go wrong in every night, and now and then a read, a token, a call to the source."""
    posts = 2 * ceil(documents / BATCH_SIZE.get(sync_id, 1))
    troubles = posts // random.choice(POSTS_PER_TROUBLE)
    for night in range(1, nights + 1):
        for _ in range(random.randint(0, max(troubles, 2))):
            wrong = random.choice(WRONG_POSTS)(random, sync_id)
            yield _call(night, "load", random.randint(1, posts), POST, wrong)
        if is_beyond:
            late: Values = {"effect": "late_booking", "delay_s": SETTLE_S[sync_id] + 7200, "beyond": True}
            yield _call(night, "load", random.randint(1, posts), POST, late)
        for task in TASKS:
            if random.random() < 0.3:
                yield _call(
                    night, task, random.randint(1, 12), READ, random.choice(WRONG_READS)(random, sync_id)
                )
            if random.random() < 0.1:
                yield _call(
                    night, task, random.randint(1, 2), TOKEN, random.choice(WRONG_READS)(random, sync_id)
                )
            if random.random() < 0.2:
                yield _call(
                    night, task, random.randint(1, 6), SOURCE, random.choice(WRONG_READS)(random, sync_id)
                )


def _call(night: int, task: str, nth: int, sort: str, wrong: Values) -> Event:
    return Event(kind="call", night=night, task=task, nth=nth, values={"call": sort, **wrong})


def _workers(random: Random, nights: int) -> Iterator[Event]:
    """Kill, freeze, double and repeat tasks."""
    for night in range(1, nights + 1):
        for task in TASKS:
            if random.random() < 0.35:
                yield Event(kind="kill", night=night, task=task, nth=_early(random))
            if random.random() < 0.1:
                again: Values = {"attempt": 2}
                yield Event(kind="kill", night=night, task=task, nth=_early(random), values=again)
            if random.random() < 0.15:
                seconds: Values = {"seconds": random.randint(*LONG_S)}
                yield Event(kind="freeze", night=night, task=task, nth=_early(random), values=seconds)
            if random.random() < 0.15:
                yield Event(kind="twice", night=night, task=task)
            if random.random() < 0.15:
                yield Event(kind="again", night=night, task=task)


def _store(random: Random, nights: int) -> Iterator[Event]:
    """Let the store be gone for some statements, or carry out a commit without saying so."""
    for night in range(1, nights + 1):
        for task in TASKS:
            if random.random() < 0.15:
                many: Values = {"statements": random.choice((1, 1, 5, 40))}
                yield Event(kind="store_gone", night=night, task=task, nth=_early(random), values=many)
            if random.random() < 0.1:
                yield Event(kind="lost_commit", night=night, task=task, nth=random.randint(1, 200))


def _people(random: Random, nights: int) -> Iterator[Event]:
    """Keep a backup and go back to it; delete a booking; change the tables for a night; set a clock wrong."""
    for night in range(1, nights + 1):
        if night > 1 and random.random() < 0.2:
            yield Event(kind="delete", night=night, nth=random.randint(0, 999))
        if night > 1 and random.random() < 0.2:
            yield Event(kind="cancel", night=night, nth=random.randint(0, 999))
        if random.random() < 0.15:
            yield Event(kind="mapping", night=night, nth=random.randint(0, 99))
        if random.random() < 0.2:
            seconds: Values = {"seconds": random.choice((-300, -5, 5, 300, 7200))}
            yield Event(kind="skew", night=night, values=seconds)
    if nights > 1 and random.random() < 0.15:
        kept = random.randint(1, nights - 1)
        yield Event(kind="backup", night=kept)
        with_tokens: Values = {"tokens": random.random() < 0.3}
        yield Event(kind="restore", night=random.randint(kept + 1, nights), values=with_tokens)


def _early(random: Random) -> int:
    """Choose a point, early ones more often than late ones."""
    return int(1.5 ** random.uniform(0, 18))


def _simply(**values: Value) -> Callable[[Random, str], Values]:
    return lambda _random, _sync_id: values


def _late(random: Random, sync_id: str) -> Values:
    settle_s = SETTLE_S[sync_id]
    return {
        "effect": "late_booking",
        "delay_s": random.randint(1, settle_s - 60),
        "hang_s": random.choice((0, 5, 30)),
    }


def _status(random: Random, _sync_id: str) -> Values:
    return {
        "effect": "status",
        "status": random.choice((408, 429, 500, 502, 503, 504)),
        "when": "before",
    }


def _status_after(random: Random, _sync_id: str) -> Values:
    return {"effect": "status", "status": random.choice((500, 502, 503, 504)), "body": "", "when": "after"}


def _error(random: Random, sync_id: str) -> Values:
    status, body = random.choice(error_bodies(sync_id))
    return {"effect": "status", "status": status, "body": body, "when": "before"}


def _throttle(random: Random, _sync_id: str) -> Values:
    return {"effect": "throttle", "delay_s": random.choice((1, 60, 600, 4000))}


def _slow(random: Random, _sync_id: str) -> Values:
    return {
        "effect": "slow",
        "delay_s": random.choice((1, 20, 50, 200)),
        "when": random.choice(("before", "after")),
    }


def _truncated(random: Random, _sync_id: str) -> Values:
    return {"effect": "truncated", "length": random.choice(("half", "full"))}


WRONG_READS = (
    _simply(effect="refused"),
    _simply(effect="reset", when="before"),
    _simply(effect="lost_answer"),
    _simply(effect="html", when="before"),
    _simply(effect="token_expired"),
    _status,
    _throttle,
    _slow,
    _truncated,
)
WRONG_POSTS = (
    *WRONG_READS,
    _simply(effect="reset", when="after"),
    _simply(effect="html", when="after"),
    _simply(effect="lost_answer", hang_s=30),
    _late,
    _late,
    _status_after,
    _error,
    _error,
)
