"""What befalls one connection on its way to an emulator, drawn from seeded chance."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

LARGEST_POWER: Final = 4.5
"""Bytes are drawn evenly in their length, up to some 30,000: small and large requests are hit alike."""


class FaultKind(StrEnum):
    """How a connection fails."""

    REFUSE = "refuse"
    RESET_REQUEST = "reset in the request"
    RESET_ANSWER = "reset in the answer"
    CUT_ANSWER = "cut answer"
    DELAY = "delay"
    STALL = "stall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One failure: after how many bytes it strikes, and how long it lasts where it lasts.

    A refused connection leaves the port closed for a while; a stalled answer is reset in the end.
    """

    kind: FaultKind
    after_bytes: int = 0
    lasts_s: float = 0.0


def draw_fault(chance: Random, share: float) -> Fault | None:
    """Draw what befalls the next connection: nothing, unless it is one of the share that fail."""
    if chance.random() >= share:
        return None
    kind = chance.choice(list(FaultKind))
    lasts = {FaultKind.REFUSE: (0.2, 2.0), FaultKind.DELAY: (0.2, 5.0), FaultKind.STALL: (3.0, 20.0)}
    return Fault(
        kind=kind,
        after_bytes=int(10 ** chance.uniform(0, LARGEST_POWER)) - 1,
        lasts_s=round(chance.uniform(*lasts.get(kind, (0.0, 0.0))), 3),
    )
