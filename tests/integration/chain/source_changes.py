"""Documents of one administration that somebody issues, changes and cancels in the source."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from emulators.qubz.generator import Wanted, generate
from tests.integration.chain.chain import Chain

KEPT = ("Id", "InvoiceNumber", "EntryNumber", "SupplierInvoiceNumber", "InvoiceDate", "EntryDate", "DueDate")
LINES_MAX = 6


@dataclass(slots=True)
class SourceChanges:
    """The source of a chain as its users change it; `drawn` documents were made so far."""

    chain: Chain
    drawn: int = 0

    def issue(self, resource: str, dated_on: date | None = None, **fields: Any) -> str:
        """Issue one good document of a resource, and return its number."""
        row = self._draw(resource, dated_on or self.chain.today) | fields
        self.put(resource, row)
        return number_of(row)

    def rewrite(self, resource: str, number: str) -> None:
        """Give a document other lines, amounts and perhaps another party, under its own number and date."""
        old = self.row(resource, number)
        dated_on = old.get("InvoiceDate") or old["EntryDate"]
        new = self._draw(resource, dated_on)
        while new.get("DocumentType") != old.get("DocumentType"):
            new = self._draw(resource, dated_on)
        self.put(resource, new | {name: old[name] for name in KEPT if name in old})

    def change(self, resource: str, number: str, **fields: Any) -> None:
        """Change fields of a document."""
        self.put(resource, self.row(resource, number) | fields)

    def delete(self, resource: str, number: str) -> None:
        """Let the source show a document no longer."""
        rows = self.chain.source_emulator.documents.rows[resource]
        rows.pop(next(key for key, row in rows.items() if number_of(row) == number))

    def row(self, resource: str, number: str) -> dict[str, Any]:
        """Return a row of the source."""
        rows = self.chain.source_emulator.documents.rows[resource].values()
        return next(dict(row) for row in rows if number_of(row) == number)

    def put(self, resource: str, row: dict[str, Any]) -> None:
        """Let a document be what a row says, changed now."""
        self.chain.source_emulator.documents.put(resource, row | {"ChangedDate": self.chain.now()})

    def _draw(self, resource: str, dated_on: date) -> dict[str, Any]:
        while True:
            self.drawn += 1
            wanted = Wanted(
                count=1,
                seed=self.drawn,
                dated_from=dated_on,
                dated_until=dated_on,
                organisations=(self.chain.administration.organisation,),
                first_id=6_000_000 + self.drawn,
            )
            document = next(generate(wanted))
            if document.resource == resource and len(document.row["Lines"]) <= LINES_MAX:
                return document.row


def number_of(row: dict[str, Any]) -> str:
    """Return the number of a document."""
    return str(row.get("InvoiceNumber") or row["EntryNumber"])


Place = tuple[str, int]


def entries(chain: Chain, number: str) -> dict[Place, tuple[str, str]]:
    """Return journal and entry number of all bookings of a document by purpose and count."""
    chosen = sa.text(
        "SELECT p.purpose, p.n, p.journal, p.target_entry_number FROM posting p"
        " JOIN document d USING (document_id) WHERE d.number = :number AND p.state = 'booked'"
    )
    with chain.engine.begin() as connection:
        rows = connection.execute(chosen, {"number": number})
        return {(row.purpose, row.n): (row.journal, row.target_entry_number) for row in rows}


def net(chain: Chain, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str | None, str | None], Decimal]:
    """Sum bookings per account, VAT code and party, by the emulator's own books."""
    sums: dict[tuple[str, str | None, str | None], Decimal] = defaultdict(Decimal)
    booked = {(entry["journal"], str(entry["number"])): entry for entry in chain.bench.books()}
    for place in wanted:
        for line in booked[place]["lines"]:
            key = (line["account"], line["vat_code"], line["party"])
            sums[key] += Decimal(line["debit"]) - Decimal(line["credit"])
    return {key: amount for key, amount in sums.items() if amount}


def open_findings(chain: Chain) -> list[tuple[str, str]]:
    """Return kind and document number of every finding that is open."""
    chosen = sa.text(
        "SELECT f.kind, d.number FROM finding f JOIN posting p USING (posting_id)"
        " JOIN document d USING (document_id) WHERE f.settled_at IS NULL ORDER BY f.finding_id"
    )
    with chain.engine.begin() as connection:
        return [(row.kind, row.number) for row in connection.execute(chosen)]
