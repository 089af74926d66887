"""Hold what a comparison with the books found: sums per journal and period, and what is wrong with whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.posting.compare import Told, compare, describe
from finance_hooks.posting.comparison import Comparison, NotOurs, Reading, empty
from finance_hooks.posting.expected import books_sign, expected_gross
from finance_hooks.posting.vat_boxes import NO_BOXES, ReturnBoxes
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.proof import Standing

Place = tuple[str, Period]
"""Journal and period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be proved: whose documents, in which journals and periods, in which boxes of the return."""

    source_id: str
    scope: frozenset[tuple[str, Period]]
    boxes: ReturnBoxes = NO_BOXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one booking, ready to be kept as a finding."""

    kind: FindingKind
    posting_id: int
    document: str
    subject: str
    detail: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """What was found: sums, faults, and the postings that were compared, at an instant of the store's clock.

    `untold` counts the bookings of which the reading did not tell something; `after_reading` are booked
    documents that cannot be in it yet, left out of the sums.
    """

    comparisons: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    compared: tuple[int, ...]
    at: datetime
    untold: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    after_reading: int = 0

    @property
    def agrees(self) -> bool:
        """Whether both sides are the same in everything compared, and no booking of ours was forgotten."""
        return not self.faults and not self.forgotten and all(one.agrees for one in self.comparisons)

    @property
    def forgotten(self) -> int:
        """How many bookings bear a reference of ours and are not known to be booked."""
        return sum(other.reference is not None for one in self.comparisons for other in one.not_ours_entries)


def compare_document(
    table: Mapping[tuple[str, Period], Comparison],
    standing: Standing,
    found: tuple[BookedEntry, ...],
    reading: Reading,
) -> list[Fault]:
    """Add one booked document to its comparison and name what is wrong with its bookings."""
    if standing.entry is None or standing.journal is None or standing.period is None:
        return []
    comparison = table[standing.journal, standing.period]
    if standing.is_gone:
        for booked in found:
            comparison.add_booking(standing.entry, booked, reading)
    else:
        sign = books_sign(standing)
        comparison.add(expected_gross(standing), standing.entry, found, reading, sign=sign)
    return [
        Fault(
            kind=kind,
            posting_id=standing.posting_id,
            document=standing.document,
            subject=subject,
            detail=detail,
        )
        for kind, subject, detail in _faults(standing, found, reading.told)
    ]


def add_other(table: dict[Place, Comparison], place: Place, other: NotOurs) -> None:
    """Note a booking of somebody else; one of ours that was forgotten also where its period is not proved."""
    if place in table:
        table[place].add_other(other)
    elif other.reference is not None:
        nearby = min(table, key=lambda proved: (proved[0] != place[0], str(proved)), default=place)
        table.setdefault(nearby, empty(*nearby)).not_ours_entries.append(other)


def _faults(
    standing: Standing, found: tuple[BookedEntry, ...], told: Told
) -> Iterator[tuple[FindingKind, str, dict[str, object]]]:
    if not found and not standing.is_gone:
        yield FindingKind.MISSING_IN_BOOKS, standing.reference, {"document": standing.document}
    # What was said to have gone, and is booked anew perhaps, must not be there at all.
    for double in found if standing.is_gone else found[1:]:
        yield FindingKind.BOOKED_TWICE, double.id, {"number": double.entry_number, "journal": double.journal}
    if found and standing.entry is not None and not standing.is_gone:
        differences = compare(standing.entry, found[0], told)
        if differences:
            yield FindingKind.AMOUNT_DIFFERS, found[0].id, describe(differences)
