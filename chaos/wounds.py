"""How long it takes after a kill until it is known which postings are unclear, and until they are settled."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from chaos.kills import Kill

TIMES: Final = ("known", "settled", "known_after_kill", "settled_after_kill")

Sent = tuple[int, int]
"""A posting and the generation of the lease under which it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPosting:
    """A posting that is neither booked nor parked."""

    posting_id: int
    sync_id: str
    state: str
    generation: int

    @property
    def is_under_way(self) -> bool:
        """Whether it was sent, and nobody has noted yet how that ended."""
        return self.state == "sending"


@dataclass(slots=True, kw_only=True)
class Wound:
    """What one kill left behind: the postings under way, and when they were known and settled."""

    kill: Kill
    struck_at_s: float
    under_way: frozenset[Sent]
    restarted_at_s: float | None = None
    known_at_s: float | None = None
    settled_at_s: float | None = None

    def see(self, postings: Collection[OpenPosting], at_s: float) -> None:
        """Look whether the store still takes them for under way, and whether they are still open."""
        still = {(one.posting_id, one.generation) for one in postings if one.is_under_way}
        if self.known_at_s is None and not self.under_way & still:
            self.known_at_s = at_s
        open_ids = {one.posting_id for one in postings}
        if self.settled_at_s is None and not {posting_id for posting_id, _ in self.under_way} & open_ids:
            self.settled_at_s = at_s

    @property
    def counted_from_s(self) -> float:
        """When what was killed was up again, or when it was killed where nothing has to be started."""
        return self.struck_at_s if self.restarted_at_s is None else self.restarted_at_s

    def told(self) -> Mapping[str, Any]:
        """Describe it for the report, times in seconds from the restart, and from the kill itself."""

        def since(from_s: float, at_s: float | None) -> float | None:
            return round(max(0.0, at_s - from_s), 1) if self.under_way and at_s is not None else None

        return {
            "kind": self.kill.kind.value,
            "system": self.kill.system if self.kill.kind == "emulator" else None,
            "alone": self.kill.alone,
            "at_s": round(self.struck_at_s, 1),
            "under_way": len(self.under_way),
            "known_s": since(self.counted_from_s, self.known_at_s),
            "settled_s": since(self.counted_from_s, self.settled_at_s),
            "known_after_kill_s": since(self.struck_at_s, self.known_at_s),
            "settled_after_kill_s": since(self.struck_at_s, self.settled_at_s),
        }


@dataclass(slots=True)
class Wounds:
    """All wounds of a run, in the order of the kills."""

    suffered: list[Wound] = field(default_factory=list)

    def add(self, kill: Kill, at_s: float, postings: Collection[OpenPosting]) -> Wound:
        """Note a kill with what was under way; what an earlier kill left behind is that one's."""
        earlier = frozenset[Sent]().union(*(wound.under_way for wound in self.suffered))
        sent = frozenset((one.posting_id, one.generation) for one in postings if one.is_under_way)
        under_way = sent - earlier
        wound = Wound(kill=kill, struck_at_s=at_s, under_way=under_way)
        self.suffered.append(wound)
        return wound

    def see(self, postings: Collection[OpenPosting], at_s: float) -> None:
        """Let every wound look at what is open now."""
        for wound in self.suffered:
            wound.see(postings, at_s)

    def times(self) -> Mapping[str, Mapping[str, float | int | None]]:
        """Sum up the times of those kills that hit something under way."""
        hit = [wound for wound in self.suffered if wound.under_way]
        return {name: _summary(hit, f"{name}_s") for name in TIMES}


def _summary(hit: list[Wound], name: str) -> dict[str, float | int | None]:
    seconds = list(_seconds(hit, name))
    return {
        "kills": len(hit),
        "never": len(hit) - len(seconds),
        "median_s": round(median(seconds), 1) if seconds else None,
        "max_s": max(seconds, default=None),
        "within_60_s": sum(one <= 60 for one in seconds),
    }


def _seconds(hit: list[Wound], name: str) -> Iterator[float]:
    for wound in hit:
        taken = wound.told()[name]
        if taken is not None:
            yield taken
