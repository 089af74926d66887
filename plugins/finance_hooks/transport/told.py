"""Keep what a vendor's last answer said of its limits until the next call counts, which writes it along."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from finance_hooks.store.budgets import Counter, Reading


@dataclass(slots=True)
class Told:
    """The last readings of each counter, and when they came, in seconds since boot."""

    _kept: dict[str, tuple[Sequence[Reading], float]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def may_keep(self, counter: Counter, readings: Sequence[Reading]) -> bool:
        """Say whether these may wait: others have to know at once of a first word, and of a limit reached."""
        is_first = counter.name not in self._known
        self._known.add(counter.name)
        return not is_first and all(reading.remaining > 0 for reading in readings)

    def keep(self, counter: Counter, readings: Sequence[Reading], at_s: float) -> None:
        """Keep these, in the place of earlier ones."""
        self._kept[counter.name] = (readings, at_s)

    def take_out(self, counter: Counter, at_s: float) -> Sequence[Reading]:
        """Return what was kept as it holds now, and forget it; a window that is over by now tells nothing."""
        readings, came_at_s = self._kept.pop(counter.name, ((), at_s))
        aged = [replace(one, resets_in_s=one.resets_in_s - (at_s - came_at_s)) for one in readings]
        return [one for one in aged if one.resets_in_s > 0]
