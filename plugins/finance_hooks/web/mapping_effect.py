"""Say what a changed mapping file would do: its changes as they may be shown, and the documents it frees."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.mapping.changed_file import Changed
from finance_hooks.mapping.missing_rows import ASKED_BY, Wanted, answered, missing_row
from finance_hooks.mapping.problems import Problem
from finance_hooks.mapping.row_changes import ChangeKind, RowChange
from finance_hooks.mapping.schemas import EVERY, Schema
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language
from finance_hooks.store.mapping_gaps import PARKED_MAX, Gaps
from finance_hooks.store.mapping_waiting import ParkedDocument
from finance_hooks.web.mapping import WANTED

ZERO = Decimal("0.00")
SHOWN_MAX = 200
"""Problems and changes that one page shows; the others are counted."""
WORDS_MAX = 120
"""Letters that are shown of what a file says: a header may be as long as the file."""
KINDS = {
    ChangeKind.ADDED: "mapping.added",
    ChangeKind.REMOVED: "mapping.removed",
    ChangeKind.CHANGED: "mapping.changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """Parked documents that then have every row they ask for, and those that get some and lack others.

    `is_cut` says that more are parked than were looked at.
    """

    documents: int
    gross: Decimal
    partly: int
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One change, the key of the word for its kind, and how many recent documents used the row."""

    change: RowChange
    kind: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChanges:
    """The changes that a user may see, how many of each kind, and whether others have any: not how many."""

    rows: Sequence[ShownChange]
    counts: Mapping[str, int]
    concerns_others: bool

    @property
    def total(self) -> int:
        """How many there are that the user may see."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProblems:
    """The problems of a file that a user may see, how many they are, and whether others have any."""

    rows: Sequence[str]
    total: int
    concerns_others: bool


def asking_for(schema: Schema) -> Gaps:
    """Say which reasons ask for a row of a table."""
    codes = {code for code, by_field in ASKED_BY.items() if schema in by_field.values()}
    return Gaps(codes=frozenset(codes), sides=WANTED.sides)


def find_freed(parked: Sequence[ParkedDocument], changed: Changed) -> Freed:
    """Count the documents that the changed file frees; one that waits for anything else is not free."""
    asked = {one.posting_id: _asked(one) for one in parked}
    every = {wanted for rows in asked.values() for wanted in rows if wanted is not None}
    after = answered(every, changed.after, changed.before)
    news = after - answered(every, changed.before, changed.before)
    touched = [one for one in parked if any(wanted in news for wanted in asked[one.posting_id])]
    free = [one for one in touched if all(wanted in after for wanted in asked[one.posting_id])]
    return Freed(
        documents=len(free),
        gross=sum((abs(one.gross) for one in free if one.gross is not None), ZERO),
        partly=len(touched) - len(free),
        is_cut=len(parked) > PARKED_MAX,
    )


def _asked(parked: ParkedDocument) -> list[Wanted | None]:
    """Return the rows that a document asks for; what asks for none, or cannot be dated, is `None`."""
    day = parked.document_date.isoformat() if parked.document_date else ""
    rows = [
        missing_row(ReasonCode(reason["code"]), reason["field"], reason["value"], parked.side)
        for reason in parked.reasons
    ]
    return [(row, day) if row is not None else None for row in rows]


def show_changes(
    changes: Sequence[RowChange], visible: Collection[str], by_row: Mapping[str, int]
) -> ShownChanges:
    """Choose the changes in rows of administrations that the user may see, and of those for all."""
    mine = [change for change in changes if change.owner in {*visible, EVERY}]
    return ShownChanges(
        rows=[
            ShownChange(change=change, kind=KINDS[change.kind], documents=by_row.get(change.content or "", 0))
            for change in mine[:SHOWN_MAX]
        ],
        counts={text: sum(change.kind is kind for change in mine) for kind, text in KINDS.items()},
        concerns_others=len(changes) > len(mine),
    )


def show_problems(
    problems: Sequence[Problem],
    visible: Collection[str],
    hidden: Collection[str | None],
    language: Language,
) -> ShownProblems:
    """Choose the problems that do not stand in rows of administrations that the user must not know of."""
    kept = [one for one in problems if one.whose in visible or one.whose not in hidden]
    kept.sort(key=lambda one: one.line or 0)
    return ShownProblems(
        rows=[one.sentence(language, WORDS_MAX) for one in kept[:SHOWN_MAX]],
        total=len(kept),
        concerns_others=len(problems) > len(kept),
    )
