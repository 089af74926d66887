"""Measure what a run left: documents by place, calls left, age of the oldest parked one, difference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.problems import PLACES
from finance_hooks.store.budgets import Room
from finance_hooks.store.to_tell import OpenDocument

CENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One measured number; `part` tells it from others of its name, such as the place or the window."""

    name: str
    value: int
    part: Mapping[str, str] = field(default_factory=dict)

    def plain_name(self, sync_id: str) -> str:
        """Return a name that holds everything, for what knows no tags."""
        return ".".join(("finance", sync_id, self.name, *self.part.values()))


def measure_run(
    report: Mapping[str, Any], documents: Sequence[OpenDocument], rooms: Sequence[Room], *, at: datetime
) -> Iterator[Gauge]:
    """Measure what a run left behind; the difference in cents, ages in whole seconds."""
    for place in PLACES:
        yield Gauge(name="documents", value=report[place], part={"state": place})
    yield Gauge(name="difference_cents", value=int(Decimal(report["difference"]) * CENTS))
    parked = [one.created_at for one in documents if one.state is PostingState.PARKED]
    age = at - min(parked, default=at)
    yield Gauge(name="oldest_parked_s", value=int(age.total_seconds()))
    for length_s in sorted({room.length_s for room in rooms}):
        left = min(room.remaining for room in rooms if room.length_s == length_s)
        yield Gauge(name="calls_left", value=left, part={"window": f"{length_s}s"})
