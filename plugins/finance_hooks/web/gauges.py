"""Show how much of a package's limits is used, and how much of them is kept for the night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from finance_hooks.store.budgets import Room
from finance_hooks.web.charts import PIXEL, gauge

WINDOW_TEXTS: Mapping[int, str] = MappingProxyType(
    {60: "nights.this_minute", 3600: "nights.this_hour", 86400: "nights.this_day"}
)

UNIT_TEXTS: Mapping[str, str] = MappingProxyType({"calls": "nights.calls", "credits": "nights.credits"})
"""The keys of what the packages' limits count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """How much of one limit is used; `filled` and `free_until` are pixels of a bar of `width`."""

    used: int
    limit: int
    reserve: int
    window: str | None
    length_s: int
    filled: Decimal
    free_until: Decimal
    width: int


def gauges(rooms: Iterable[Room], width: int) -> tuple[Gauge, ...]:
    """Show of each length of window the limit that is nearest."""
    nearest: dict[int, Room] = {}
    for room in rooms:
        found = nearest.get(room.length_s)
        if found is None or room.remaining * found.limit < found.remaining * room.limit:
            nearest[room.length_s] = room
    return tuple(_gauge(room, width) for _, room in sorted(nearest.items(), reverse=True))


def _gauge(room: Room, width: int) -> Gauge:
    used = room.limit - room.remaining
    return Gauge(
        used=used,
        limit=room.limit,
        reserve=room.reserve,
        window=WINDOW_TEXTS.get(room.length_s),
        length_s=room.length_s,
        filled=gauge(used, room.limit, width),
        free_until=(width - gauge(room.reserve, room.limit, width)).quantize(PIXEL),
        width=width,
    )
