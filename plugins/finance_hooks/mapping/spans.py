"""Tell days apart only where some row begins or ceases to hold: within such a span all days ask alike."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from finance_hooks.mapping.tables import Tables

Span = tuple[int, int]
"""How many rows have begun to hold, and how many have ceased to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The dates on which rows begin to hold and the last ones on which they do, in order (year first)."""

    begins: list[str]
    ends: list[str]
    asked: dict[Span, str] = field(default_factory=dict)

    def day_for(self, day: str) -> str:
        """Return the day that is asked about instead: the first one that came of the same span."""
        span = bisect_right(self.begins, day), bisect_left(self.ends, day)
        return self.asked.setdefault(span, day)


def find_spans(tables: Tables) -> Spans:
    """Find the spans within which the same rows of all tables hold."""
    frames = tables.frames.values()
    return Spans(
        begins=sorted({day for frame in frames for day in frame["valid_from"].unique()}),
        ends=sorted({day for frame in frames for day in frame["valid_until"].unique()}),
    )
