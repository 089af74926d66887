"""Prove books by audit files instead of the package: read as a stream, compared as bookings read back are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.audit_file import AuditFile, AuditTransaction
from finance_hooks.posting.audit_file_entries import as_booked, as_other, folded
from finance_hooks.posting.compare import Told
from finance_hooks.posting.comparison import Comparison, NotOurs, Reading, empty
from finance_hooks.posting.reconcile import booked_standings
from finance_hooks.posting.reconciliation import (
    Asked,
    Fault,
    Place,
    Reconciliation,
    add_other,
    compare_document,
)
from finance_hooks.posting.work import BUSINESS_ZONE, Work
from finance_hooks.store.booked_places import fiscal_year_between, known_references, standings_named
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.proof import Owned, Standing

CHUNK = 500
"""Bookings of the file in memory at once."""

Number = tuple[str, str, int]
"""Journal and entry number without padding, and fiscal year."""


def reconcile_files(work: Work, files: Sequence[AuditFile], asked: Asked) -> Reconciliation:
    """Compare what is booked in the scope with audit files; changes nothing, and calls nobody.

    Only the fiscal years that the files cover are compared. ConfigurationError says what is wrong with a
    file. Memory holds sums, the ids of what was compared, and some bookings at a time.
    """
    proving = _Proving(work, asked)
    for file in files:
        proving.read(file)
    return proving.concluded()


@dataclass
class _Proving:
    """Sums, faults and seen postings while files are read."""

    work: Work
    asked: Asked
    table: dict[Place, Comparison] = field(default_factory=dict)
    others: list[tuple[Place, NotOurs]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    untold: Counter[str] = field(default_factory=Counter)
    covered: dict[int, AuditFile] = field(default_factory=dict)
    after_reading: int = 0

    def __post_init__(self) -> None:
        self._owned = Owned(administration=self.work.administration, source_id=self.asked.source_id)
        self._journals = {folded(journal): journal for journal, _ in self.asked.scope}

    def read(self, file: AuditFile) -> None:
        """Compare every booking of one file."""
        transactions = file.transactions()
        while chunk := list(islice(transactions, CHUNK)):
            with self.work.engine.begin() as connection:
                if file not in self.covered.values():
                    self._cover(connection, file)
                self._compare(connection, file, chunk)
        if file not in self.covered.values():
            raise ConfigurationError(f"{file.path} holds no bookings.")

    def concluded(self) -> Reconciliation:
        """Name what the files do not hold, and hand out what was found."""
        with self.work.engine.begin() as connection:
            at = self.work.now(connection)
            for standing in booked_standings(connection, self._owned, frozenset(self.table)):
                if standing.posting_id in self.seen:
                    continue
                if self._is_after_reading(standing):
                    self.after_reading += 1
                    continue
                self.seen.add(standing.posting_id)
                self.faults += compare_document(self.table, standing, (), Reading(boxes=self.asked.boxes))
        for place, other in self.others:
            add_other(self.table, place, other)
        return Reconciliation(
            comparisons=tuple(self.table[place] for place in sorted(self.table, key=str)),
            faults=tuple(sorted(self.faults, key=lambda fault: fault.posting_id)),
            compared=tuple(sorted(self.seen)),
            at=at,
            untold=dict(self.untold),
            after_reading=self.after_reading,
        )

    def _cover(self, connection: Connection, file: AuditFile) -> None:
        fiscal_year = _fiscal_year(connection, self._owned, file)
        self.covered[fiscal_year] = file
        for place in self.asked.scope:
            if place[1].fiscal_year == fiscal_year:
                self.table.setdefault(place, empty(*place))

    def _compare(self, connection: Connection, file: AuditFile, chunk: Sequence[AuditTransaction]) -> None:
        fiscal_year = next(year for year, covering in self.covered.items() if covering is file)
        by_reference, by_number = self._look_up(connection, chunk, fiscal_year)
        others: list[AuditTransaction] = []
        for transaction in chunk:
            number = (folded(transaction.journal), folded(transaction.number), fiscal_year)
            ours = [
                by_reference[reference] for reference in transaction.references if reference in by_reference
            ]
            if not ours and number in by_number:
                ours = [by_number[number]]
            if not ours or folded(transaction.journal) not in self._journals:
                others.append(transaction)
                continue
            for standing in ours:
                self._add(file, transaction, standing, fiscal_year)
        referred = {reference for other in others for reference in other.sure_references}
        known = known_references(connection, referred)
        for transaction in others:
            journal = self._journals.get(folded(transaction.journal), transaction.journal)
            place = (journal, Period(fiscal_year=fiscal_year, number=transaction.period))
            other = as_other(transaction, known)
            if place in self.table or other.reference is not None:
                self.others.append((place, other))

    def _look_up(
        self, connection: Connection, chunk: Sequence[AuditTransaction], fiscal_year: int
    ) -> tuple[dict[str, Standing], dict[Number, Standing]]:
        concerned = [one for one in chunk if folded(one.journal) in self._journals]
        found = standings_named(
            connection,
            self._owned,
            references={reference for one in concerned for reference in one.references},
            numbers={(folded(one.journal), folded(one.number)) for one in concerned},
        )
        by_reference: dict[str, Standing] = {}
        by_number: dict[Number, Standing] = {}
        for standing in found:
            if (standing.journal, standing.period) not in self.table or standing.entry is None:
                continue
            by_reference[standing.reference] = standing
            number = (folded(standing.journal or ""), folded(standing.target_entry_number or ""), fiscal_year)
            if standing.entry.fiscal_year == fiscal_year:
                by_number[number] = standing
        return by_reference, by_number

    def _add(
        self, file: AuditFile, transaction: AuditTransaction, standing: Standing, fiscal_year: int
    ) -> None:
        entry = standing.entry
        if entry is None or standing.journal is None or standing.period is None:
            return
        seen = as_booked(
            transaction,
            entry,
            fiscal_year=fiscal_year,
            vat_accounts=file.vat_accounts,
            currency=file.currency or entry.currency,
        )
        told = Told(vat=seen.tells_vat, gross=seen.tells_gross)
        self._count_untold(told, party=seen.booked.party is not None or entry.party is None)
        reading = Reading(boxes=self.asked.boxes, told=told)
        if standing.posting_id not in self.seen:
            self.seen.add(standing.posting_id)
            self.faults += compare_document(self.table, standing, (seen.booked,), reading)
            return
        self.table[standing.journal, standing.period].add_booking(entry, seen.booked, reading)
        self.faults.append(
            Fault(
                kind=FindingKind.BOOKED_TWICE,
                posting_id=standing.posting_id,
                document=standing.document,
                subject=seen.booked.id,
                detail={"number": seen.booked.entry_number, "journal": seen.booked.journal},
            )
        )

    def _count_untold(self, told: Told, *, party: bool) -> None:
        for name, is_told in (("vat_codes", told.vat), ("currency", told.gross), ("party", party)):
            if not is_told:
                self.untold[name] += 1

    def _is_after_reading(self, standing: Standing) -> bool:
        """Say whether a booking cannot be in the file: made after it, or dated after its last day."""
        if standing.period is None or standing.entry is None:
            return False
        file = self.covered[standing.period.fiscal_year]
        if file.last_day is not None and standing.entry.entry_date > file.last_day:
            return True
        if file.made_on is None or standing.booked_at is None:
            return False
        return standing.booked_at.astimezone(BUSINESS_ZONE).date() > file.made_on


def _fiscal_year(connection: Connection, owned: Owned, file: AuditFile) -> int:
    """Return the fiscal year of a file; a broken one, named by two years, is what the books call it."""
    years = tuple(dict.fromkeys(file.fiscal_years))
    if len(years) == 1:
        return years[0]
    if file.first_day is None or file.last_day is None:
        raise ConfigurationError(f"{file.path} names neither a fiscal year nor its first and last day.")
    found = fiscal_year_between(connection, owned, file.first_day, file.last_day)
    return found if found is not None else years[0] if years else file.first_day.year
