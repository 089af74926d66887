"""Play scripts by seed until enough was posted, judge each, and shrink what fails."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count, islice
from multiprocessing import get_context

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
    """Play one script in an empty store, and say what came of it."""
    started = time.perf_counter()
    empty_store(engine)
    with open_world(script, engine) as world:
        play = Play(world=world)
        play.play()
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


def scripts(seed: int, *, documents: int, nights: int) -> Iterator[Script]:
    """Make up scripts without end, one administration after the other."""
    for number in count():
        sync_id = SYNC_IDS[number % len(SYNC_IDS)]
        yield make_script(seed + number // len(SYNC_IDS), sync_id, documents=documents, nights=nights)


def simulate(store_urls: list[str], seed: int, posts: int, *, documents: int, nights: int) -> Iterator[Told]:
    """Play scripts until so much was posted, one process for each store."""
    wanted = scripts(seed, documents=documents, nights=nights)
    with ProcessPoolExecutor(len(store_urls), mp_context=get_context("spawn")) as pool:
        posted = 0
        while posted < posts:
            round_of = list(islice(wanted, len(store_urls)))
            for told in pool.map(_tell_at, round_of, store_urls):
                posted += told.posts
                yield told


def _tell_at(script: Script, store_url: str) -> Told:
    return tell(script, store_engine(store_url))
