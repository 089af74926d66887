"""Read what Twinfield answers to a batch of entries: per entry booked, refused, later or unknown.

Status 200 proves nothing: an entry is booked when its own node says result="1" and bears a number. Twinfield
developer portal, "XML web services guidelines"; batches as recorded in php-twinfield/twinfield.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lxml import etree

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.description import find_references
from finance_hooks.targets.twinfield.limits import throttled_for_s
from finance_hooks.targets.twinfield.readback import entry_id
from finance_hooks.targets.twinfield.refusals import is_fault, read_refusal
from finance_hooks.targets.twinfield.totals import read_totals
from finance_hooks.targets.twinfield.wire import (
    UNEXPECTED,
    Fault,
    child_text,
    read_document,
    read_fault,
    text_of,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

NEVER_SENT_PAUSE_S = 60
UNAUTHORISED = 401
REQUEST_TIMEOUT = 408
TOO_MANY_REQUESTS = 429
TOKEN_INVALID = 354
TOKEN_UNCHECKED = 358
NOT_CARRIED_OUT = frozenset({*range(101, 111), 122, 168, 186, 187, 351, 352, 353, TOKEN_INVALID, 359})
"""Faults, whatever their status, that say who asks or what is asked was wrong; 100 says nothing."""
TOO_MUCH = frozenset({400, 413})


def read_responses(sending: Sending, entries: Sequence[Entry], now: datetime) -> list[Outcome]:
    """Say what became of each entry of one request; `now` is the caller's clock."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return _all_later(entries, now, pause_s, sending.why)
    if isinstance(sending, PerhapsProcessed):
        return _all_unknown(entries, sending.why)
    return _read_answer(sending, entries, now)


def is_rejected(sending: Sending) -> bool:
    """Say whether Twinfield did not begin to carry out a request: token, rights, or its form."""
    if not isinstance(sending, Answer) or sending.status in {TOO_MANY_REQUESTS, REQUEST_TIMEOUT}:
        return False
    fault = read_fault(sending.body)
    return 400 <= sending.status < 500 or (fault is not None and fault.code in NOT_CARRIED_OUT)


def is_too_much(sending: Sending) -> bool:
    """Say whether a request was rejected for what it holds, so that parts of it may be taken."""
    return isinstance(sending, Answer) and sending.status in TOO_MUCH


def refuses_token(sending: Sending) -> bool:
    """Say whether Twinfield refused the token and did nothing else."""
    if not isinstance(sending, Answer):
        return False
    fault = read_fault(sending.body)
    return sending.status == UNAUTHORISED or (fault is not None and fault.code == TOKEN_INVALID)


def describe_answer(answer: Answer) -> str:
    """Say why Twinfield did not do what was asked, in its own words where it has any."""
    fault = read_fault(answer.body)
    return f"Twinfield answered {answer.status}" + (f": {_describe_fault(fault)}" if fault else "")


def _read_answer(sending: Answer, entries: Sequence[Entry], now: datetime) -> list[Outcome]:
    if sending.status == TOO_MANY_REQUESTS:
        return _all_later(entries, now, throttled_for_s(sending.headers), "Twinfield answered 429")
    fault = read_fault(sending.body)
    if fault is not None and fault.code == TOKEN_UNCHECKED:
        return _all_later(entries, now, NEVER_SENT_PAUSE_S, describe_answer(sending))
    if is_rejected(sending):
        return [_refused_by_protocol(sending, entry) for entry in entries]
    if not 200 <= sending.status < 300 or fault is not None:
        return _all_unknown(entries, describe_answer(sending))
    return _read_batch(sending, entries)


def _describe_fault(fault: Fault) -> str:
    return fault.message if fault.code is None else f"{fault.code}, {fault.message}"


def _read_batch(answer: Answer, entries: Sequence[Entry]) -> list[Outcome]:
    try:
        documents = list(read_document(answer.body).iterchildren("transaction"))
    except ValueError as error:
        return _all_unknown(entries, f"Twinfield answered {answer.status}, but {error}")
    if len(documents) != len(entries):
        why = f"Twinfield answered about {len(documents)} entries where {len(entries)} were sent"
        return _all_unknown(entries, why)
    placed = _in_order(documents, entries)
    return [_read_one(document, entry) for document, entry in zip(placed, entries, strict=True)]


def _in_order(documents: Sequence[etree._Element], entries: Sequence[Entry]) -> Sequence[etree._Element]:
    """Put documents in the order of the entries by our references, else leave them in their places."""
    found = {
        reference: document
        for document in documents
        for reference in find_references(
            text_of(text) for text in document.iterfind("lines/line/description")
        )
    }
    references = [entry.reference for entry in entries]
    if set(references) <= found.keys() and len(set(references)) == len(references):
        return [found[reference] for reference in references]
    return documents


def _read_one(document: etree._Element, entry: Entry) -> Outcome:
    other = _about_another(document, entry)
    if other:
        return Unknown(reference=entry.reference, why=other)
    if document.get("result") == "0" and not is_fault(document):
        return Refused(reference=entry.reference, reasons=read_refusal(document, entry))
    number = child_text(document, "header/number")
    if document.get("result") != "1" or not number:
        return Unknown(reference=entry.reference, why="Twinfield's answer does not say what became of it")
    try:
        totals = read_totals(document, entry)
    except UNEXPECTED:
        return Unknown(reference=entry.reference, why=f"Twinfield booked {number} with unreadable amounts")
    booked_id = entry_id(child_text(document, "header/code") or entry.journal, number)
    return Booked(reference=entry.reference, id=booked_id, number=number, totals=totals)


def _about_another(document: etree._Element, entry: Entry) -> str | None:
    """Say why a document of the answer is not about the entry in its place."""
    stated = {
        "administration": (child_text(document, "header/office"), entry.administration),
        "journal": (child_text(document, "header/code"), entry.journal),
    }
    if entry.kind is not EntryKind.MEMORIAL:
        stated["invoice number"] = (child_text(document, "header/invoicenumber"), entry.number)
    for what, (theirs, ours) in stated.items():
        if theirs is not None and theirs != ours:
            return f"Twinfield answered about {what} {theirs} in the place of {ours}"
    references = _references_in(document)
    if references and entry.reference not in references:
        return f"Twinfield answered about {', '.join(sorted(references))} in its place"
    return None


def _references_in(document: etree._Element) -> frozenset[str]:
    return find_references(text_of(text) for text in document.iterfind("lines/line/description"))


def _refused_by_protocol(answer: Answer, entry: Entry) -> Refused:
    reason = Reason(
        code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=describe_answer(answer)
    )
    return Refused(reference=entry.reference, reasons=(reason,))


def _all_later(entries: Sequence[Entry], now: datetime, pause_s: int, why: str) -> list[Outcome]:
    until = now + timedelta(seconds=pause_s)
    return [Later(reference=entry.reference, until=until, why=why) for entry in entries]


def _all_unknown(entries: Sequence[Entry], why: str) -> list[Outcome]:
    return [Unknown(reference=entry.reference, why=why) for entry in entries]
