"""What goes wrong in a simulation, how often, and a count of how often it did."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

HOUR_S = 3600
KILLED_OR_FROZEN = {
    "attempt noted": (0.06, 0.04),
    "answered": (0.05, 0.04),
    "saved": (0.04, 0.02),
    "token call": (0.01, 0.01),
    "transaction": (0.0004, 0.0004),
    "asleep": (0.001, 0.0),
}
"""How probably a worker is killed, and how probably it freezes, at each kind of place."""
FROZEN_S = (20.0, 1500.0)
TOKEN_CALLS = {
    "refused": 0.02,
    "reset before it was carried out": 0.03,
    "lost": 0.03,
    "reset": 0.02,
    "unavailable": 0.03,
    "unavailable after it was carried out": 0.02,
    "page": 0.02,
    "page after it was carried out": 0.01,
    "truncated": 0.01,
    "slow": 0.02,
    "late": 0.02,
}
"""How probably each of these befalls a call of the token endpoint."""
STORE_LOSES_ACKNOWLEDGEMENT = 0.0003
STORE_OUTAGES_PER_DAY, STORE_OUTAGE_S = 6, (1.0, 700.0)
VENDOR_OUTAGES_PER_DAY, VENDOR_OUTAGE_S = 3, (300.0, 3000.0)
WITHDRAWALS_PER_DAY = 2


@dataclass(slots=True, kw_only=True)
class Hazards:
    """Draw what goes wrong; after `calm_from_s` nothing does any more.

    `severity` multiplies how probably calls and workers come to harm.
    `harm` counts only what may cost or delay tokens, and `last_harm_s` says when the latest of it was.
    """

    random: random.Random
    store_outages: Sequence[tuple[float, float]]
    vendor_outages: Sequence[tuple[float, float]]
    withdrawals: Sequence[float]
    calm_from_s: float
    severity: float = 1.0
    counts: Counter[str] = field(default_factory=Counter)
    harm: int = 0
    last_harm_s: float = 0

    def count(self, what: str, at_s: float) -> None:
        """Note that something went wrong."""
        self.counts[what] += 1
        self.harm += 1
        self.last_harm_s = at_s

    def strikes(self, place: str, at_s: float) -> str | None:
        """Draw whether a worker at a place is killed or freezes."""
        killed, frozen = (self.severity * share for share in KILLED_OR_FROZEN[place])
        drawn = self.random.random()
        if at_s >= self.calm_from_s or drawn >= killed + frozen:
            return None
        return "killed" if drawn < killed else "frozen"

    def befalls_call(self, at_s: float) -> str | None:
        """Draw what befalls a call of the token endpoint."""
        if _within(self.vendor_outages, at_s):
            return self.random.choice(("unavailable", "page"))
        drawn = self.random.random()
        if at_s >= self.calm_from_s:
            return None
        for what, share in TOKEN_CALLS.items():
            drawn -= self.severity * share
            if drawn < 0:
                return what
        return None

    def store_is_away(self, at_s: float) -> bool:
        """Say whether the store cannot be reached."""
        return _within(self.store_outages, at_s)

    def loses_acknowledgement(self, at_s: float) -> bool:
        """Draw whether a transaction is committed without its writer's learning of it."""
        return self.random.random() < STORE_LOSES_ACKNOWLEDGEMENT and at_s < self.calm_from_s


def plan_hazards(chance: random.Random, *, stormy_s: float, severity: float = 1.0) -> Hazards:
    """Plan the outages and withdrawals of so many seconds; what follows them is calm."""
    days = stormy_s / (24 * HOUR_S)
    latest_s = stormy_s - STORE_OUTAGE_S[1]
    withdrawals = [chance.uniform(0, latest_s) for _ in range(max(round(WITHDRAWALS_PER_DAY * days), 1))]
    return Hazards(
        random=chance,
        store_outages=_outages(chance, STORE_OUTAGES_PER_DAY * days, STORE_OUTAGE_S, latest_s),
        vendor_outages=_outages(chance, VENDOR_OUTAGES_PER_DAY * days, VENDOR_OUTAGE_S, latest_s),
        withdrawals=sorted(withdrawals),
        calm_from_s=stormy_s,
        severity=severity,
    )


def _outages(
    chance: random.Random, count: float, length_s: tuple[float, float], latest_s: float
) -> list[tuple[float, float]]:
    begins = [chance.uniform(0, latest_s) for _ in range(max(round(count), 1))]
    return [(begin_s, begin_s + chance.uniform(*length_s)) for begin_s in sorted(begins)]


def _within(outages: Sequence[tuple[float, float]], at_s: float) -> bool:
    return any(begin_s <= at_s < end_s for begin_s, end_s in outages)
