"""The environment: master data, entries and invoices of all administrations.

Master data is kept as the rows its GetConnector shows; entries are kept as they were sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from emulators.afas.connectors import connectors
from emulators.clock import EmulatorClock
from emulators.switches import Switches

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BASE_CURRENCY = "EUR"
FIRST_ENTRY = 48001
ZERO = Decimal("0.00")
LEDGER, DEBTOR, CREDITOR = "1", "2", "3"
RELATION_TABLES = {DEBTOR: "Profit_Debtor", CREDITOR: "Profit_Creditor"}

Row = dict[str, Any]
Key = tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of an entry; `account` is what was sent, `ledger_account` where it landed."""

    kind: str
    account: str
    ledger_account: str
    entry_date: date
    voucher_date: date
    voucher: str | None = None
    invoice: str | None = None
    text: str | None = None
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    vat_code: str | None = None
    currency: str = BASE_CURRENCY
    rate: Decimal = Decimal(1)
    debit_fc: Decimal = ZERO
    credit_fc: Decimal = ZERO
    due: date | None = None
    dimensions: dict[int, str] = field(default_factory=dict)
    sent: Row = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """The amount in the base currency, debit positive."""
        return self.debit - self.credit


@dataclass(slots=True, kw_only=True)
class Entry:
    """One journal entry; instants are Dutch local time, as AFAS keeps them."""

    unit: int
    number: int
    journal: str
    year: int
    period: int
    created_at: datetime
    modified_at: datetime
    lines: list[Line]


@dataclass(slots=True, kw_only=True)
class Invoice:
    """A financial invoice, or an open item that another journal made.

    `issued` ones come from a sales or purchase journal; only those make a number taken.
    """

    unit: int
    side: str
    relation: str
    number: str
    entry: int
    year: int
    voucher: str | None
    voucher_date: date
    due: date | None
    currency: str
    text: str | None
    issued: bool = True
    fields: Row = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class State:
    """Everything that survives a restart."""

    tables: dict[str, dict[Key, Row]] = field(default_factory=dict)
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    invoices: dict[tuple[int, str], list[Invoice]] = field(default_factory=dict)
    changed_days: dict[date, datetime] = field(default_factory=dict)
    subjects: dict[int, Row] = field(default_factory=dict)
    closed: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    last_entry: dict[int, int] = field(default_factory=dict)
    last_number: dict[str, int] = field(default_factory=dict)
    refusals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """One caller's way into the environment: what it may see and in which language."""

    state: State
    clock: EmulatorClock
    switches: Switches
    units: frozenset[int]
    language: str

    def now(self) -> datetime:
        """Read the clock as AFAS does: Dutch local time, without a zone."""
        return self.clock.now().astimezone(AMSTERDAM).replace(tzinfo=None)

    def today(self) -> date:
        """Return the Dutch date."""
        return self.now().date()

    def rows(self, table: str) -> Iterator[Row]:
        """Return the master data of one GetConnector, of all administrations."""
        yield from self.state.tables.get(table, {}).values()

    def find(self, table: str, *key: object) -> Row | None:
        """Return one row of master data; codes are matched as AFAS's database does, case aside."""
        return self.state.tables.get(table, {}).get(as_key(*key))

    def put(self, table: str, row: Mapping[str, Any]) -> Row:
        """Add or change a row of master data; fields that are not named keep what they had."""
        shape = connectors()[table]
        key = as_key(*(row[name] for name in shape.key))
        kept = self.state.tables.setdefault(table, {})
        known: Row = dict(kept.get(key) or dict.fromkeys(shape.fields)) | dict(row)
        if "ModifiedDate" in shape.fields:
            known["ModifiedDate"] = self.now()
            known["CreateDate"] = known["CreateDate"] or self.now()
        kept[key] = known
        return known

    def next_number(self, series: str, first: int) -> int:
        """Count on in a series."""
        number = max(self.state.last_number.get(series, first - 1) + 1, first)
        self.state.last_number[series] = number
        return number

    def invoices(self) -> Iterator[Invoice]:
        """Return all financial invoices."""
        for listed in self.state.invoices.values():
            yield from listed

    def invoices_of(self, unit: int, number: str) -> list[Invoice]:
        """Return the invoices of an administration with a number, case and blanks at the end aside."""
        return self.state.invoices.get((unit, number.rstrip().casefold()), [])

    def add_invoice(self, invoice: Invoice) -> None:
        """Keep a financial invoice."""
        key = (invoice.unit, invoice.number.rstrip().casefold())
        self.state.invoices.setdefault(key, []).append(invoice)


def as_key(*parts: object) -> Key:
    """Make the key of a row: text without regard to case or blanks at the end."""
    return tuple(str(part).rstrip().upper() for part in parts)
