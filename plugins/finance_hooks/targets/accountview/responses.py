"""Read what AccountView answers to a posted page: its number, refused, later or unknown; by body.

AccountView: which status its own errors have is not documented (400, 500 and 200 are looked at by clients). A
page is booked only when the answer is 2xx, is JSON, holds the page with its number, and states no error.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Later, Refused, Unknown
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.accountview.pages import PAGE
from finance_hooks.targets.accountview.refusals import (
    Dictionary,
    is_broken,
    is_busy,
    is_forbidden,
    read_refusal,
)
from finance_hooks.targets.accountview.wire import UNEXPECTED, Fault, Row, read_fault, read_tables, read_text
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from finance_hooks.transport.headers import read_wait_s

NEVER_SENT_PAUSE_S = 60
THROTTLED_PAUSE_S = 60
BUSY_PAUSE_S = 600
REQUEST_TIMEOUT = 408
TOO_MANY_REQUESTS = 429
CLOSED_TO_US = frozenset({401, 403, 404})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """AccountView keeps the page under this number; `row` is its header as far as the answer has it."""

    page_number: str
    row: Row


def read_response(
    sending: Sending, entry: Entry, dictionary: Dictionary, now: datetime
) -> Stored | Refused | Later | Unknown:
    """Say what became of one posted page; `now` is the caller's clock."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=entry.reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=entry.reference, why=sending.why)
    if sending.status == TOO_MANY_REQUESTS:
        until = now + timedelta(seconds=throttled_for_s(sending))
        return Later(reference=entry.reference, until=until, why="AccountView answered 429")
    fault = read_fault(sending.body)
    if fault is not None and fault.is_business and _is_judged(sending):
        return _read_business_error(fault, sending, entry, dictionary, now)
    return _read_answer(sending, entry)


def why_closed(sending: Sending, entry: Entry) -> str | None:
    """Say why nothing more may be sent to the company: token, rights, or a company that is not the user's."""
    if not isinstance(sending, Answer):
        return None
    fault = read_fault(sending.body)
    if sending.status not in CLOSED_TO_US and (fault is None or not is_forbidden(fault.message)):
        return None
    return f"Company {entry.administration}: {describe_answer(sending)}"


def throttled_for_s(answer: Answer) -> int:
    """Say how long to leave AccountView alone after a 429."""
    asked_s = read_wait_s(answer.headers.get("Retry-After", ""))
    return THROTTLED_PAUSE_S if asked_s is None else asked_s


def describe_answer(answer: Answer) -> str:
    """Say why AccountView did not do what was asked, in its own words where it has any."""
    fault = read_fault(answer.body)
    words = [fault.message, *fault.numbers] if fault is not None else []
    said = ", ".join(" ".join(word.split()) for word in words if word)
    return f"AccountView answered {answer.status}" + (f": {said}" if said else "")


def _is_judged(answer: Answer) -> bool:
    """Say whether a status leaves it to the body what happened; closed doors are for a person anyway."""
    is_open = answer.status not in CLOSED_TO_US | {REQUEST_TIMEOUT}
    return is_open and not 300 <= answer.status < 400


def _read_business_error(
    fault: Fault, answer: Answer, entry: Entry, dictionary: Dictionary, now: datetime
) -> Refused | Later | Unknown:
    if is_broken(fault.message) or _holds_page(answer):
        return Unknown(reference=entry.reference, why=describe_answer(answer))
    if is_busy(fault.message):
        until = now + timedelta(seconds=BUSY_PAUSE_S)
        return Later(reference=entry.reference, until=until, why=describe_answer(answer))
    reasons = read_refusal(fault.message, entry, dictionary)
    if not reasons:
        return Unknown(reference=entry.reference, why=describe_answer(answer))
    return Refused(reference=entry.reference, reasons=reasons)


def _read_answer(answer: Answer, entry: Entry) -> Stored | Refused | Unknown:
    if 200 <= answer.status < 300:
        return _read_stored(answer, entry)
    if 400 <= answer.status < 500 and answer.status != REQUEST_TIMEOUT:
        reason = Reason(
            code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=describe_answer(answer)
        )
        return Refused(reference=entry.reference, reasons=(reason,))
    return Unknown(reference=entry.reference, why=describe_answer(answer))


def _read_stored(answer: Answer, entry: Entry) -> Stored | Unknown:
    why = f"AccountView answered {answer.status}"
    try:
        rows = read_tables(answer.body).get(PAGE, ())
    except UNEXPECTED:
        return Unknown(reference=entry.reference, why=f"{why} with an unreadable body")
    number = read_text(rows[0].get("PAGE_NR")) if len(rows) == 1 else None
    if number is None:
        return Unknown(reference=entry.reference, why=f"{why} without one page and its number")
    return Stored(page_number=number, row=rows[0])


def _holds_page(answer: Answer) -> bool:
    """Say whether an answer that states an error names a page beside it."""
    return f'"{PAGE}"'.encode() in answer.body.upper()
