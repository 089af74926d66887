"""Look for bookings that a store put back from a backup has forgotten, wherever a person moved them."""

from collections.abc import Collection, Iterable, Iterator

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.targets.base import TargetHook


def read_far_away(
    hook: TargetHook,
    administration: str,
    journals: Collection[str],
    periods: Iterable[Period],
    references: frozenset[str],
) -> Iterator[BookedEntry]:
    """Read periods one by one and yield what bears one of these references; a failed read raises.

    No more than the books of one period is held at once.
    """
    for period in periods:
        for booked in hook.read_entries(administration, journals, [period]):
            if not references.isdisjoint(booked.references):
                yield booked
