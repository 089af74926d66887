"""The rows of one division and what the database beneath Exact does to them: keys, stamps, padding."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from emulators.clock import EmulatorClock
from emulators.exactonline.errors import not_found
from emulators.exactonline.resources import resource
from emulators.switches import Switches

Row: TypeAlias = dict[str, Any]

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ACCOUNT_CODE_WIDTH = 18
NAMESPACE = uuid.UUID("a1b2c3d4-0030-4000-8000-000000000030")
NO_GUID = "00000000-0000-0000-0000-000000000000"

# Exact: codes are padded on output, accounts 18 on the left, VAT codes and countries 3 on the right.
PADDED = {
    "VATCode": 3,
    "SalesVATCode": 3,
    "PurchaseVATCode": 3,
    "AccountCode": -ACCOUNT_CODE_WIDTH,
    "InvoiceAccountCode": -ACCOUNT_CODE_WIDTH,
}
PADDED_IN = {
    "crm/Accounts": {"Code": -ACCOUNT_CODE_WIDTH, "Country": 3},
    "crm/Addresses": {"Country": 3},
    "crm/Contacts": {"Code": -ACCOUNT_CODE_WIDTH, "Country": 3},
    "vat/VATCodes": {"Code": 3},
}
# sync/Deleted: EntityType by resource (vendor's page of that resource).
ENTITY_TYPES = {
    "financialtransaction/TransactionLines": 1,
    "crm/Accounts": 2,
    "crm/Addresses": 3,
    "documents/DocumentAttachments": 4,
    "crm/Contacts": 5,
    "documents/Documents": 6,
    "financial/GLAccounts": 7,
    "sync/Cashflow/PaymentTerms": 10,
}


@dataclass(slots=True, kw_only=True)
class Division:
    """What is kept of one division: its tables by resource path, rows by key, and the last row version."""

    code: int
    name: str
    country: str
    vat_number: str
    chamber_of_commerce: str
    main: bool
    archived: bool
    consented: bool
    currency: str = "EUR"
    version: int = 1000
    closed: set[tuple[int, int]] = field(default_factory=set)
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)
    by_entry: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    numbers: dict[str, set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Who authorised the app."""

    id: str
    name: str
    full_name: str
    language: str
    may_post: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One division's rows as one request sees them: with clock, switches and user."""

    division: Division
    clock: EmulatorClock
    switches: Switches
    user: User
    seed: int
    host: str = ""

    def now(self) -> datetime:
        """Return the local Dutch wall clock without zone, which is what Exact keeps and shows as if UTC."""
        return self.clock.now().astimezone(AMSTERDAM).replace(tzinfo=None, microsecond=0)

    def today(self) -> datetime:
        """Return today's midnight, local."""
        return self.now().replace(hour=0, minute=0, second=0)

    def new_id(self) -> str:
        """Make a key that is the same in every run with the same seed and calls."""
        self.division.version += 1
        return str(uuid.uuid5(NAMESPACE, f"{self.seed}/{self.division.code}/{self.division.version}"))

    def fixed_id(self, path: str, code: str) -> str:
        """Make the key of a row of the chart, the same in every run."""
        return str(uuid.uuid5(NAMESPACE, f"{self.division.code}/{path}/{code}"))

    def table(self, path: str) -> dict[str, Row]:
        """Return the rows of a resource by key."""
        return self.division.tables.setdefault(path, {})

    def rows(self, path: str) -> Iterator[Row]:
        """Return the rows of a resource."""
        yield from self.table(path).values()

    def get(self, path: str, key: object) -> Row:
        """Return one row; raise Exact's 404 when there is none."""
        row = self.table(path).get(str(key).lower() if isinstance(key, str) else str(key))
        if row is None:
            raise not_found(path.rpartition("/")[2])
        return row

    def find(self, path: str, key: object) -> Row | None:
        """Return one row by key, or None."""
        return self.table(path).get(str(key).lower()) if key else None

    def of_entry(self, path: str, entry_id: str) -> list[Row]:
        """Return the rows of a resource that belong to one entry."""
        table = self.table(path)
        return [table[key] for key in self.division.by_entry.get((path, entry_id), ())]

    def find_code(self, path: str, code: str | None, name: str = "Code") -> Row | None:
        """Return the row whose code, padding aside, is this one."""
        wanted = (code or "").strip()
        return next((row for row in self.rows(path) if str(row[name]).strip() == wanted), None)

    def pick(self, path: str, fits: Callable[[Row], bool]) -> Iterator[Row]:
        """Return the rows that fit."""
        return (row for row in self.rows(path) if fits(row))

    def insert(self, path: str, values: Row) -> Row:
        """Add a row with every field of its resource, stamped."""
        shape = resource(path)
        # Exact: a boolean that was never set is false.
        row: Row = {name: False if kind == "boolean" else None for name, kind in shape.types.items()}
        row |= values
        if row[shape.key] is None:
            row[shape.key] = self.new_id()
        for name, text in (
            ("Division", self.division.code),
            ("Creator", self.user.id),
            ("CreatorFullName", self.user.full_name),
            ("Created", self.now()),
        ):
            if name in shape.types and row[name] is None:
                row[name] = text
        key = str(row[shape.key])
        self.table(path)[key] = row
        if "EntryID" in shape.types:
            self.division.by_entry.setdefault((path, row["EntryID"]), []).append(key)
        self._stamp(path, row)
        return row

    def update(self, path: str, row: Row, values: Row) -> None:
        """Change some fields of a row."""
        row |= values
        self._stamp(path, row)

    def delete(self, path: str, key: str) -> None:
        """Remove a row and put it in the feed of deleted rows where Exact has one for it."""
        row = self.table(path).pop(key)
        if "EntryID" in row:
            self.division.by_entry[path, row["EntryID"]].remove(key)
        if path in ENTITY_TYPES:
            self.insert(
                "sync/Deleted",
                {
                    "ID": self.new_id(),
                    "EntityKey": key,
                    "EntityType": ENTITY_TYPES[path],
                    "DeletedBy": self.user.id,
                    "DeletedDate": self.now(),
                },
            )

    def settled(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that are old enough for the sync and bulk views (switch `sync_lag_s`)."""
        newest = self.clock.now() - timedelta(seconds=self.switches.number("sync_lag_s"))
        return [row for row in rows if row["_at"] <= newest]

    def _stamp(self, path: str, row: Row) -> None:
        types = resource(path).types
        self.division.version += 1
        row["Timestamp"] = self.division.version
        row["_at"] = self.clock.now().astimezone(UTC)
        for name, text in (
            ("Modified", self.now()),
            ("Modifier", self.user.id),
            ("ModifierFullName", self.user.full_name),
        ):
            if name in types:
                row[name] = text
        pad(path, row)


def pad(path: str, row: Row) -> None:
    """Pad the codes of a row to the width Exact shows."""
    for name, width in {**PADDED, **PADDED_IN.get(path, {})}.items():
        text = row.get(name)
        if isinstance(text, str) and text.strip():
            row[name] = text.strip().ljust(width) if width > 0 else text.strip().rjust(-width)
