"""The documents and masters of 21QUBZ: who sees what when, and what a write-back does."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from emulators.qubz.errors import ServiceError
from emulators.qubz.resources import DOCUMENT_RESOURCES, RESOURCES, Resource

Row = dict[str, Any]
Rows = dict[str, Row]

CLAIM_LASTS = timedelta(hours=6)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Books:
    """Rows by resource and key; a document may lie hidden until a billing run's transaction commits."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows: dict[str, Rows] = {name: {} for name in RESOURCES}
        self.accepted_results: dict[str, Row] = {}

    def put(self, resource: str, row: Row) -> None:
        """Add or replace a row by its key (masters: organisation and key)."""
        if "VisibleAt" in row:
            row = row | {"_visible_at": row["VisibleAt"]}
            del row["VisibleAt"]
        self.rows[resource][_key(RESOURCES[resource], row)] = row

    def highest_id(self) -> int:
        """Return the highest document id in use."""
        ids = (row["Id"] for name in DOCUMENT_RESOURCES for row in self.rows[name].values())
        return max((number for number in ids if isinstance(number, int)), default=0)

    def visible(
        self, resource: Resource, now: datetime, wanted: Callable[[Row], bool] = lambda _row: True
    ) -> list[Row]:
        """Return the wanted rows that can be seen by now, in a stable order (ChangedDate, key)."""
        self._release_old_claims(resource, now)
        rows = (row for row in self.rows[resource.name].values() if row.get("_visible_at", now) <= now)
        return sorted(
            filter(wanted, rows), key=lambda row: (_changed_at(row), str(row.get(resource.key)).zfill(20))
        )

    def find(self, resource: Resource, key: str, now: datetime) -> Row:
        """Return one visible row by its key; 404 when there is none."""
        for row in self.rows[resource.name].values():
            if str(row.get(resource.key)) == key and row.get("_visible_at", now) <= now:
                return row
        raise ServiceError(404)

    def accept_results(
        self, results: Iterable[Mapping[str, Any]], now: datetime, *, moves_date: bool
    ) -> list[Row]:
        """Take a batch of export results; a key that came before is accepted and changes nothing."""
        return [self._accept(dict(result), now, moves_date=moves_date) for result in results]

    def write_back(self, row: Row, fields: Mapping[str, Any], now: datetime, *, moves_date: bool) -> None:
        """Set the export fields of one document."""
        row.update({name: fields[name] for name in _WRITE_BACK_FIELDS if name in fields})
        if fields.get("ExportStatus") == "Claimed":
            row["_claimed_at"] = now
        if moves_date:
            row["ChangedDate"] = now

    def _accept(self, result: Row, now: datetime, *, moves_date: bool) -> Row:
        key = result.get("IdempotencyKey")
        if not key:
            raise ServiceError(400, "IdempotencyKey is required")
        if key in self.accepted_results:
            return _result_answer(key)
        found = self._document_of(result)
        if found is None:
            return _result_answer(key, refused=f"no document {result.get('InvoiceId')}")
        if result.get("Status") not in {"Exported", "Failed"}:
            return _result_answer(key, refused=f"Status {result.get('Status')} is not Exported or Failed")
        self.write_back(found, result | {"ExportStatus": result["Status"]}, now, moves_date=moves_date)
        self.accepted_results[key] = result
        return _result_answer(key)

    def _document_of(self, result: Row) -> Row | None:
        kind = str(result.get("DocumentType", ""))
        resource = (
            "memorials" if kind == "Memorial" else "salesinvoices" if "Sales" in kind else "purchaseinvoices"
        )
        return self.rows[resource].get(str(result.get("InvoiceId")))

    def _release_old_claims(self, resource: Resource, now: datetime) -> None:
        for row in self.rows[resource.name].values():
            if row.get("ExportStatus") == "Claimed" and row.get("_claimed_at", now) <= now - CLAIM_LASTS:
                row["ExportStatus"] = "Ready"


def dated(row: Mapping[str, Any], resource: Resource) -> date | None:
    """Return the business date of a document, None when it has none that can be read."""
    day = row.get(resource.date_field) if resource.date_field else None
    return day if isinstance(day, date) else None


_WRITE_BACK_FIELDS = ("ExportStatus", "ExternalId", "ExternalNumber", "RunId", "ExportedAt", "Message")


def _key(resource: Resource, row: Row) -> str:
    if resource.key not in row:
        raise ValueError(f"a row of {resource.name} needs {resource.key}")
    own = str(row[resource.key])
    is_master = resource.date_field is None and resource.name != "organisations"
    return f"{row.get('Organisation', '')}:{own}" if is_master else own


def _changed_at(row: Row) -> datetime:
    changed = row.get("ChangedDate")
    return changed if isinstance(changed, datetime) else BEGINNING


def _result_answer(key: str, *, refused: str | None = None) -> Row:
    return {"IdempotencyKey": key, "Accepted": refused is None, "Message": refused}
