"""What came of a run: counted, shown as a table, written as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adversary.judge import Violation
from adversary.picture import Picture
from chaos.wounds import Wounds

if TYPE_CHECKING:
    from chaos.play import Wish

COLUMNS = ("documents", "posts", "booked", "parked", "unsettled", "doubles", "losses", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One administration after a run: its counts, and how the promise was broken."""

    sync_id: str
    counts: Mapping[str, int]
    violations: Sequence[Violation]

    @classmethod
    def of(cls, sync_id: str, picture: Picture, violations: Sequence[Violation]) -> "Judged":
        """Count what a picture shows."""
        states = Counter(posting.state for posting in picture.posted)
        kinds = Counter(violation.kind for violation in violations)
        named = {"twice", "lost", "unsettled"}
        counts = {
            "documents": len(picture.issued),
            "posts": sum(posting.history.count("sending") for posting in picture.posted),
            "booked": states["booked"],
            "parked": states["parked"],
            "unsettled": kinds["unsettled"],
            "doubles": kinds["twice"],
            "losses": kinds["lost"],
            "others": sum(count for kind, count in kinds.items() if kind not in named),
        }
        return cls(sync_id=sync_id, counts=counts, violations=violations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """All of a run; `settled_s` is `None` where it was never settled, counted from the last mishap."""

    wish: "Wish"
    executor: str
    seconds: float
    settled_s: float | None
    killed: Mapping[str, int]
    fell: Mapping[str, int]
    connections: int
    faults: Mapping[str, int]
    runs: Mapping[str, int]
    nights: int
    wounds: Wounds
    judged: Sequence[Judged]

    @property
    def kept(self) -> bool:
        """Whether the promise was kept: nothing twice, lost, left open or otherwise wrong."""
        return self.settled_s is not None and not any(one.violations for one in self.judged)

    def told(self) -> dict[str, Any]:
        """Return everything as it is written down."""
        return {
            "seed": self.wish.seed,
            "executor": self.executor,
            "kept": self.kept,
            "seconds": round(self.seconds),
            "settled_after_last_mishap_s": None if self.settled_s is None else round(self.settled_s),
            "hurries": self.wish.hurries,
            "total": self._total(),
            "administrations": {one.sync_id: dict(one.counts) for one in self.judged},
            "kills": dict(sorted(self.killed.items())),
            "fell_by_themselves": dict(sorted(self.fell.items())),
            "connections": self.connections,
            "faults": dict(sorted(self.faults.items())),
            "nights": self.nights,
            "runs": dict(self.runs),
            "times": self.wounds.times(),
            "wounds": [wound.told() for wound in self.wounds.suffered],
            "violations": [
                {"administration": one.sync_id, "kind": violation.kind, "what": violation.what}
                for one in self.judged
                for violation in one.violations
            ],
        }

    def table(self) -> str:
        """Show it to a person."""
        rows = [*((one.sync_id, one.counts) for one in self.judged), ("all", self._total())]
        lines = ["".join([f"{'':16}", *(f"{name:>11}" for name in COLUMNS)])]
        lines += [
            "".join([f"{name:16}", *(f"{counts[each]:>11}" for each in COLUMNS)]) for name, counts in rows
        ]
        lines.append(f"killed {sum(self.killed.values())}: {_listed(self.killed)}")
        lines.append(f"fell by themselves: {_listed(self.fell)}")
        lines.append(f"connections {self.connections}, of these: {_listed(self.faults)}")
        for name, times in self.wounds.times().items():
            found = f"{times['kills']} kills hit something under way"
            taken = f"median {times['median_s']} s, longest {times['max_s']} s"
            rest = f"within 60 s {times['within_60_s']}, never {times['never']}"
            lines.append(f"{name.replace('_', ' ')}: {found}, {taken}, {rest}")
        settled = "never" if self.settled_s is None else f"{self.settled_s:.0f} s after the last mishap"
        lines.append(
            f"all settled: {settled}; {self.nights} nights {dict(self.runs)}; {self.seconds:.0f} s in all"
        )
        return "\n".join(lines)

    def _total(self) -> Mapping[str, int]:
        return {name: sum(one.counts[name] for one in self.judged) for name in COLUMNS}


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
