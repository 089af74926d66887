"""What is killed when: made up beforehand from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final


class KillKind(StrEnum):
    """What is killed with SIGKILL."""

    TASK = "task"
    WORKER = "worker"
    SCHEDULER = "scheduler"
    DAG_PROCESSOR = "dag-processor"
    API_SERVER = "api-server"
    POSTGRES = "postgres"
    EMULATOR = "emulator"


WEIGHTS: Final = {
    KillKind.TASK: 6,
    KillKind.WORKER: 4,
    KillKind.SCHEDULER: 3,
    KillKind.DAG_PROCESSOR: 1,
    KillKind.API_SERVER: 2,
    KillKind.POSTGRES: 3,
    KillKind.EMULATOR: 5,
}
DOWN_S: Final = (0.5, 8.0)
ALONE_SHARE: Final = 0.5
BOOKING_SHARE: Final = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One kill: `at_s` seconds after the start, up again `down_s` later.

    `alone` leaves what the victim had started alive, as a supervisor without a control group would.
    `while_booking` waits for a task that holds books. `system` is the emulator's, `place` chooses among equal
    victims.
    """

    kind: KillKind
    at_s: float
    down_s: float
    alone: bool
    while_booking: bool
    system: str
    place: float


def plan_kills(chance: Random, *, kills: int, over_s: float, systems: Sequence[str]) -> list[Kill]:
    """Make up so many kills over a time, one of each kind before chance decides on the rest."""
    kinds = list(KillKind)
    chance.shuffle(kinds)
    kinds = kinds[:kills] + chance.choices(
        list(WEIGHTS), weights=list(WEIGHTS.values()), k=max(0, kills - len(kinds))
    )
    chance.shuffle(kinds)
    times = sorted(chance.uniform(0, over_s) for _ in kinds)
    return [
        Kill(
            kind=kind,
            at_s=round(at_s, 2),
            down_s=round(chance.uniform(*DOWN_S), 2),
            alone=chance.random() < ALONE_SHARE,
            while_booking=chance.random() < BOOKING_SHARE,
            system=chance.choice(systems),
            place=chance.random(),
        )
        for kind, at_s in zip(kinds, times, strict=True)
    ]
