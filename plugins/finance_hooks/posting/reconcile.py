"""Prove that the books equal the source: read them again and compare, per journal, period and document."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.comparison import Comparison, Reading, comparison_to_plain, empty, not_ours
from finance_hooks.posting.match import BooksRead
from finance_hooks.posting.periods import periods_of_days, with_neighbours
from finance_hooks.posting.reconciliation import Asked, Fault, Reconciliation, add_other, compare_document
from finance_hooks.posting.vat_boxes import NO_BOXES, ReturnBoxes
from finance_hooks.posting.work import Work
from finance_hooks.store import proof
from finance_hooks.store.booked_places import known_references, own_days
from finance_hooks.store.comparisons import Finished, keep_comparisons
from finance_hooks.store.corrections import settle_dealt_with
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import FindingKind, note_finding, settle_findings
from finance_hooks.store.proof import Owned, Standing
from finance_hooks.store.runs import read_run, write_run
from finance_hooks.targets.base import TargetHook

OPEN_WINDOW_DAYS = 45
"""Days before today whose documents every run reads and proves again."""

JUDGED_HERE = (
    FindingKind.MISSING_IN_BOOKS,
    FindingKind.AMOUNT_DIFFERS,
    FindingKind.BOOKED_TWICE,
)


def reconciled(work: Work, source_id: str) -> frozenset[tuple[str, Period]]:
    """Return the journals and periods that this run proves: those it touched, and those of its dates.

    The dates are those of the open window, or what a run for given dates was asked for: a backfill of a day
    without documents makes no call.
    """
    with work.engine.begin() as connection:
        run = read_run(connection, work.administration.sync_id, work.run_id) or {}
        dated_from, dated_until = reconciled_dates(work, run.get("selection") or {})
        return proof.reconciled_periods(
            connection,
            Owned(administration=work.administration, source_id=source_id),
            run_id=work.run_id,
            dated_from=dated_from,
            dated_until=dated_until,
            today=work.business_date(),
        )


def reconcile(
    work: Work,
    hook: TargetHook,
    source_id: str,
    scope: frozenset[tuple[str, Period]],
    boxes: ReturnBoxes = NO_BOXES,
) -> list[Comparison]:
    """Read the books of the scope and compare every booked document; findings name each difference.

    Raises TemporaryFailure when a booking is not seen that may be too young to be: reads can lag behind.
    """
    with work.engine.begin() as connection:
        settle_dealt_with(connection, work.administration.books, at=work.now(connection))
    books = read_books(work, hook, source_id, scope)
    with work.engine.begin() as connection:
        proved = prove(connection, work, books, Asked(source_id=source_id, scope=scope, boxes=boxes), hook)
        for fault in proved.faults:
            note_finding(
                connection,
                fault.kind,
                fault.posting_id,
                subject=fault.subject,
                detail=fault.detail,
                stamp=work.stamp(connection),
            )
        settle_findings(connection, JUDGED_HERE, proved.compared, before=proved.at)
        _keep(connection, work, proved)
    return list(proved.comparisons)


def note_nothing_to_reconcile(work: Work) -> None:
    """Say in the run that there was nothing to compare: what others book after that is theirs to prove."""
    with work.engine.begin() as connection:
        write_run(connection, work.administration.sync_id, work.run_id, reconciliation=[])


def prove(
    connection: Connection, work: Work, books: BooksRead, asked: Asked, hook: TargetHook
) -> Reconciliation:
    """Compare every booked document of the scope with what was read of the books; changes nothing.

    Raises TemporaryFailure when a booking is not seen that may be too young to be.
    """
    table = {place: empty(*place) for place in asked.scope}
    owned = Owned(administration=work.administration, source_id=asked.source_id)
    reading = Reading(boxes=asked.boxes)
    ours: set[str] = set()
    faults: list[Fault] = []
    compared: list[int] = []
    at = work.now(connection)
    for standing in booked_standings(connection, owned, asked.scope):
        _wait_for_young(standing, books, at, hook.settings.settle_s)
        found = find_bookings(books, standing)
        faults += compare_document(table, standing, found, reading)
        ours |= {booked.id for booked in found}
        compared.append(standing.posting_id)
    others = [booked for booked in books.entries if booked.id not in ours]
    referred = {reference for booked in others for reference in booked.references}
    known = known_references(connection, referred)
    for booked in others:
        add_other(table, (booked.journal, booked.period), not_ours(booked, known))
    return Reconciliation(
        comparisons=tuple(table[place] for place in sorted(table, key=str)),
        faults=tuple(faults),
        compared=tuple(compared),
        at=at,
    )


def read_books(
    work: Work, hook: TargetHook, source_id: str, scope: frozenset[tuple[str, Period]]
) -> BooksRead:
    """Read the journals of the scope in bulk: its periods, those entries were moved from, their neighbours.

    A booking of which the answer was lost before its entry was moved would stand on the entry's own day.
    """
    administration = work.administration.target_administration
    owned = Owned(administration=work.administration, source_id=source_id)
    with work.engine.begin() as connection:
        days = own_days(connection, owned, scope)
    chart_periods = hook.read_chart(administration).periods
    moved_from = periods_of_days(days, chart_periods)
    periods = with_neighbours({period for _, period in scope} | moved_from, chart_periods)
    journals = {journal for journal, _ in scope}
    return BooksRead(hook.read_entries(administration, journals, periods))


def reconciled_dates(work: Work, selection: Mapping[str, Any]) -> tuple[date, date]:
    """Return the dates whose documents a run of this selection proves."""
    if selection.get("changed_since") is None and not selection.get("moves_watermark", True):
        return date.fromisoformat(selection["dated_from"]), date.fromisoformat(selection["dated_until"])
    today = work.business_date()
    return today - timedelta(days=OPEN_WINDOW_DAYS), today


def booked_standings(
    connection: Connection, owned: Owned, scope: frozenset[tuple[str, Period]]
) -> Iterator[Standing]:
    """Read the documents of the scope that are booked."""
    for standing in proof.standings(connection, owned, scope):
        if standing.state is PostingState.BOOKED:
            yield standing


def _keep(connection: Connection, work: Work, proved: Reconciliation) -> None:
    """Keep what was compared: with its run, and as the newest of each journal and period."""
    finished = [
        Finished(
            figures=comparison_to_plain(comparison, proved.at),
            compared_at=proved.at,
            forgotten=sum(other.reference is not None for other in comparison.not_ours_entries),
            agrees=comparison.agrees,
        )
        for comparison in proved.comparisons
    ]
    sync_id = work.administration.sync_id
    write_run(connection, sync_id, work.run_id, reconciliation=[one.figures for one in finished])
    keep_comparisons(connection, sync_id, work.run_id, finished)


def _wait_for_young(standing: Standing, books: BooksRead, at: datetime, settle_s: int) -> None:
    if standing.booked_at is None or find_bookings(books, standing):
        return
    young_s = settle_s - (at - standing.booked_at).total_seconds()
    if young_s > 0:
        raise TemporaryFailure(
            f"{standing.document} was booked a moment ago and is not yet seen in the books.",
            retry_after_s=ceil(young_s),
        )


def find_bookings(books: BooksRead, standing: Standing) -> tuple[BookedEntry, ...]:
    """Find the bookings of a document: by reference, else by the id under which it was booked."""
    return books.with_reference(standing.reference) or books.with_id(standing.target_entry_id)
