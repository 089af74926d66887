"""One journal and period: its figures by VAT code, box and party, its documents, and what others booked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.keys import Purpose
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.expected import books_sign, expected_gross
from finance_hooks.posting.statement_words import say, say_difference
from finance_hooks.store.period_documents import Cursor, Differing
from finance_hooks.store.proof import Standing

LONGEST_ID = 18
"""Digits that a number of the database has at most."""

NOTES: Mapping[str, str] = {
    "reversal": "period.reversal",
    "gone": "period.gone",
    "undone": "period.undone",
    "later": "period.later",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One amount on both sides."""

    sent: Decimal
    booked: Decimal

    @property
    def difference(self) -> Decimal:
        """What was sent more than is booked."""
        return self.sent - self.booked


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What is compared under one code, box or party: a pair of amounts for each heading."""

    code: str
    pairs: tuple[Pair, ...]

    @property
    def agrees(self) -> bool:
        """Whether all of it is the same on both sides."""
        return all(pair.difference == ZERO for pair in self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """A booking of somebody else; one with a `reference` was made by us, and the store does not know it."""

    number: str
    document: str | None
    entry_date: date
    party: str | None
    debit: Decimal
    description: str
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The whole comparison of one journal and period."""

    compared_at: datetime
    documents: int
    entries: int
    gross: Pair
    store_gross: Decimal
    debit: Decimal
    credit: Decimal
    residue: Decimal
    vat_rounding: Decimal
    vat: tuple[Sides, ...]
    boxes: tuple[Sides, ...]
    open: Pair
    parties: tuple[Sides, ...]
    not_ours: int
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One document of the list: what the source and what the store say, and how it stands."""

    document: str
    reference: str
    entry_number: str | None
    source: Decimal
    store: Decimal | None
    state: PostingState
    booked_at: datetime | None
    notes: tuple[str, ...]


def read_comparison(plain: Mapping[str, Any]) -> Figures:
    """Read a comparison as its run wrote it."""
    others = [_other(other) for other in plain["not_ours_entries"]]
    return Figures(
        compared_at=datetime.fromisoformat(plain["compared_at"]),
        documents=plain["documents"],
        entries=plain["entries"],
        gross=_pair((plain["source_gross"], plain["books_gross"])),
        store_gross=Decimal(plain["store_gross"]),
        debit=Decimal(plain["debit"]),
        credit=Decimal(plain["credit"]),
        residue=Decimal(plain["conversion_residue"]),
        vat_rounding=Decimal(plain["vat_rounding"]),
        vat=_sides(plain, "vat_base", "vat", "vat_shifted"),
        boxes=_sides(plain, "box_base", "box_vat"),
        open=_pair(plain["open"]),
        parties=_sides(plain, "parties"),
        not_ours=plain["not_ours"],
        others=tuple(sorted(others, key=lambda other: other.reference is None)),
    )


def list_document(standing: Standing) -> Listed:
    """Say what a line of the list says of one posting."""
    entry = standing.entry
    return Listed(
        document=standing.document,
        reference=standing.reference,
        entry_number=standing.target_entry_number,
        source=expected_gross(standing),
        store=None if entry is None else books_sign(standing) * entry.gross_in_books,
        state=standing.state,
        booked_at=standing.booked_at,
        notes=tuple(NOTES[name] for name in _notes(standing)),
    )


def tell_differing(differing: Differing, language: Language) -> str:
    """Say of a booking that differs in what it does."""
    found = [
        say_difference(one["what"], one["sent"], one["booked"], language)
        for one in differing.detail.get("differences", ())
    ]
    return "; ".join([say(differing.kind, language), *found])


def write_cursor(last: Standing) -> str:
    """Write after which line the next page goes on, for its address."""
    at = "" if last.booked_at is None else last.booked_at.isoformat()
    return f"{last.posting_id}@{at}"


def read_cursor(text: str) -> Cursor | None:
    """Read after which line a page goes on; what is no such line is the beginning."""
    posting_id, _, at = text.partition("@")
    if not (posting_id.isdecimal() and len(posting_id) <= LONGEST_ID):
        return None
    try:
        booked_at = datetime.fromisoformat(at) if at else None
    except ValueError:
        return None
    return Cursor(booked_at=booked_at, posting_id=int(posting_id))


def _notes(standing: Standing) -> Iterator[str]:
    if standing.purpose is Purpose.REVERSE:
        yield "reversal"
    if standing.is_gone:
        yield "gone"
    if standing.is_undone:
        yield "undone"
    if standing.n > 1:
        yield "later"


def _sides(plain: Mapping[str, Any], *names: str) -> tuple[Sides, ...]:
    codes = sorted({code for name in names for code in plain[name]})
    nothing = ("0.00", "0.00")
    return tuple(
        Sides(code=code, pairs=tuple(_pair(plain[name].get(code, nothing)) for name in names))
        for code in codes
    )


def _pair(plain: Sequence[str]) -> Pair:
    sent, booked = plain
    return Pair(sent=Decimal(sent), booked=Decimal(booked))


def _other(plain: Mapping[str, Any]) -> Other:
    return Other(
        number=plain["number"],
        document=plain["document"],
        entry_date=date.fromisoformat(plain["entry_date"]),
        party=plain["party"],
        debit=Decimal(plain["debit"]),
        description=plain["description"],
        reference=plain["reference"],
    )
