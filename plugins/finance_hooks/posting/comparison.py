"""Add up source and books of one journal and period: amounts, VAT codes, boxes of the return, parties."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.money import ZERO
from finance_hooks.posting.compare import EVERYTHING, Told, conversion_residue
from finance_hooks.posting.receivables import booked_open, sent_open
from finance_hooks.posting.vat_boxes import NO_BOXES, BoxSum, ReturnBoxes, place
from finance_hooks.posting.vat_sums import NOTHING, VatSum, booked_sums, sent_sums, told, without_residue

LISTED = 200
"""The most bookings of others that one comparison of a nightly report lists; the count names them all."""

BOTH_SIDES = ("vat", "vat_base", "vat_shifted", "box_base", "box_vat", "parties")
Sides = dict[str, tuple[Decimal, Decimal]]
"""What was sent and what is booked, by VAT code, box or party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOurs:
    """A booking that somebody else made in a journal and period of ours.

    `reference` is one of ours that the store does not know to be booked: it was booked by us, and forgotten.
    """

    number: str
    document: str | None
    entry_date: date
    party: str | None
    debit: Decimal
    description: str
    reference: str | None = None


@dataclass(slots=True, kw_only=True)
class Comparison:
    """Source against books in one journal and period; what is by code, box or party as (sent, booked).

    `documents` counts what should stand there: of a corrected one its first booking and the reversal, too.
    `store_gross` is what the entries say that were sent. `conversion_residue` are the cents that converting
    leg by leg gave more than converting the total; they are part of `source_gross`, since a foreign document
    has no amount of its own in the books' currency. `vat_base` is what VAT was computed on, `vat_shifted`
    what the buyer owes and claims at once; the package works that out itself, and `vat_rounding` are the
    cents by which it differs, part of what counts as sent. `box_base` and `box_vat` are the boxes of the
    return. `parties` is what our entries leave open, positive when owed to us.
    """

    journal: str
    fiscal_year: int
    period: int
    documents: int = 0
    source_gross: Decimal = ZERO
    store_gross: Decimal = ZERO
    conversion_residue: Decimal = ZERO
    entries: int = 0
    books_gross: Decimal = ZERO
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    not_ours: int = 0
    vat_rounding: Decimal = ZERO
    vat: Sides = field(default_factory=dict)
    vat_base: Sides = field(default_factory=dict)
    vat_shifted: Sides = field(default_factory=dict)
    box_base: Sides = field(default_factory=dict)
    box_vat: Sides = field(default_factory=dict)
    parties: Sides = field(default_factory=dict)
    not_ours_entries: list[NotOurs] = field(default_factory=list)

    @property
    def difference(self) -> Decimal:
        """What the source has more than the books."""
        return self.source_gross - self.books_gross

    @property
    def agrees(self) -> bool:
        """Whether every total, code, box and party is the same on both sides."""
        sides = [pair for name in BOTH_SIDES for pair in getattr(self, name).values()]
        return self.difference == ZERO and all(sent == booked for sent, booked in sides)

    def add(
        self,
        gross: Decimal,
        entry: Entry,
        found: tuple[BookedEntry, ...],
        reading: "Reading",
        *,
        sign: int = 1,
    ) -> None:
        """Add one entry: what was sent, and every booking of it that was found.

        `sign` is -1 for the reversal of a memorial: its total, the sum of debit, counts down.
        """
        self.documents += 1
        self.source_gross += gross
        self.store_gross += sign * entry.gross_in_books
        sent = sent_sums(entry)
        if found:
            residue = sign * conversion_residue(entry, found[0].gross_in_books)
            self.source_gross += residue
            self.store_gross += residue
            self.conversion_residue += residue
            settled = without_residue(entry, sent, _as_told(found[0], sent, reading.told))
            self.vat_rounding += _shifted(settled) - _shifted(sent)
            sent = settled
        self._add_vat(entry, sent, reading, side=0, is_credit=entry.gross < ZERO)
        for party, amount in sent_open(entry).items():
            _add(self.parties, party, amount, 0)
        for booked in found:
            self.add_booking(entry, booked, reading, sign=sign)

    def add_booking(self, entry: Entry, booked: BookedEntry, reading: "Reading", *, sign: int = 1) -> None:
        """Add one booking of a document; a second one is a double."""
        self.entries += 1
        self.books_gross += sign * booked.gross_in_books
        self.debit += sum((line.debit for line in booked.lines), ZERO)
        self.credit += sum((line.credit for line in booked.lines), ZERO)
        sums = _as_told(booked, sent_sums(entry), reading.told)
        self._add_vat(entry, sums, reading, side=1, is_credit=booked.gross_in_books < ZERO)
        for party, amount in booked_open(booked, sent_open(entry)).items():
            _add(self.parties, party, amount, 1)

    def add_other(self, booked: NotOurs) -> None:
        """Note a booking of somebody else."""
        self.not_ours += 1
        self.not_ours_entries.append(booked)

    def _add_vat(
        self, entry: Entry, sums: Mapping[str, VatSum], reading: "Reading", *, side: int, is_credit: bool
    ) -> None:
        for code, summed in sums.items():
            _add(self.vat, code, summed.vat, side)
            _add(self.vat_base, code, summed.base, side)
            _add(self.vat_shifted, code, summed.shifted or ZERO, side)
            for box, amounts in reading.place(entry, code, summed, is_credit=is_credit).items():
                _add(self.box_base, box, amounts.base, side)
                _add(self.box_vat, box, amounts.vat, side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How bookings are read: what the reading tells of them, and in which boxes their VAT codes belong."""

    boxes: ReturnBoxes = NO_BOXES
    told: Told = EVERYTHING

    def place(self, entry: Entry, code: str, summed: VatSum, *, is_credit: bool) -> Mapping[str, BoxSum]:
        """Divide the sums of a code over the boxes it has on the day of the entry."""
        boxes = self.boxes.of(code, entry.kind, entry.entry_date)
        if entry.kind is EntryKind.MEMORIAL and self.boxes.is_sold(code):
            summed = VatSum(base=-summed.base, vat=-summed.vat, shifted=ZERO)
        return place(self.boxes.country, boxes, summed, is_credit=is_credit)


def empty(journal: str, period: Period) -> Comparison:
    """Begin a comparison."""
    return Comparison(journal=journal, fiscal_year=period.fiscal_year, period=period.number)


def not_ours(booked: BookedEntry, known: AbstractSet[str] = frozenset()) -> NotOurs:
    """Describe a booking of somebody else; `known` are the references known to be booked."""
    return NotOurs(
        number=booked.entry_number,
        document=booked.number,
        entry_date=booked.entry_date,
        party=booked.party,
        debit=sum((line.debit for line in booked.lines), ZERO),
        description=next((line.description for line in booked.lines if line.description), ""),
        reference=next(iter(sorted(booked.references - known)), None),
    )


def comparison_to_plain(
    comparison: Comparison, compared_at: datetime, listed: int | None = LISTED
) -> dict[str, Any]:
    """Write a comparison as JSON-ready values.

    With `listed` only so many bookings of others are listed, and of the parties those that differ.
    """
    plain = {one.name: _plain(getattr(comparison, one.name)) for one in fields(comparison)}
    # What was forgotten comes first: whoever lists only some must not leave it out.
    others = sorted(
        comparison.not_ours_entries, key=lambda one: (one.reference is None, one.entry_date, one.number)
    )
    plain["not_ours_entries"] = [
        {name: _plain(value) for name, value in asdict(one).items()} for one in others[:listed]
    ]
    plain["open"] = [str(sum((pair[side] for pair in comparison.parties.values()), ZERO)) for side in (0, 1)]
    if listed is not None:
        differing = {party: pair for party, pair in comparison.parties.items() if pair[0] != pair[1]}
        plain["parties"] = _plain(differing)
    return {**plain, "difference": str(comparison.difference), "compared_at": compared_at.isoformat()}


def _as_told(booked: BookedEntry, sent: Mapping[str, VatSum], told_of: Told) -> dict[str, VatSum]:
    if not told_of.vat:
        return dict(sent)
    return {code: told(sent.get(code, NOTHING), summed) for code, summed in booked_sums(booked).items()}


def _shifted(sums: Mapping[str, VatSum]) -> Decimal:
    return sum((one.shifted or ZERO for one in sums.values()), ZERO)


def _add(sides: Sides, key: str, amount: Decimal, side: int) -> None:
    sent, booked = sides.get(key, (ZERO, ZERO))
    sides[key] = (sent + amount, booked) if side == 0 else (sent, booked + amount)


def _plain(value: object) -> Any:  # noqa: ANN401 - what JSON takes
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, dict):
        return {key: [str(sent), str(booked)] for key, (sent, booked) in sorted(value.items())}
    return value
