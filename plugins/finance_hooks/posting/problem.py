"""Name each kind of problem that somebody is told of; its value is an anchor of the runbook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class ProblemKind(StrEnum):
    """What can be wrong with a link, what keeps documents out of the books for longest first."""

    ROW_WRONG = "row-wrong"
    NIGHT_MISSED = "night-missed"
    DEADLINE_MISSED = "deadline-missed"
    TOKEN_GONE = "token-gone"  # noqa: S105 - the name of an anchor
    TASK_FAILED = "task-failed"
    UNCLEAR = "unclear"
    DIFFERENT = "different"
    FORGOTTEN = "booked-and-forgotten"
    NOT_ACCOUNTED = "not-accounted"
    PARKED = "parked"
    FINDING = "finding-after-booking"
    LIMIT_REACHED = "limit-reached"


FIRST_SIGHT = frozenset({ProblemKind.PARKED, ProblemKind.UNCLEAR})
"""What a run tells of as soon as it knows, without waiting for its end."""

RUNBOOK = "docs/runbook.md"
RUNBOOK_PAGE = "/finance/runbook"

PAGES: Mapping[ProblemKind, str] = MappingProxyType(
    {
        ProblemKind.PARKED: "/finance/documents?sync_id={sync_id}&state=parked",
        ProblemKind.UNCLEAR: "/finance/documents?sync_id={sync_id}&state=unclear",
        ProblemKind.LIMIT_REACHED: "/finance/documents?sync_id={sync_id}&state=pending",
    }
)
LINK_PAGE = "/finance/links/{sync_id}"
"""Where the documents, or the link that a problem is about, can be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: `keys` tell it from every other one of its administration.

    A parked document has a key for each reason: a new reason is news, and one that is gone is none.

    `subject` is what it is about, such as the number of a document. `key_of_text` and `values` make a
    sentence of it in either language; of a parked document `sentences` are its reasons, by language.
    """

    kind: ProblemKind
    keys: tuple[str, ...]
    subject: str = ""
    key_of_text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    sentences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def runbook_line(kind: ProblemKind) -> str:
    """Say where in the runbook a kind of problem is explained, for a screen or a log."""
    return f"What to do: {RUNBOOK}#{kind.value}, or {RUNBOOK_PAGE}#{kind.value} in Airflow."


def reason_key(posting_id: int, code: str) -> str:
    """Return the key of one reason of a parked document."""
    return f"{ProblemKind.PARKED}:{posting_id}:{code}"


def count_solved(solved: Iterable[str], standing: Iterable[str]) -> int:
    """Count the problems of which no key stands any more, by the solved keys and those that stand."""
    return len({_problem_of(key) for key in solved} - {_problem_of(key) for key in standing})


def _problem_of(key: str) -> str:
    return key.rpartition(":")[0] if key.startswith(f"{ProblemKind.PARKED}:") else key
