"""Documents in a store as a night leaves them: parked with reasons, or booked by rows of mapping files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting

SOURCE_ID, ORGANISATION, BOOKS = "source", "100", "books/1"
CAME = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def reason(code: ReasonCode, field: str, value: str | None, detail: str | None = None) -> Reason:
    return Reason(code=code, document="n", field=field, value=value, detail=detail)


@dataclass(slots=True)
class Shelf:
    """A store into which documents are put one by one."""

    engine: sa.Engine
    count: int = field(default=0)

    def park(self, *reasons: Reason, sync_id: str = "books_nl", **changes: Any) -> int:
        return self._put(
            {"state": "parked", "sync_id": sync_id, "reasons": reasons_to_plain(reasons)}, changes
        )

    def book(self, rows: Sequence[str] = (), *, state: str = "booked", **changes: Any) -> int:
        used: Mapping[str, str] = {f"books/file.csv:{line}": row for line, row in enumerate(rows, start=2)}
        columns = {"state": state, "sync_id": "books_nl", "mapping_rows": used}
        if state == "booked":
            columns["target_entry_id"] = f"entry {self.count}"
        return self._put(columns, changes)

    def _put(self, columns: dict[str, Any], changes: dict[str, Any]) -> int:
        self.count += 1
        name = f"document {self.count}"
        kept = {
            "document_key": name,
            "source_id": SOURCE_ID,
            "organisation": ORGANISATION,
            "document_type": DocumentType.SALES_INVOICE.value,
            "source_document_id": name,
            "export_sequence": 1,
            "number": name,
            "document_date": date(2026, 11, 1),
            "gross": Decimal(100),
            "content_digest": "d",
            "received_at": CAME,
        }
        created_at, gone_at = changes.pop("created_at", CAME), changes.pop("gone_at", None)
        with self.engine.begin() as connection:
            document_id = connection.execute(
                sa.insert(document).values(kept | changes).returning(document.c.document_id)
            ).scalar_one()
            made = {
                "posting_key": name,
                "reference": name,
                "document_id": document_id,
                "books": BOOKS,
                "purpose": "book",
                "n": 1,
                "content_digest": "d",
                "created_at": created_at,
                "gone_at": gone_at,
            }
            posting_id: int = connection.execute(
                sa.insert(posting)
                .values(made | columns | {"state": "pending"})
                .returning(posting.c.posting_id)
            ).scalar_one()
            mine = posting.c.posting_id == posting_id
            connection.execute(sa.update(posting).where(mine).values(state=columns["state"]))
            return posting_id
