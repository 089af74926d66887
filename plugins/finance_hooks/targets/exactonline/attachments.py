"""Write the document that carries an entry's PDF, and read what Exact holds and answers.

Exact Online REST reference: DocumentsDocuments, DocumentsDocumentAttachments.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from finance_hooks.model.attachment import AttachmentFile, Booking, Held, NotTaken
from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.targets.description import describe, find_references
from finance_hooks.targets.exactonline.limits import throttled_for_s
from finance_hooks.targets.exactonline.refusals import is_fault
from finance_hooks.targets.exactonline.responses import (
    CLOSED_TO_US,
    NEVER_SENT_PAUSE_S,
    REQUEST_TIMEOUT,
    SERVER_ERROR,
    TOO_MANY_REQUESTS,
    describe_answer,
)
from finance_hooks.targets.exactonline.wire import Row, read_message, read_row, read_text
from finance_hooks.targets.json_body import write_json
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending

DOCUMENTS = "documents/Documents"
DOCUMENT_FIELDS = "ID,Subject,FinancialTransactionEntryID"
ATTACHMENTS = "documents/DocumentAttachments"
ATTACHMENT_FIELDS = "ID,Document,FileName"
SALES_INVOICE = 10
SUBJECT_LENGTH = 255


def write_document(booking: Booking, chart: Chart) -> str:
    """Write the document that leads from the entry to its file; the entry itself is not changed."""
    entry = booking.entry
    party = chart.parties.get(entry.party or "")
    return write_json(
        {
            "Subject": write_subject(entry),
            "Type": SALES_INVOICE,
            **({"Account": party.id} if party is not None and party.id else {}),
            "DocumentDate": entry.entry_date.isoformat(),
            "FinancialTransactionEntryID": booking.entry_id,
        }
    )


def write_subject(entry: Entry) -> str:
    """Name the document as people know it; our reference finds it again."""
    word = "Creditfactuur" if entry.gross < 0 else "Factuur"
    return describe(f"{word} {entry.number}", entry.reference, SUBJECT_LENGTH)


def write_attachment(document_id: str, file: AttachmentFile) -> str:
    """Write the file into the document; Exact takes base64 only."""
    content = base64.b64encode(file.content).decode("ascii")
    return write_json({"Attachment": content, "Document": document_id, "FileName": file.name})


def write_entries_filter(bookings: Sequence[Booking]) -> str:
    """Ask for the documents of some entries."""
    return _any_of("FinancialTransactionEntryID", [booking.entry_id for booking in bookings])


def write_documents_filter(document_ids: Iterable[str]) -> str:
    """Ask for the files in some documents."""
    return _any_of("Document", document_ids)


def read_documents(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Read which documents bear which reference of ours; those that people made bear none."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for reference in find_references([read_text(row["Subject"])]):
            found.setdefault(reference, []).append(str(row["ID"]))
    return found


def read_held(documents: Mapping[str, Sequence[str]], rows: Iterable[Row]) -> dict[str, Held]:
    """Say by reference which document there is, one with a file before one without."""
    files: dict[str, str] = {}
    for row in rows:
        files.setdefault(str(row["Document"]), str(row["ID"]))
    held = {}
    for reference, ids in documents.items():
        container_id = next((each for each in ids if each in files), ids[0])
        held[reference] = Held(container_id=container_id, attachment_id=files.get(container_id))
    return held


def read_made(sending: Sending, reference: str, now: datetime) -> str | NotTaken | Later | Unknown:
    """Read the id of what was posted, or why there is none; raises where nothing of the sort is let in."""
    if isinstance(sending, NeverSent):
        pause_s = NEVER_SENT_PAUSE_S if sending.retry_after_s is None else sending.retry_after_s
        return Later(reference=reference, until=now + timedelta(seconds=pause_s), why=sending.why)
    if isinstance(sending, PerhapsProcessed):
        return Unknown(reference=reference, why=sending.why)
    if sending.status == TOO_MANY_REQUESTS:
        until = now + timedelta(seconds=throttled_for_s(sending.headers, now))
        return Later(reference=reference, until=until, why=describe_answer(sending))
    if sending.status in CLOSED_TO_US:
        raise ConfigurationError(
            f"Documents: {describe_answer(sending)}; give app and user the right Manage on "
            "organization.documents, or turn attach_pdfs off"
        )
    return _read_answer(sending, reference)


def _read_answer(answer: Answer, reference: str) -> str | NotTaken | Unknown:
    if 200 <= answer.status < 300:
        return _read_id(answer, reference)
    if 400 <= answer.status < SERVER_ERROR and answer.status != REQUEST_TIMEOUT:
        return NotTaken(reference=reference, why=describe_answer(answer))
    message = read_message(answer.body)
    if answer.status == SERVER_ERROR and message is not None and not is_fault(message):
        return NotTaken(reference=reference, why=f"Exact: {message}")
    return Unknown(reference=reference, why=describe_answer(answer))


def _read_id(answer: Answer, reference: str) -> str | Unknown:
    try:
        found = read_text(read_row(answer.body).get("ID"))
    except ValueError:
        found = None
    return found or Unknown(reference=reference, why=f"Exact answered {answer.status} without an id")


def _any_of(field: str, ids: Iterable[str]) -> str:
    return " or ".join(f"{field} eq guid'{each}'" for each in ids)
