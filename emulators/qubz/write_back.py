"""What happens to a document when its export is reported back.

States, as the contract draws them: NotReady, Ready, Claimed by a run (released after six hours), Exported or
Failed, Excluded. Failed becomes Ready after a correction; Exported becomes Ready only as an explicit
re-export, which raises ExportSequence. Only a final document may be exported.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from emulators.qubz.books import Books, Row
from emulators.qubz.errors import ServiceError
from emulators.qubz.resources import DUTCH_MEMBERS, RESOURCES
from emulators.switches import Switches

STATES = frozenset({"NotReady", "Ready", "Claimed", "Exported", "Failed", "Excluded"})
RESULTS = frozenset({"Exported", "Failed"})
FIELDS = ("ExportStatus", "ExternalId", "ExternalNumber", "RunId", "ExportedAt", "Message")
TARGETS = frozenset({"AFAS", "AccountView", "ExactOnline", "Twinfield"})
MOVES = {
    "NotReady": frozenset({"Ready", "Excluded"}),
    "Ready": frozenset({"NotReady", "Claimed", "Excluded"}),
    "Claimed": frozenset({"Ready", "Exported", "Failed"}),
    "Failed": frozenset({"Ready"}),
    "Exported": frozenset({"Ready"}),
    "Excluded": frozenset({"NotReady"}),
}
# What a service that demands no claim lets in besides (switch `export_moves`).
UNCLAIMED = {"Ready": RESULTS, "Failed": RESULTS}
PARTS_OF_A_KEY = 4
DOCUMENT_TYPES = {member: name for name, member in DUTCH_MEMBERS["DocumentType"].items()}


def accept_results(
    books: Books, results: Iterable[Mapping[str, Any]], now: datetime, switches: Switches
) -> list[Row]:
    """Take a batch of export results, each by itself."""
    return [_accept(books, result, now, switches) for result in results]


def write_back(row: Row, fields: Mapping[str, Any], now: datetime, switches: Switches) -> None:
    """Set the export fields of one document; 422 when its state may not follow the one it has."""
    strange = sorted(set(fields) - set(FIELDS))
    if strange:
        raise ServiceError(422, f"{', '.join(strange)} may not be changed")
    present, wanted = row.get("ExportStatus"), fields.get("ExportStatus", row.get("ExportStatus"))
    refused = _why_refused(row, wanted, fields)
    if refused is None and not _may_follow(str(present), str(wanted), switches):
        refused = f"{present} may not become {wanted}"
    if refused:
        raise ServiceError(422, refused)
    if (present, wanted) == ("Exported", "Ready"):
        row["ExportSequence"] = row.get("ExportSequence", 1) + 1
    row.update({name: fields[name] for name in FIELDS if name in fields})
    if wanted == "Claimed":
        row["_claimed_at"] = now
    if switches.on("write_back_changes_date"):
        row["ChangedDate"] = now


def _why_refused(row: Row, wanted: object, fields: Mapping[str, Any]) -> str | None:
    if wanted not in STATES:
        return f"{wanted} is no ExportStatus"
    if wanted in {"Claimed", "Exported"} and row.get("Status", "Final") != "Final":
        return "only a final document may be exported"
    if row.get("ExportStatus") == "Claimed" and wanted != "Ready" and fields.get("RunId") != row.get("RunId"):
        return f"claimed by run {row.get('RunId')}"
    if wanted == "Exported" and not fields.get("ExternalId", row.get("ExternalId")):
        return "Exported needs an ExternalId"
    return None


def _may_follow(present: str, wanted: str, switches: Switches) -> bool:
    allowed = MOVES.get(present, STATES)
    if switches.text("export_moves") == "unclaimed":
        allowed |= UNCLAIMED.get(present, frozenset())
    return wanted in allowed | {present}


def _accept(books: Books, result: Mapping[str, Any], now: datetime, switches: Switches) -> Row:
    key = result.get("IdempotencyKey")
    if not key:
        raise ServiceError(400, "IdempotencyKey is required")
    before = books.accepted_results.get(key)
    if before is not None and (before == dict(result) or switches.text("repeated_key") == "first_counts"):
        return _answer(key)
    row = _document_of(books, result, now)
    refused = _why_not(result, row)
    if row is None or refused:
        return _answer(key, refused=refused)
    fields = {name: result[name] for name in FIELDS if name in result}
    try:
        write_back(row, fields | {"ExportStatus": result["Status"]}, now, switches)
    except ServiceError as error:
        return _answer(key, refused=error.message)
    books.accepted_results[key] = dict(result)
    return _answer(key)


def _why_not(result: Mapping[str, Any], row: Row | None) -> str | None:
    if row is None:
        return f"no document {result.get('InvoiceId')}"
    if result.get("Status") not in RESULTS:
        return f"Status {result.get('Status')} is not Exported or Failed"
    if result.get("Target") not in TARGETS:
        return f"{result.get('Target')} is no Target"
    named = str(result["IdempotencyKey"]).split(":")
    meant = [
        str(row["Organisation"]),
        str(result.get("DocumentType")),
        str(row["Id"]),
        str(row.get("ExportSequence", 1)),
    ]
    # Whatever a client puts behind the four parts is its own.
    if named[:PARTS_OF_A_KEY] != meant:
        return f"the key names {':'.join(named[:PARTS_OF_A_KEY])}, the document is {':'.join(meant)}"
    return None


def _document_of(books: Books, result: Mapping[str, Any], now: datetime) -> Row | None:
    kind = DOCUMENT_TYPES.get(str(result.get("DocumentType", "")), str(result.get("DocumentType", "")))
    resource = "memorials" if kind == "Memorial" else "purchaseinvoices"
    if kind.startswith("Sales"):
        resource = "salesinvoices"
    try:
        row = books.find(RESOURCES[resource], str(result.get("InvoiceId")), now)
    except ServiceError:
        return None
    return row if row.get("DocumentType", "Memorial") == kind else None


def _answer(key: str, *, refused: str | None = None) -> Row:
    return {"IdempotencyKey": key, "Accepted": refused is None, "Message": refused}
