"""Write the dossier item that carries an invoice's PDF, and read what AFAS holds and answers.

AFAS Developer documentation, "Dossiers" (POST KnSubject), "How to: bijlage bij een dossieritem".
"""

import base64
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from finance_hooks.model.attachment import Attached, AttachmentFile, Booking, Held, NotTaken
from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.targets.afas.identifiers import make_invoice_id
from finance_hooks.targets.afas.refusals import Sort, sort_message
from finance_hooks.targets.afas.responses import (
    CLOSED_TO_US,
    LOCK_PAUSE_S,
    NEVER_SENT_PAUSE_S,
    REQUEST_TIMEOUT,
    SERVER_ERROR,
    describe_answer,
    paused_for_s,
)
from finance_hooks.targets.afas.wire import Condition, Row, find_keys, read_json, read_message, read_text
from finance_hooks.targets.description import describe, find_references
from finance_hooks.targets.json_body import write_json
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

UPDATE_CONNECTOR = "KnSubject"
SUBJECTS = "Profit_Subjects"
SUBJECT_ORDER = "Subject_id"
SUBJECT_COLUMNS = 4
FILES = "Profit_Subject_Attachments"
FILE_ORDER = "attachment_id"
FILE_COLUMNS = 4
SUBJECT_LENGTH = 255
SALES_RELATION = "4"
INVOICE = "1"

# What AFAS says of a dossier item that will not do, whoever sends it.
_REFUSALS = re.compile(
    r"bestemming|destination|dossieritem|verkoopfactuur|bijlage|attachment|vul een waarde in|enter a value",
    re.IGNORECASE,
)


def write_subject(booking: Booking, subject_type: int, file: AttachmentFile) -> str:
    """Write a dossier item at the debtor and the invoice, its file with it: one request, all or nothing."""
    entry = booking.entry
    link = {
        "DoCRM": True,
        "SfTp": SALES_RELATION,
        "SfId": entry.party,
        "SiUn": int(entry.administration),
        "SiTp": INVOICE,
        "SiId": make_invoice_id(entry),
    }
    content = base64.b64encode(file.content).decode("ascii")
    attachment = {"FileName": file.name, "FileStream": content}
    objects = [
        {"KnSubjectLink": {"Element": {"Fields": link}}},
        {"KnSubjectAttachment": {"Element": [{"Fields": attachment}]}},
    ]
    fields = {"StId": subject_type, "Ds": write_title(entry)}
    return write_json({"KnSubject": {"Element": {"Fields": fields, "Objects": objects}}})


def write_title(entry: Entry) -> str:
    """Name the dossier item as people know it; our reference finds it again."""
    word = "Creditfactuur" if entry.gross < 0 else "Factuur"
    return describe(f"{word} {entry.number}", entry.reference, SUBJECT_LENGTH)


def write_conditions(bookings: Sequence[Booking]) -> list[list[Condition]]:
    """Ask for the dossier items of some bookings by their titles."""
    return [[("Description", write_title(booking.entry))] for booking in bookings]


def read_subjects(rows: Iterable[Row]) -> dict[str, str]:
    """Read which dossier item bears which reference of ours; the first of several."""
    found: dict[str, str] = {}
    for row in rows:
        for reference in find_references([read_text(row["Description"])]):
            found.setdefault(reference, str(row["Subject_id"]))
    return found


def write_subject_conditions(subject_ids: Iterable[str]) -> list[list[Condition]]:
    """Ask for the files of some dossier items."""
    return [[("subject_id", each)] for each in subject_ids]


def read_held(subjects: dict[str, str], rows: Iterable[Row]) -> dict[str, Held]:
    """Say by reference which dossier item there is, and whether it has a file."""
    with_file = {str(row["subject_id"]) for row in rows}
    return {
        reference: Held(
            container_id=subject_id, attachment_id=subject_id if subject_id in with_file else None
        )
        for reference, subject_id in subjects.items()
    }


def read_made(sending: Sending, reference: str, now: datetime) -> Attached | NotTaken | Later | Unknown:
    """Read what became of a dossier item; raises where the connector is not ours to use."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=reference, why=sending.why)
    wait_s = paused_for_s(sending)
    if wait_s is not None:
        until = now + timedelta(seconds=wait_s)
        return Later(reference=reference, until=until, why=describe_answer(sending))
    if sending.status in CLOSED_TO_US:
        raise _closed(sending)
    if sending.status == SERVER_ERROR:
        return _read_error(sending, reference, now)
    return _read_answer(sending, reference)


def _read_answer(answer: Answer, reference: str) -> Attached | NotTaken | Unknown:
    if 200 <= answer.status < 300:
        subject_id = _subject_id(answer)
        if subject_id is not None:
            return Attached(reference=reference, attachment_id=subject_id)
        return Unknown(reference=reference, why=f"AFAS answered {answer.status} without a dossier item")
    if 400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT:
        return NotTaken(reference=reference, why=describe_answer(answer))
    return Unknown(reference=reference, why=describe_answer(answer))


def _read_error(answer: Answer, reference: str, now: datetime) -> NotTaken | Later | Unknown:
    message = read_message(answer.body)
    if message is not None and _REFUSALS.search(message.text):
        return NotTaken(reference=reference, why=describe_answer(answer))
    sort = sort_message(message)
    if sort is Sort.CLOSED_TO_US:
        raise _closed(answer)
    if sort is Sort.LOCKED:
        until = now + timedelta(seconds=LOCK_PAUSE_S)
        return Later(reference=reference, until=until, why=describe_answer(answer))
    if sort is Sort.FAULT:
        return Unknown(reference=reference, why=describe_answer(answer))
    return NotTaken(reference=reference, why=describe_answer(answer))


def _closed(answer: Answer) -> ConfigurationError:
    return ConfigurationError(
        f"Dossier items: {describe_answer(answer)}; add KnSubject to the app connector, "
        "or turn attach_pdfs off"
    )


def _subject_id(answer: Answer) -> str | None:
    try:
        return next(find_keys(read_json(answer.body), "SbId"), None)
    except ValueError:
        return None
