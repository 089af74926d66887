"""Add up what came of scripts."""

from collections import Counter
from dataclasses import dataclass, field

from adversary.simulate import Told

SHOWN = ("scripts", "posts", "booked", "parked", "unknown", "mishaps", "kills", "freezes")


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of all scripts, by administration."""

    by_sync_id: dict[str, Counter[str]] = field(default_factory=dict)
    mishaps: Counter[str] = field(default_factory=Counter)
    violations: Counter[str] = field(default_factory=Counter)

    def add(self, told: Told) -> None:
        """Add one script."""
        counted = self.by_sync_id.setdefault(told.script.sync_id, Counter())
        for name in ("posts", "booked", "parked", "unknown", "kills", "freezes"):
            counted[name] += getattr(told, name)
        counted["scripts"] += 1
        counted["mishaps"] += told.mishaps.total()
        self.mishaps += told.mishaps
        self.violations.update(one.kind for one in told.violations)
        self.violations["strange"] += len(told.strange)

    @property
    def scripts(self) -> int:
        """How many scripts there were."""
        return self._total()["scripts"]

    @property
    def posts(self) -> int:
        """How often a document was posted."""
        return self._total()["posts"]

    def line(self) -> str:
        """Say how far it has come."""
        total = self._total()
        return (
            ", ".join(f"{name} {total[name]}" for name in SHOWN) + f", violations {self.violations.total()}"
        )

    def table(self, *, seconds: float) -> str:
        """Show all of it."""
        rows = [*sorted(self.by_sync_id.items()), ("all", self._total())]
        lines = ["".join([f"{'':16}", *(f"{name:>10}" for name in SHOWN)])]
        lines += ["".join([f"{name:16}", *(f"{row[each]:>10}" for each in SHOWN)]) for name, row in rows]
        lines.append("mishaps: " + ", ".join(f"{name} {times}" for name, times in self.mishaps.most_common()))
        twice, lost = self.violations["twice"], self.violations["lost"]
        others = self.violations.total() - twice - lost
        lines.append(
            f"booked twice {twice}, lost {lost}, otherwise not as promised {others}; {seconds:.0f} s"
        )
        return "\n".join(lines)

    def _total(self) -> Counter[str]:
        return sum(self.by_sync_id.values(), Counter())
