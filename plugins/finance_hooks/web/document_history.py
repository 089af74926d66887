"""What happened to a document: each attempt at booking it with its answer, and every move with its run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from finance_hooks.model.park_reason_text import Language
from finance_hooks.store.decisions import BY_HAND
from finance_hooks.store.provenance import Happening
from finance_hooks.web.document_words import reason_words

EVENTS: Mapping[str, str] = {
    "prepared": "event.prepared",
    "sending": "event.sending",
    "booked": "event.booked",
    "unknown": "event.unknown",
    "parked": "event.parked",
    "parked_anew": "event.parked_anew",
    "delivered": "event.delivered",
    "imported": "event.imported",
    "withdrawn_file": "event.withdrawn_file",
    "pending": "event.pending",
    "moved": "event.moved",
    "held": "event.held",
    "released": "event.released",
    "retried": "event.retried",
    "confirmed": "event.confirmed",
    "told_apart": "event.told_apart",
    "decided": "event.decided",
    "told_source": "event.told_source",
    "source_refused_result": "event.source_refused_result",
    "attachment_pending": "event.attachment_pending",
    "attachment_sending": "event.attachment_sending",
    "attachment_unknown": "event.attachment_unknown",
    "attachment_attached": "event.attachment_attached",
    "attachment_missing": "event.attachment_missing",
    "attachment_refused": "event.attachment_refused",
}
ANSWERS = ("booked", "unknown", "parked", "pending", "delivered")
SHOWN: Mapping[str, str] = {
    "why": "",
    "message": "",
    "number": "document.entry_number",
    "id": "document.package_id",
    "booking": "document.booking",
    "file": "event.file",
    "from": "event.moved_from",
    "to": "event.moved_to",
}
"""What of an event's detail people read, and the key of the word before it, if it needs one."""
VALUES: Mapping[str, str] = {
    "exported": "event.as_exported",
    "failed": "event.as_failed",
    "accept": "document.decided_accept",
    "correct": "document.decided_correct",
    "rebook": "document.decided_rebook",
}
"""The keys of the words for values that are words of ours."""
PLANNED = re.compile(r"\w+?__(?P<at>\d{4}-.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of what was said: the key of a text, a value, or a value with a text before it."""

    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened: the key of its words, if any, who or which run did it, and what was said."""

    at: datetime
    name: str
    key: str
    run_id: str | None
    who: str | None
    words: Sequence[Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One time that the booking left for the package, and what came of it; `None` while nobody knows."""

    sent: Moment
    answer: Moment | None


def moments(history: Sequence[Happening], language: Language) -> list[Moment]:
    """Say what happened, in the order in which it did."""
    return [
        Moment(
            at=one.at,
            name=one.name,
            key=EVENTS.get(one.name, ""),
            run_id=None if one.run_id == BY_HAND else one.run_id,
            who=one.detail.get("who"),
            words=tuple(_words(one.detail, language)),
        )
        for one in history
    ]


def attempts(happened: Sequence[Moment]) -> list[Attempt]:
    """Put the sendings beside what was answered to each."""
    found: list[Attempt] = []
    for one in happened:
        if one.name == "sending":
            found.append(Attempt(sent=one, answer=None))
        elif found and found[-1].answer is None and one.name in ANSWERS:
            found[-1] = Attempt(sent=found[-1].sent, answer=one)
    return found


def run_began(run_id: str) -> datetime | None:
    """Read from Airflow's name of a run when it was planned or asked for, `None` where it does not say."""
    found = PLANNED.fullmatch(run_id)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(found["at"])
    except ValueError:
        return None


def _words(detail: Mapping[str, Any], language: Language) -> Iterator[Words]:
    for code in detail.get("reasons", ()):
        yield Words(value=reason_words(code, language))
    for name, key in SHOWN.items():
        if detail.get(name) not in {None, ""}:
            yield Words(key=key, value=str(detail[name]))
    for name in ("decision", "status"):
        if detail.get(name) in VALUES:
            yield Words(key=VALUES[detail[name]])
    for booking in detail.get("bookings", ()):
        yield Words(key=SHOWN["booking"], value=booking)
