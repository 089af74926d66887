"""Read what Exact answers to a posted entry: booked, refused, later or unknown, by body and not by status.

Exact Online support, "Response codes"; validation arrives as 500 (picqer/exact-php-client, issue threads).
"""

from datetime import datetime, timedelta

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.exactonline.limits import throttled_for_s
from finance_hooks.targets.exactonline.refusals import is_fault, read_refusal
from finance_hooks.targets.exactonline.wire import (
    Row,
    division_of,
    read_amount,
    read_message,
    read_row,
    read_text,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

NEVER_SENT_PAUSE_S = 60
SERVER_ERROR = 500
REQUEST_TIMEOUT = 408
TOO_MANY_REQUESTS = 429
CLOSED_TO_US = frozenset({401, 403, 404})


def read_response(sending: Sending, entry: Entry, now: datetime) -> Outcome:
    """Say what became of one posted entry; `now` is the caller's clock, waits follow Exact's own."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=entry.reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=entry.reference, why=sending.why)
    if sending.status == TOO_MANY_REQUESTS:
        until = now + timedelta(seconds=throttled_for_s(sending.headers, now))
        return Later(reference=entry.reference, until=until, why="Exact answered 429")
    return _read_answer(sending, entry)


def why_closed(sending: Sending, entry: Entry) -> str | None:
    """Say why nothing more may be sent to the division: token, rights or scope, or Exact books elsewhere."""
    if not isinstance(sending, Answer):
        return None
    if sending.status in CLOSED_TO_US:
        return f"Division {entry.administration}: {describe_answer(sending)}"
    return _booked_elsewhere(sending, entry) if 200 <= sending.status < 300 else None


def reads_rate_the_other_way(entry: Entry, booked: Booked) -> bool:
    """Tell from a booking in foreign currency that Exact divided by our rate where we meant to multiply."""
    stated = booked.totals.gross_in_books
    if entry.rate is None or stated is None:
        return False
    return abs(stated - entry.gross / entry.rate) < abs(stated - entry.gross_in_books)


def doubt_rate(entry: Entry) -> Reason:
    """Say why an entry in foreign currency is not sent after Exact read another one's rate wrongly."""
    return Reason(
        code=ReasonCode.TARGET_CONFIGURATION,
        document=entry.number,
        field="exchange_rate",
        value=str(entry.rate),
        detail="Exact read the rate of an earlier entry the other way round; turn rate_direction round "
        "in the connection and correct that entry",
    )


def describe_answer(answer: Answer) -> str:
    """Say why Exact did not do what was asked, in its own words where it has any."""
    reason = answer.headers.get("Reason")
    words = [part for part in (reason, read_message(answer.body)) if part]
    return f"Exact answered {answer.status}" + (f": {', '.join(words)}" if words else "")


def make_booked(row: Row, entry: Entry) -> Booked:
    """Read which entry a row of Exact's is, and its totals; ValueError or ArithmeticError for no amounts."""
    return Booked(
        reference=entry.reference,
        id=read_text(row.get("EntryID")) or "",
        number=read_text(row.get("EntryNumber")) or "",
        totals=_read_totals(row, entry),
    )


def _read_answer(answer: Answer, entry: Entry) -> Outcome:
    if 200 <= answer.status < 300:
        return _read_booked(answer, entry)
    if 400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT:
        return _refused_by_protocol(answer, entry)
    message = read_message(answer.body)
    if answer.status == SERVER_ERROR and message is not None and not is_fault(message):
        return Refused(reference=entry.reference, reasons=read_refusal(message, entry))
    return Unknown(reference=entry.reference, why=describe_answer(answer))


def _refused_by_protocol(answer: Answer, entry: Entry) -> Outcome:
    reason = Reason(
        code=ReasonCode.TARGET_CONFIGURATION, document=entry.number, detail=describe_answer(answer)
    )
    return Refused(reference=entry.reference, reasons=(reason,))


def _read_booked(answer: Answer, entry: Entry) -> Outcome:
    try:
        booked = make_booked(read_row(answer.body), entry)
    except (ValueError, ArithmeticError):
        return Unknown(
            reference=entry.reference, why=f"Exact answered {answer.status} with an unreadable body"
        )
    if not booked.id or not booked.number:
        return Unknown(
            reference=entry.reference, why=f"Exact answered {answer.status} without an entry number"
        )
    elsewhere = _booked_elsewhere(answer, entry)
    return Unknown(reference=entry.reference, why=elsewhere) if elsewhere else booked


def _booked_elsewhere(answer: Answer, entry: Entry) -> str | None:
    try:
        division = division_of(read_row(answer.body))
    except ValueError:
        return None
    if division in {None, entry.administration}:
        return None
    return f"Exact booked in division {division} instead of {entry.administration}"


def _read_totals(row: Row, entry: Entry) -> Totals:
    if entry.kind is EntryKind.MEMORIAL or row.get("AmountFC") is None:
        return Totals()
    # Exact: what it puts in the header's VAT for reverse charge, which nets to nothing, is not documented.
    is_shifted = any(line.reverse_charge_amount != ZERO for line in entry.lines)
    amount_in_books = row.get("AmountDC")
    return Totals(
        gross=read_amount(row["AmountFC"]),
        vat=None if is_shifted else read_amount(row.get("VATAmountFC")),
        gross_in_books=None if amount_in_books is None else read_amount(amount_in_books),
    )
