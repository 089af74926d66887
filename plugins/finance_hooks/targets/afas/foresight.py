"""Say what AFAS would refuse, and how many calls a run takes: one per entry, and pages of transactions.

AFAS Developer documentation, "GetConnector" (skip and take), "UpdateConnector".
"""

from collections.abc import Collection, Iterator, Sequence

from finance_hooks.model.attachment import Booking
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.money import ZERO
from finance_hooks.targets.afas import attachments, readback
from finance_hooks.targets.afas.hook import AfasHook
from finance_hooks.targets.afas.legs import make_legs
from finance_hooks.targets.afas.query import count_pages, divide_alternatives
from finance_hooks.targets.afas.settings import ATTACHMENT_LIMITS, ROWS_AND_COLUMNS
from finance_hooks.targets.foresight import Ahead, Calls, Foresight, Rows, Scope, chunks_of, reading_steps

CALLS_BELOW = "/connectors/"
TAKE = ROWS_AND_COLUMNS // readback.COLUMNS
SUBJECT_TAKE = ROWS_AND_COLUMNS // attachments.SUBJECT_COLUMNS


def foresee(hook: AfasHook, administration: str) -> Foresight:
    """Say what can be said of a run on an administration before it happens."""

    def count_reading(scope: Scope, rows: Collection[Rows]) -> int:
        """Count the calls of one bulk read: the pages of each filter."""
        conditions = readback.write_conditions(administration, scope.journals, scope.periods)
        counted = {(one.journal, one.period): 0 for one in rows}
        for one in rows:
            counted[one.journal, one.period] += one.count
        return sum(
            count_pages(sum(counted.get(_place(dict(each)), 0) for each in together), TAKE)
            for together in divide_alternatives(conditions, readback.ORDER, TAKE)
        )

    def count_rows(entry: Entry) -> int:
        """Count the lines that are sent, which are those that AFAS shows; a party may not be there yet."""
        if entry.kind is EntryKind.MEMORIAL:
            return sum(1 for line in entry.lines if line.amount != ZERO)
        return len(make_legs(entry, hook.charts.read(administration)))

    return Foresight(
        check=hook.check,
        steps=reading_steps(
            count_reading,
            count_rows,
            count_posting,
            attach=None if hook.connection.subject_type is None else count_attaching,
        ),
        batch_size=hook.batch_size,
        counters=(),
        is_call=lambda address: CALLS_BELOW in address,
    )


def count_posting(ahead: Ahead) -> Iterator[Calls]:
    """Count a call for every entry, and one that makes sure that the first can be seen."""
    entries = len(list(ahead.entries))
    yield Calls(step="load", what="entries", count=entries, changes_books=True)
    yield Calls(step="load", what="proofs", count=min(entries, 1))


def count_attaching(ahead: Ahead) -> Iterator[Calls]:
    """Count the looks for every chunk, a call for each file, and two looks for the first."""
    sent = sum(1 for one in ahead.files if one.is_sent)
    chunks = chunks_of(ahead.files, ATTACHMENT_LIMITS.chunk_size)
    looks = sum(_count_looks([one.booking for one in chunk]) for chunk in chunks)
    yield Calls(step="attach", what="look-ups", count=looks + 2 * min(sent, 1))
    yield Calls(step="attach", what="files", count=sent, changes_books=True)


def _count_looks(bookings: Sequence[Booking]) -> int:
    """Count the filters that ask for the dossier items of some bookings, none of which is there yet."""
    conditions = attachments.write_conditions(bookings)
    return len(list(divide_alternatives(conditions, attachments.SUBJECT_ORDER, SUBJECT_TAKE)))


def _place(conditions: dict[str, str]) -> tuple[str, Period]:
    period = Period(fiscal_year=int(conditions["Year"]), number=int(conditions["Period"]))
    return conditions["JournalId"], period
