"""Write export results as 21QUBZ takes them, and read what it says about each.

21South publishes no description of a finance export: names, modes and states follow the agreed contract, with
the members of enums.csv.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from finance_hooks.model.document import DocumentType
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.export_result import Acceptance, ExportResult
from finance_hooks.sources.qubz.answers import error_text
from finance_hooks.sources.qubz.fields import FieldTables
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.json_text import read_answer
from finance_hooks.transport.redaction import hide_secrets, redact_text

MESSAGE_LENGTH = 500
REFUSED = frozenset({400, 404, 409, 422})
"""Answers to the change of one document that say something about this document."""

Members = Mapping[str, Mapping[str, str]]
"""The source's word for each of ours, by enumeration."""


def own_members(tables: FieldTables) -> Members:
    """Turn enums.csv round; of several words of the source for one of ours the first is written."""
    members: dict[str, dict[str, str]] = {}
    for enum, by_source in tables.members.items():
        words = members.setdefault(enum, {})
        for source_member, member in by_source.items():
            words.setdefault(member, source_member)
    return members


def write_batch(results: Sequence[ExportResult], members: Members) -> bytes:
    """Write the body of one POST."""
    return write_json({"exportresults": [_write_result(result, members) for result in results]})


def write_patch(result: ExportResult, members: Members) -> bytes:
    """Write the body of the PATCH of one document."""
    return write_json({"ExportStatus": _status(result, members), **_outcome(result)})


def idempotency_key(result: ExportResult, members: Members) -> str:
    """Write the key by which the source knows a result that it got before.

    The first result of an export bears the document's own key. Whoever takes a repeated key for a repeated
    result would not look at another one under it, so a later one says which it is.
    """
    key = result.key
    parts = [key.organisation, _document_type(result, members), key.source_document_id, key.export_sequence]
    return ":".join(str(part) for part in [*parts, *([result.n] if result.n > 1 else [])])


def read_acceptances(
    answer: Answer, results: Sequence[ExportResult], members: Members, secrets: tuple[str, ...] = ()
) -> list[Acceptance | None]:
    """Read what a batch was answered, in the order of the results; `None` where it says nothing of one."""
    try:
        content = read_answer(answer.body)
    except ValueError as error:
        raise TemporaryFailure(f"21QUBZ answered no JSON to the export results: {error}") from error
    said = {
        str(row.get("IdempotencyKey")): _read_acceptance(row, secrets)
        for row in _rows(content)
        if isinstance(row, dict)
    }
    return [said.get(idempotency_key(result, members)) for result in results]


def read_patched(answer: Answer, secrets: tuple[str, ...] = ()) -> Acceptance | None:
    """Read what a PATCH was answered; `None` where it says nothing about the document."""
    if answer.status in range(200, 300):
        return Acceptance(accepted=True)
    if answer.status in REFUSED:
        said = error_text(answer.body, secrets) or "without a word"
        return Acceptance(accepted=False, message=f"21QUBZ answered {answer.status}: {said}")
    return None


def _write_result(result: ExportResult, members: Members) -> dict[str, object]:
    return {
        "IdempotencyKey": idempotency_key(result, members),
        "InvoiceId": _id(result.key.source_document_id),
        "DocumentType": _document_type(result, members),
        "Target": members["Target"].get(result.target, result.target),
        "Status": _status(result, members),
        **_outcome(result),
    }


def _outcome(result: ExportResult) -> dict[str, object]:
    return {
        "ExternalId": result.external_id,
        "ExternalNumber": result.external_number,
        "RunId": result.run_id,
        "ExportedAt": _instant(result.exported_at),
        "Message": None if result.message is None else redact_text(result.message)[:MESSAGE_LENGTH],
    }


def _document_type(result: ExportResult, members: Members) -> str:
    document_type = DocumentType(result.key.document_type)
    return members["DocumentType"].get(document_type, document_type.value)


def _status(result: ExportResult, members: Members) -> str:
    return members["ExportStatus"].get(result.status, result.status.value)


def _id(text: str) -> int | str:
    # Mendix: an AutoNumber is a number in JSON; leading zeros are a text's own.
    return int(text) if text.isdecimal() and str(int(text)) == text else text


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rows(content: object) -> list[object]:
    if isinstance(content, list):
        return content
    lists = (
        [value for value in content.values() if isinstance(value, list)] if isinstance(content, dict) else []
    )
    if len(lists) != 1:
        raise TemporaryFailure("21QUBZ answered something else than a list to the export results.")
    return lists[0]


def _read_acceptance(row: Mapping[str, object], secrets: tuple[str, ...]) -> Acceptance:
    if row.get("Accepted") is True:
        return Acceptance(accepted=True)
    said = str(row.get("Message") or "without a word")
    said = hide_secrets(said, secrets)
    return Acceptance(accepted=False, message=redact_text(said)[:MESSAGE_LENGTH])
