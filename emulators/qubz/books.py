"""The documents and masters of 21QUBZ, and who sees what when."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from emulators.qubz.errors import ServiceError
from emulators.qubz.pdf import pdf_of
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
        self.files: dict[str, bytes | None] = {}

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
        for row in self.rows[resource.name].values():
            _release_old_claim(row, now)
        rows = (row for row in self.rows[resource.name].values() if row.get("_visible_at", now) <= now)
        return sorted(
            filter(wanted, rows), key=lambda row: (_changed_at(row), str(row.get(resource.key)).zfill(20))
        )

    def find(self, resource: Resource, key: str, now: datetime) -> Row:
        """Return one visible row by its key; 404 when there is none."""
        rows = self.rows[resource.name]
        own = rows.values() if _is_master(resource) else filter(None, (rows.get(key),))
        for row in own:
            if str(row.get(resource.key)) == key and row.get("_visible_at", now) <= now:
                _release_old_claim(row, now)
                return row
        raise ServiceError(404)

    def file_of(self, row: Row) -> bytes:
        """Return the PDF of a sales document, one that was put in its place if any; 404 when it has none."""
        placed = self.files.get(str(row["Id"]), b"")
        if placed is None:
            raise ServiceError(404)
        return placed or pdf_of(f"Factuur {row['InvoiceNumber']}")

    def remove(self, resource: str, key: str) -> int:
        """Delete rows for good, as Mendix does, and return how many there were."""
        rows, name = self.rows[resource], RESOURCES[resource].key
        doomed = [own for own, row in rows.items() if str(row[name]) == key]
        for own in doomed:
            del rows[own]
        return len(doomed)


def dated(row: Mapping[str, Any], resource: Resource) -> date | None:
    """Return the business date of a document, None when it has none that can be read."""
    day = row.get(resource.date_field) if resource.date_field else None
    return day if isinstance(day, date) else None


def _key(resource: Resource, row: Row) -> str:
    if resource.key not in row:
        raise ValueError(f"a row of {resource.name} needs {resource.key}")
    own = str(row[resource.key])
    return f"{row.get('Organisation', '')}:{own}" if _is_master(resource) else own


def _is_master(resource: Resource) -> bool:
    return resource.date_field is None and resource.name != "organisations"


def _release_old_claim(row: Row, now: datetime) -> None:
    if row.get("ExportStatus") == "Claimed" and row.get("_claimed_at", now) <= now - CLAIM_LASTS:
        row |= {"ExportStatus": "Ready", "RunId": None}


def _changed_at(row: Row) -> datetime:
    changed = row.get("ChangedDate")
    return changed if isinstance(changed, datetime) else BEGINNING
