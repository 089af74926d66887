"""Put entries into requests: one administration each, and no larger than Twinfield takes well."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Later, Outcome
from finance_hooks.targets.twinfield.payload import Manner, make_batch, make_transaction
from finance_hooks.targets.twinfield.settings import POST_BYTES_MAX, SETTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One entry as it will be sent."""

    entry: Entry
    transaction: etree._Element
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What goes into one request, in order."""

    office: str
    written: tuple[Written, ...]

    @property
    def entries(self) -> list[Entry]:
        """Return the entries."""
        return [each.entry for each in self.written]

    @property
    def document(self) -> etree._Element:
        """Return what is posted."""
        return make_batch(each.transaction for each in self.written)


def write_batches(
    entries: Sequence[Entry], chart_of: Callable[[str], Chart], manner_of: Callable[[str], Manner]
) -> Iterator[Batch]:
    """Write entries and put them together while they fit into one request."""
    held: list[Written] = []
    for entry in entries:
        office = entry.administration
        transaction = make_transaction(entry, chart_of(office), manner_of(office))
        written = Written(entry=entry, transaction=transaction, size=len(etree.tostring(transaction)))
        if held and not _fits(held, written):
            yield _batch(held)
            held = []
        held.append(written)
    if held:
        yield _batch(held)


def split_batch(batch: Batch) -> tuple[Batch, Batch]:
    """Divide a batch of several entries into two."""
    middle = len(batch.written) // 2
    first, second = batch.written[:middle], batch.written[middle:]
    return Batch(office=batch.office, written=first), Batch(office=batch.office, written=second)


def later(entries: Sequence[Entry], now: datetime, pause_s: int, why: str) -> list[Outcome]:
    """Say of entries that were not sent that they come later."""
    until = now + timedelta(seconds=pause_s)
    return [Later(reference=entry.reference, until=until, why=why) for entry in entries]


def _fits(held: Sequence[Written], written: Written) -> bool:
    return (
        held[0].entry.administration == written.entry.administration
        and len(held) < SETTINGS.batch_size
        and sum(each.size for each in held) + written.size <= POST_BYTES_MAX
    )


def _batch(held: Sequence[Written]) -> Batch:
    return Batch(office=held[0].entry.administration, written=tuple(held))
