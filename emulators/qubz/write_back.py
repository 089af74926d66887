"""What happens to a document when its export is reported back.

States: NotReady, Ready, Claimed (released after six hours), Exported or Failed, Excluded; Failed becomes
Ready after a correction, Exported becomes Ready only as a re-export, which raises ExportSequence.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from emulators.qubz.books import Books, Row
from emulators.qubz.errors import ServiceError

STATES = frozenset({"NotReady", "Ready", "Claimed", "Exported", "Failed", "Excluded"})
FIELDS = ("ExportStatus", "ExternalId", "ExternalNumber", "RunId", "ExportedAt", "Message")


def accept_results(
    books: Books, results: Iterable[Mapping[str, Any]], now: datetime, *, moves_date: bool
) -> list[Row]:
    """Take a batch of export results; a key that came before is accepted and changes nothing."""
    return [_accept(books, result, now, moves_date=moves_date) for result in results]


def write_back(row: Row, fields: Mapping[str, Any], now: datetime, *, moves_date: bool) -> None:
    """Set the export fields of one document; 422 when the state is none or may not follow."""
    wanted = fields.get("ExportStatus", row.get("ExportStatus"))
    if wanted not in STATES:
        raise ServiceError(422, f"{wanted} is no ExportStatus")
    if wanted in {"Claimed", "Exported"} and row.get("Status", "Final") != "Final":
        raise ServiceError(422, "only a final document may be exported")
    if (row.get("ExportStatus"), wanted) == ("Exported", "Ready"):
        row["ExportSequence"] = row.get("ExportSequence", 1) + 1
    row.update({name: fields[name] for name in FIELDS if name in fields})
    if wanted == "Claimed":
        row["_claimed_at"] = now
    if moves_date:
        row["ChangedDate"] = now


def _accept(books: Books, result: Mapping[str, Any], now: datetime, *, moves_date: bool) -> Row:
    key = result.get("IdempotencyKey")
    if not key:
        raise ServiceError(400, "IdempotencyKey is required")
    if key in books.accepted_results:
        return _answer(key)
    row = _document_of(books, result)
    if row is None:
        return _answer(key, refused=f"no document {result.get('InvoiceId')}")
    if result.get("Status") not in {"Exported", "Failed"}:
        return _answer(key, refused=f"Status {result.get('Status')} is not Exported or Failed")
    try:
        write_back(row, {**result, "ExportStatus": result["Status"]}, now, moves_date=moves_date)
    except ServiceError as error:
        return _answer(key, refused=error.message)
    books.accepted_results[key] = dict(result)
    return _answer(key)


def _document_of(books: Books, result: Mapping[str, Any]) -> Row | None:
    kind = str(result.get("DocumentType", ""))
    resource = "memorials" if kind == "Memorial" else "purchaseinvoices"
    if kind.startswith("Sales"):
        resource = "salesinvoices"
    return books.rows[resource].get(str(result.get("InvoiceId")))


def _answer(key: str, *, refused: str | None = None) -> Row:
    return {"IdempotencyKey": key, "Accepted": refused is None, "Message": refused}
