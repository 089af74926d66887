"""Prove that the books equal the source: read them again and compare, per journal, period and document."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.money import ZERO
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.compare import booked_vat, compare, conversion_residue, describe, sent_vat
from finance_hooks.posting.match import BooksRead
from finance_hooks.posting.periods import with_neighbours
from finance_hooks.posting.work import Work
from finance_hooks.store import proof
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


@dataclass(slots=True, kw_only=True)
class Comparison:
    """Source against books in one journal and period; VAT per code as (sent, booked).

    `conversion_residue` are the cents that converting leg by leg gave more than converting the total; they
    are part of `source_gross`, since a foreign document has no amount of its own in the books' currency.
    """

    journal: str
    fiscal_year: int
    period: int
    documents: int = 0
    source_gross: Decimal = ZERO
    conversion_residue: Decimal = ZERO
    entries: int = 0
    books_gross: Decimal = ZERO
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    not_ours: int = 0
    vat: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)

    @property
    def difference(self) -> Decimal:
        """What the source has more than the books."""
        return self.source_gross - self.books_gross


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
        )


def reconcile(
    work: Work, hook: TargetHook, source_id: str, scope: frozenset[tuple[str, Period]]
) -> list[Comparison]:
    """Read the books of the scope and compare every booked document; findings name each difference.

    Raises TemporaryFailure when a booking is not seen that may be too young to be: reads can lag behind.
    """
    administration = work.administration.target_administration
    periods = with_neighbours({period for _, period in scope}, hook.read_chart(administration).periods)
    journals = {journal for journal, _ in scope}
    books = BooksRead(hook.read_entries(administration, journals, periods))
    table = {place: _empty(*place) for place in scope}
    owned = Owned(administration=work.administration, source_id=source_id)
    ours: set[str] = set()
    compared: list[int] = []
    with work.engine.begin() as connection:
        started_at = work.now(connection)
        for standing in _booked(connection, owned, scope):
            _wait_for_young(standing, books, started_at, hook.settings.settle_s)
            ours |= _compare_document(connection, work, books, table, standing)
            compared.append(standing.posting_id)
        settle_findings(connection, JUDGED_HERE, compared, before=started_at)
    for booked in books.entries:
        comparison = table.get((booked.journal, booked.period))
        if comparison is not None and booked.id not in ours:
            comparison.not_ours += 1
    comparisons = [table[place] for place in sorted(table, key=str)]
    with work.engine.begin() as connection:
        write_run(
            connection,
            work.administration.sync_id,
            work.run_id,
            reconciliation=[_plain(comparison, started_at) for comparison in comparisons],
        )
    return comparisons


def reconciled_dates(work: Work, selection: Mapping[str, Any]) -> tuple[date, date]:
    """Return the dates whose documents a run of this selection proves."""
    if selection.get("changed_since") is None and not selection.get("moves_watermark", True):
        return date.fromisoformat(selection["dated_from"]), date.fromisoformat(selection["dated_until"])
    today = work.business_date()
    return today - timedelta(days=OPEN_WINDOW_DAYS), today


def _booked(connection: Connection, owned: Owned, scope: frozenset[tuple[str, Period]]) -> Iterator[Standing]:
    for standing in proof.standings(connection, owned, scope):
        if standing.state is PostingState.BOOKED:
            yield standing


def _wait_for_young(standing: Standing, books: BooksRead, at: datetime, settle_s: int) -> None:
    if standing.booked_at is None or _found(books, standing):
        return
    young_s = settle_s - (at - standing.booked_at).total_seconds()
    if young_s > 0:
        raise TemporaryFailure(
            f"{standing.document} was booked a moment ago and is not yet seen in the books.",
            retry_after_s=ceil(young_s),
        )


def _found(books: BooksRead, standing: Standing) -> tuple[BookedEntry, ...]:
    return books.with_reference(standing.reference) or books.with_id(standing.target_entry_id)


def _compare_document(
    connection: Connection,
    work: Work,
    books: BooksRead,
    table: Mapping[tuple[str, Period], Comparison],
    standing: Standing,
) -> set[str]:
    """Add one booked document to its comparison and return the ids of its bookings."""
    if standing.entry is None or standing.journal is None or standing.period is None:
        return set()
    comparison = table[standing.journal, standing.period]
    comparison.documents += 1
    comparison.source_gross += standing.gross or ZERO
    found = _found(books, standing)
    for code, amount in sent_vat(standing.entry).items():
        _add_vat(comparison, code, amount, ZERO)
    for booked in found:
        _add_booked(comparison, booked)
    if found:
        residue = conversion_residue(standing.entry, found[0].gross_in_books)
        comparison.source_gross += residue
        comparison.conversion_residue += residue
    for kind, subject, detail in _faults(standing, found):
        note_finding(
            connection,
            kind,
            standing.posting_id,
            subject=subject,
            detail=detail,
            stamp=work.stamp(connection),
        )
    return {booked.id for booked in found}


def _faults(
    standing: Standing, found: tuple[BookedEntry, ...]
) -> Iterator[tuple[FindingKind, str, dict[str, object]]]:
    if not found:
        yield FindingKind.MISSING_IN_BOOKS, standing.reference, {"document": standing.document}
    for double in found[1:]:
        yield FindingKind.BOOKED_TWICE, double.id, {"number": double.entry_number, "journal": double.journal}
    if found and standing.entry is not None:
        differences = compare(standing.entry, found[0])
        if differences:
            yield FindingKind.AMOUNT_DIFFERS, found[0].id, describe(differences)


def _add_booked(comparison: Comparison, booked: BookedEntry) -> None:
    comparison.entries += 1
    comparison.books_gross += booked.gross_in_books
    comparison.debit += sum((line.debit for line in booked.lines), ZERO)
    comparison.credit += sum((line.credit for line in booked.lines), ZERO)
    for code, amount in booked_vat(booked, booked.kind).items():
        _add_vat(comparison, code, ZERO, amount)


def _add_vat(comparison: Comparison, code: str, sent: Decimal, booked: Decimal) -> None:
    before = comparison.vat.get(code, (ZERO, ZERO))
    comparison.vat[code] = (before[0] + sent, before[1] + booked)


def _empty(journal: str, period: Period) -> Comparison:
    return Comparison(journal=journal, fiscal_year=period.fiscal_year, period=period.number)


def _plain(comparison: Comparison, compared_at: datetime) -> dict[str, Any]:
    plain = asdict(comparison)
    plain["vat"] = {code: [str(sent), str(booked)] for code, (sent, booked) in comparison.vat.items()}
    for name in ("source_gross", "conversion_residue", "books_gross", "debit", "credit"):
        plain[name] = str(plain[name])
    return {
        **plain,
        "difference": str(comparison.difference),
        "compared_at": compared_at.isoformat(),
    }
