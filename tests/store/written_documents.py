"""Documents and postings written straight into a store, as many as a test wants."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from finance_hooks.store.documents import document
from finance_hooks.store.party_names import party_name
from finance_hooks.store.postings import posting
from finance_hooks.store.runs import run
from finance_hooks.store.sought_documents import Scope

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
SCOPE = Scope(sync_id="exact_nl", books="exactonline:1", organisation="100")
WAYS = {
    "pending": (),
    "sending": ("sending",),
    "unknown": ("sending", "unknown"),
    "parked": ("parked",),
    "booked": ("booked",),
}
COLUMNS: dict[str, dict[str, Any]] = {
    "sending": {"frozen_at": AT + timedelta(hours=2)},
    "booked": {"target_entry_id": "id", "booked_at": AT + timedelta(hours=1)},
}


@dataclass(kw_only=True)
class Shelf:
    """A store to which a test adds documents one after the other, the oldest first."""

    connection: sa.Connection
    written: int = 0

    def add(self, number: str | None, state: str = "booked", **changed: Any) -> str:
        """Write a document with its posting, and return the posting's reference."""
        self.written += 1
        of_document = {name: changed.pop(name) for name in list(changed) if name in document.c}
        return self.post(self._document(number, of_document), state, **changed)

    def receive(self, number: str | None, **changed: Any) -> int:
        """Write a document that has no posting, and return its id."""
        self.written += 1
        return self._document(number, changed)

    def post(self, document_id: int, state: str = "booked", **changed: Any) -> str:
        """Write one more posting of a document, and return its reference."""
        self.written += 1
        reference = f"Q{self.written:010}"
        columns: dict[str, Any] = {
            "posting_key": reference,
            "reference": reference,
            "document_id": document_id,
            "sync_id": SCOPE.sync_id,
            "books": SCOPE.books,
            "purpose": "book",
            "n": self.written,
            "content_digest": "d",
            "created_at": AT,
            "entry": {"number": "n"},
        }
        reasons = [{"code": code, "document": "n"} for code in changed.pop("reason", "").split()]
        inserted = sa.insert(posting).values(columns | changed | {"state": "pending", "reasons": reasons})
        posting_id = self.connection.execute(inserted.returning(posting.c.posting_id)).scalar_one()
        for step in WAYS[state]:
            moved = sa.update(posting).where(posting.c.posting_id == posting_id)
            self.connection.execute(moved.values(state=step, **COLUMNS.get(step, {})))
        return reference

    def name(self, party_code: str, name: str) -> None:
        """Say what a party is called."""
        row = {"source_id": "qubz", "organisation": SCOPE.organisation, "party_code": party_code}
        self.connection.execute(sa.insert(party_name).values(**row, name=name))

    def run(self, run_id: str, started_at: datetime) -> None:
        """Write a run."""
        row = {"sync_id": SCOPE.sync_id, "run_id": run_id, "started_at": started_at}
        self.connection.execute(sa.insert(run).values(**row))

    def _document(self, number: str | None, changed: dict[str, Any]) -> int:
        columns = {
            "document_key": f"key {self.written}",
            "source_id": "qubz",
            "organisation": SCOPE.organisation,
            "document_type": "sales_invoice",
            "source_document_id": f"id-{self.written}",
            "export_sequence": 1,
            "number": number,
            "document_date": date(2026, 10, 1),
            "gross": Decimal("121.00"),
            "content_digest": "d",
            "received_at": AT,
        } | changed
        inserted = sa.insert(document).values(**columns).returning(document.c.document_id)
        return int(self.connection.execute(inserted).scalar_one())
