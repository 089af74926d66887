"""Say what Twinfield would refuse, and how many calls a run takes: one per batch, and one per period read.

Twinfield developer portal, "Fair use policy": a query costs one credit, everything else three.
"""

from collections.abc import Collection, Iterator

from finance_hooks.model.entry import Entry
from finance_hooks.targets.foresight import Ahead, Calls, Foresight, Rows, Scope, reading_steps
from finance_hooks.targets.twinfield.batches import write_batches
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from finance_hooks.targets.twinfield.settings import WRITE_CREDITS

CALLS_BELOW = "/webservices/"


def foresee(hook: TwinfieldHook, administration: str) -> Foresight:  # noqa: ARG001 - one organisation counts for all
    """Say what can be said of a run on an administration before it happens."""

    def count_posting(ahead: Ahead) -> Iterator[Calls]:
        """Count a call for every batch; the chart tells how large entries are, if it was read."""
        requests = [
            len(list(write_batches(batch, hook.charts.read, hook.manner))) if ahead.asked else 1
            for batch in ahead.batches
            if batch
        ]
        yield Calls(step="load", what="entries", count=sum(requests), units=WRITE_CREDITS, changes_books=True)

    return Foresight(
        check=hook.check,
        steps=reading_steps(count_reading, count_rows, count_posting, write_units=WRITE_CREDITS),
        batch_size=hook.batch_size,
        counters=hook.client.quota.counters(),
        is_call=lambda address: CALLS_BELOW in address,
        unit="credits",
    )


def count_reading(scope: Scope, _rows: Collection[Rows]) -> int:
    """Count a call for every period: Twinfield shows the whole of it."""
    return len(scope.periods)


def count_rows(entry: Entry) -> int:
    """Count the lines of an entry; how many there are changes no number of calls."""
    return len(entry.lines)
