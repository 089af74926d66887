"""Play scripts by seed until enough was posted, judge each, and shrink what fails."""

import gc
import logging
import os
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from multiprocessing import get_context, parent_process
from multiprocessing.queues import SimpleQueue
from threading import Thread

import sqlalchemy as sa

from adversary.chance import make_script
from adversary.judge import Violation, judge
from adversary.look import look
from adversary.play import Play
from adversary.script import Script
from adversary.store_copy import empty_store
from adversary.world import open_world
from finance_hooks.store.engine import store_engine

SYNC_IDS = ("exact_nl", "twinfield_nl", "afas_nl", "accountview_nl", "exact_be")


STORE = "ADVERSARY_STORE"
AHEAD = 2
"""Scripts that wait for each process, so that none waits for the slowest."""
RARELY = (20_000, 20, 50)
"""When a player looks for garbage: as Python does by itself, that takes it a twentieth of its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Which scripts a simulation plays: where its seeds begin, and how large each script is."""

    seed: int
    documents: int
    nights: int


@dataclass(slots=True, kw_only=True)
class Told:
    """What came of one script."""

    script: Script
    violations: list[Violation]
    strange: list[str]
    posts: int
    booked: int
    parked: int
    unknown: int
    kills: int
    freezes: int
    mishaps: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether the promise was broken, or a task ended as none may."""
        return bool(self.violations or self.strange)


def tell(script: Script, engine: sa.Engine) -> Told:
    """Play one script in an empty store, and say what came of it; one that cannot be played is strange."""
    started = time.perf_counter()
    empty_store(engine)
    with open_world(script, engine) as world:
        play = Play(world=world)
        try:
            play.play()
        except Exception as error:  # noqa: BLE001 - a long course goes on after it
            play.strange.append(f"not played to its end: {error!r}")
        picture = look(play)
        states = Counter(posting.state for posting in picture.posted)
        return Told(
            script=script,
            violations=judge(picture),
            strange=play.strange,
            posts=world.trouble.posts,
            booked=states["booked"],
            parked=states["parked"],
            unknown=states["unknown"],
            kills=world.machine.kills,
            freezes=world.machine.freezes,
            mishaps=world.trouble.happened + Counter({"store": world.interruptions.happened}) + play.acted,
            seconds=time.perf_counter() - started,
        )


def scripts(course: Course, first: int = 0) -> Iterator[Script]:
    """Make up scripts without end, one administration after the other, from the `first` one on."""
    for number in count(first):
        sync_id = SYNC_IDS[number % len(SYNC_IDS)]
        seed = course.seed + number // len(SYNC_IDS)
        yield make_script(seed, sync_id, documents=course.documents, nights=course.nights)


def simulate(store_urls: Sequence[str], wanted: Iterator[Script], posts: int) -> Iterator[Told]:
    """Play scripts until so much was posted, one process for each store; tells of them in their order."""
    context = get_context("spawn")
    urls = context.SimpleQueue()
    for store_url in store_urls:
        urls.put(store_url)
    with ProcessPoolExecutor(len(store_urls), context, initializer=_take_store, initargs=(urls,)) as pool:
        ahead = deque(pool.submit(_tell_here, script) for script in islice(wanted, AHEAD * len(store_urls)))
        while posts > 0:
            told = ahead.popleft().result()
            posts -= told.posts
            yield told
            ahead.append(pool.submit(_tell_here, next(wanted)))
        for future in ahead:
            future.cancel()


def _take_store(urls: "SimpleQueue[str]") -> None:
    logging.disable(logging.CRITICAL)
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ[STORE] = urls.get()
    gc.freeze()
    gc.set_threshold(*RARELY)


def _end_with_parent() -> None:
    """End with the process that hands out scripts, also where it was killed and can say nothing more."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _tell_here(script: Script) -> Told:
    return tell(script, store_engine(os.environ[STORE]))
