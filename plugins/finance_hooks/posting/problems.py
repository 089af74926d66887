"""Find what somebody has to be told of one administration, each thing under keys that stay the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, get_args

from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.night import Night
from finance_hooks.posting.problem import Problem, ProblemKind, reason_key
from finance_hooks.store.findings import BOOKS_DIFFER, FindingKind
from finance_hooks.store.to_tell import OpenDocument, OpenFinding

K, P = ProblemKind, PostingState
LANGUAGES: tuple[Language, ...] = get_args(Language)
PLACES = ("booked", "already_booked", "parked", "waiting", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Why a user's consent does not hold, and since when; `None` where it was never given."""

    since: datetime | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that was seen of an administration at an instant.

    `report` is that of its newest run that has one. `consent` is `None` while nothing is wrong with it;
    `night` is judged once the deadline has passed. `wrong_row` is why its row cannot be used.
    """

    at: datetime
    documents: Sequence[OpenDocument]
    findings: Sequence[OpenFinding]
    report: Mapping[str, Any]
    consent: Consent | None = None
    night: Night = Night.DONE
    wrong_row: str = ""


def find_problems(seen: Seen) -> tuple[Problem, ...]:
    """Name every problem, the worst kind first."""
    found = [
        *_of_the_night(seen),
        *_of_consent(seen),
        *_of_report(seen.report),
        *(problem for document in seen.documents for problem in _of_document(document, seen.at)),
        *_of_limits(seen),
        *(problem for finding in seen.findings for problem in _of_finding(finding)),
    ]
    order = list(ProblemKind)
    return tuple(sorted(found, key=lambda problem: order.index(problem.kind)))


def is_unclear(document: OpenDocument, at: datetime) -> bool:
    """Say whether nobody knows if a document is booked; what is being sent at this moment is not unclear."""
    sent = document.state is P.SENDING and document.sent_until is not None and document.sent_until < at
    return document.state is P.UNKNOWN or sent


def is_held(document: OpenDocument) -> bool:
    """Say whether a person holds a document back, and so knows of it."""
    return any(reason.code is ReasonCode.ON_HOLD for reason in document.reasons)


def _of_the_night(seen: Seen) -> Iterator[Problem]:
    if seen.wrong_row:
        values = {"problems": seen.wrong_row}
        yield Problem(kind=K.ROW_WRONG, keys=(K.ROW_WRONG,), key_of_text="row_wrong", values=values)
    elif seen.night is Night.MISSED:
        yield Problem(kind=K.NIGHT_MISSED, keys=(K.NIGHT_MISSED,), key_of_text="night_missed")
    elif seen.night is Night.UNDER_WAY:
        yield Problem(kind=K.DEADLINE_MISSED, keys=(K.DEADLINE_MISSED,), key_of_text="deadline_missed")


def _of_consent(seen: Seen) -> Iterator[Problem]:
    gone = seen.consent
    if gone is not None:
        since = "never" if gone.since is None else gone.since.isoformat()
        text = "never_authorised" if gone.since is None else "token_gone"
        values = {"since": gone.since, "why": gone.why}
        yield Problem(kind=K.TOKEN_GONE, keys=(f"{K.TOKEN_GONE}:{since}",), key_of_text=text, values=values)


def _of_report(report: Mapping[str, Any]) -> Iterator[Problem]:
    for task in report.get("failed_tasks", ()):
        yield Problem(
            kind=K.TASK_FAILED, keys=(f"{K.TASK_FAILED}:{task}",), subject=task, key_of_text="task_failed"
        )
    for one in report.get("journals", ()):
        yield from _of_journal(one)
    if "documents" in report and report["documents"] != sum(report[place] for place in PLACES):
        yield Problem(kind=K.NOT_ACCOUNTED, keys=(K.NOT_ACCOUNTED,), key_of_text="not_accounted")


def _of_journal(one: Mapping[str, Any]) -> Iterator[Problem]:
    difference = Decimal(one["difference"])
    place = f"{one['journal']} {one['fiscal_year']}/{one['period']}"
    if difference != ZERO:
        key = f"{K.DIFFERENT}:{place}:{difference}"
        values = {"amount": difference}
        yield Problem(kind=K.DIFFERENT, keys=(key,), subject=place, key_of_text="different", values=values)
    for other in one.get("not_ours_entries", ()):
        if reference := other.get("reference"):
            yield Problem(
                kind=K.FORGOTTEN,
                keys=(f"{K.FORGOTTEN}:{reference}",),
                subject=str(reference),
                key_of_text="forgotten",
                values={"place": place},
            )


def _of_document(document: OpenDocument, at: datetime) -> Iterator[Problem]:
    if is_unclear(document, at):
        yield Problem(
            kind=K.UNCLEAR,
            keys=(f"{K.UNCLEAR}:{document.posting_id}",),
            subject=document.document,
            key_of_text="unclear",
        )
    elif document.state is P.PARKED and not is_held(document):
        codes = sorted({reason.code.value for reason in document.reasons})
        yield Problem(
            kind=K.PARKED,
            keys=tuple(reason_key(document.posting_id, code) for code in codes),
            subject=document.document,
            sentences={
                language: tuple(reason_sentence(reason, language) for reason in document.reasons)
                for language in LANGUAGES
            },
        )


def _of_limits(seen: Seen) -> Iterator[Problem]:
    kept_back = [one for one in seen.documents if one.not_before is not None and one.not_before > seen.at]
    if kept_back:
        until = max(one.not_before for one in kept_back if one.not_before is not None)
        why = next((one.waiting_why for one in kept_back if one.waiting_why), "")
        values = {"count": len(kept_back), "until": until, "why": why}
        yield Problem(
            kind=K.LIMIT_REACHED, keys=(K.LIMIT_REACHED,), key_of_text="limit_reached", values=values
        )


def _of_finding(finding: OpenFinding) -> Iterator[Problem]:
    """Name a finding that waits for a person: nothing was decided, or what was decided could not be done."""
    if finding.decision is not None and not finding.is_kept_back:
        return
    differs = finding.kind in {kind.value for kind in BOOKS_DIFFER}
    yield Problem(
        kind=K.DIFFERENT if differs else K.FINDING,
        keys=(f"finding:{finding.finding_id}",),
        subject=finding.document,
        key_of_text=f"finding_{FindingKind(finding.kind).value}",
    )
