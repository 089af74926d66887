"""Read what AFAS answers to a posted entry: booked, refused, later or unknown, by its words.

AFAS Developer documentation, "Troubleshooting" and "POST FiEntries": 500 is usually a refusal, 503 is
maintenance and says for how long.
"""

from datetime import datetime, timedelta

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.afas.refusals import Sort, read_refusal, sort_message
from finance_hooks.targets.afas.wire import find_keys, read_json, read_message, read_retry_after
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from finance_hooks.transport.headers import read_wait_s

NEVER_SENT_PAUSE_S = 60
LOCK_PAUSE_S = 60
SERVER_ERROR = 500
UNAVAILABLE = 503
REQUEST_TIMEOUT = 408
TOO_MANY_REQUESTS = 429
CLOSED_TO_US = frozenset({401, 403, 404})
UNEXPLAINED_PAUSE_S = 60
REMEDIES = {
    401: "the token or secret is wrong, has ended or was withdrawn",
    403: "this machine's address is not on the app connector's list",
    404: "the address is wrong",
}


def read_response(sending: Sending, entry: Entry, now: datetime) -> Outcome:
    """Say what became of one posted entry; `now` is the caller's clock."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=entry.reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=entry.reference, why=sending.why)
    wait_s = paused_for_s(sending)
    if wait_s is not None:
        until = now + timedelta(seconds=wait_s)
        return Later(reference=entry.reference, until=until, why=describe_answer(sending))
    return _read_answer(sending, entry, now)


def must_look_up(sending: Sending) -> bool:
    """Say whether the books must be asked what became of the entry.

    AFAS booked it and did not say under which number, or says that its invoice number is there already.
    """
    if not isinstance(sending, Answer):
        return False
    if 200 <= sending.status < 300:
        return _lacks_number(sending)
    return sending.status == SERVER_ERROR and sort_message(read_message(sending.body)) is Sort.TAKEN


def why_closed(sending: Sending, entry: Entry) -> str | None:
    """Say why nothing more may be sent to the administration, `None` when it may."""
    if not isinstance(sending, Answer):
        return None
    if 200 <= sending.status < 300:
        return _booked_elsewhere(sending, entry)
    is_shut = sending.status == SERVER_ERROR and sort_message(read_message(sending.body)) is Sort.CLOSED_TO_US
    if sending.status in CLOSED_TO_US or is_shut:
        return f"Administration {entry.administration}: {describe_answer(sending)}"
    return None


def paused_for_s(answer: Answer) -> int | None:
    """Say for how many seconds AFAS asks to wait; `None` when it does not, as on the 503 of a proxy."""
    if answer.status == UNAVAILABLE:
        return read_retry_after(answer.body)
    if answer.status == TOO_MANY_REQUESTS:
        asked_s = read_wait_s(answer.headers.get("Retry-After", ""))
        return read_retry_after(answer.body) or (UNEXPLAINED_PAUSE_S if asked_s is None else asked_s)
    return None


def describe_answer(answer: Answer) -> str:
    """Say why AFAS did not do what was asked, in its own words where it has any."""
    message, wait_s = read_message(answer.body), paused_for_s(answer)
    said = str(message) if message else REMEDIES.get(answer.status)
    if wait_s is not None:
        said = f"it is under maintenance or busy for {wait_s} s"
    return f"AFAS answered {answer.status}" + (f": {said}" if said else "")


def entry_id(year: object, journal: object, entry_number: object) -> str:
    """Name an entry within its administration."""
    return f"{year}/{journal}/{entry_number}"


def _read_answer(answer: Answer, entry: Entry, now: datetime) -> Outcome:
    if 200 <= answer.status < 300:
        return _read_booked(answer, entry)
    if answer.status == SERVER_ERROR:
        return _read_error(answer, entry, now)
    if 400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT:
        return _refused_by_protocol(answer, entry)
    return Unknown(reference=entry.reference, why=describe_answer(answer))


def _read_error(answer: Answer, entry: Entry, now: datetime) -> Outcome:
    message = read_message(answer.body)
    sort = sort_message(message)
    if message is None or sort is Sort.FAULT:
        return Unknown(reference=entry.reference, why=describe_answer(answer))
    if sort is Sort.LOCKED:
        until = now + timedelta(seconds=LOCK_PAUSE_S)
        return Later(reference=entry.reference, until=until, why=describe_answer(answer))
    if sort is Sort.CLOSED_TO_US:
        return _refused_by_protocol(answer, entry)
    return Refused(reference=entry.reference, reasons=(read_refusal(message, entry),))


def _refused_by_protocol(answer: Answer, entry: Entry) -> Outcome:
    reason = Reason(
        code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=describe_answer(answer)
    )
    return Refused(reference=entry.reference, reasons=(reason,))


def _read_booked(answer: Answer, entry: Entry) -> Outcome:
    elsewhere = _booked_elsewhere(answer, entry)
    number = _first(answer, "EnNo")
    if elsewhere or number is None:
        why = elsewhere or f"AFAS answered {answer.status} without an entry number"
        return Unknown(reference=entry.reference, why=why)
    return Booked(
        reference=entry.reference,
        id=entry_id(entry.fiscal_year, entry.journal, number),
        number=number,
        totals=Totals(),
    )


def _lacks_number(answer: Answer) -> bool:
    if not answer.body.strip():
        return True
    try:
        content = read_json(answer.body)
    except ValueError:
        return False
    return next(find_keys(content, "EnNo"), None) is None


def _booked_elsewhere(answer: Answer, entry: Entry) -> str | None:
    unit = _first(answer, "UnId")
    if unit is None or unit == entry.administration:
        return None
    return f"AFAS booked in administration {unit} instead of {entry.administration}"


def _first(answer: Answer, name: str) -> str | None:
    try:
        return next(find_keys(read_json(answer.body), name), None)
    except ValueError:
        return None
