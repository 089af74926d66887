"""What is asked of page Documenten in its address: read leniently, every misunderstanding named."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.sought_documents import Place, Sought

P = PostingState
T = TypeVar("T")
UNCLEAR = "unclear"
"""Stands for all that may or may not be booked."""
STATES: Mapping[str, Sequence[PostingState]] = {
    UNCLEAR: (P.UNKNOWN, P.SENDING),
    **{state.value: (state,) for state in P},
}
LONGEST = 80
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
DUTCH = re.compile(r"\d{1,3}(\.\d{3})*(,\d{1,2})?|\d+(,\d{1,2})?")
PLAIN = re.compile(r"\d+(\.\d{1,2})?")
PERIOD = re.compile(r"(?P<year>\d{4})(?:[-/ ](?P<number>\d{1,3}))?")
PLACE = re.compile(r"(?P<dated_on>\d{4}-\d\d-\d\d)?_(?P<document_id>\d{1,18})_(?P<posting_id>\d{1,18})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The boxes of the form as they were filled in; an empty one asks nothing."""

    sync_id: str = ""
    number: str = ""
    party: str = ""
    amount: str = ""
    amount_to: str = ""
    state: str = ""
    reason: str = ""
    dated_from: str = ""
    dated_to: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was asked, and the keys of texts about boxes that could not be understood and ask nothing."""

    asked: Asked
    sought: Sought
    faults: Sequence[str]


def read_asked(given: Mapping[str, str]) -> Asked:
    """Read the form; what cannot be printed, and what is too long to be a value, is left out."""
    return Asked(**{field.name: _clean(given.get(field.name, "")) for field in fields(Asked)})


def understand(asked: Asked) -> Understood:
    """Read every box but that of the party, which the store knows."""
    faults: list[str] = []
    amount = _read(asked.amount, read_amount, faults, "documents.amount_fault")
    amount_to = _read(asked.amount_to, read_amount, faults, "documents.amount_fault")
    dated_from = _read(asked.dated_from, read_date, faults, "documents.date_fault")
    dated_to = _read(asked.dated_to, read_date, faults, "documents.date_fault")
    year, number = _read(asked.period, read_period, faults, "documents.period_fault") or (None, None)
    sought = Sought(
        number=asked.number or None,
        gross_from=amount,
        gross_to=amount if not asked.amount_to else amount_to,
        states=STATES.get(asked.state),
        reason=ReasonCode(asked.reason) if asked.reason in set(ReasonCode) else None,
        dated_from=dated_from,
        dated_to=dated_to,
        fiscal_year=year,
        period=number,
    )
    return Understood(asked=asked, sought=sought, faults=tuple(dict.fromkeys(faults)))


def read_amount(text: str) -> Decimal | None:
    """Read an amount written the Dutch way or with a point before its cents; its sign does not matter."""
    bare = re.sub(r"[\s€]|EUR", "", text).lstrip("+-")
    if DUTCH.fullmatch(bare) and ("," in bare or GROUPED.fullmatch(bare)):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare) if PLAIN.fullmatch(bare) else None


def read_date(text: str) -> date | None:
    """Read a date as a browser sends it, or as people here write it."""
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None


def read_period(text: str) -> tuple[int, int | None] | None:
    """Read a fiscal year, or one with a period: 2026, 2026-10."""
    found = PERIOD.fullmatch(text)
    if found is None:
        return None
    return int(found["year"]), int(found["number"]) if found["number"] else None


def write_place(place: Place) -> str:
    """Write where a page begins or ends into an address."""
    return f"{place.dated_on or ''}_{place.document_id}_{place.posting_id}"


def read_place(text: str | None, sought: Sought) -> Place | None:
    """Read where a page begins or ends; `None` when there is none, or not one of these pages."""
    found = PLACE.fullmatch(text or "")
    if found is None:
        return None
    dated_on = read_date(found["dated_on"]) if found["dated_on"] else None
    if sought.by_date and dated_on is None:
        return None
    return Place(
        dated_on=dated_on, document_id=int(found["document_id"]), posting_id=int(found["posting_id"])
    )


def _clean(text: str) -> str:
    return "".join(character for character in text if character.isprintable()).strip()[:LONGEST]


def _read(text: str, read: Callable[[str], T | None], faults: list[str], fault: str) -> T | None:
    value = read(text) if text else None
    if text and value is None:
        faults.append(fault)
    return value
