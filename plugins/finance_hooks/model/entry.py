"""Describe what we book (`Entry`) and what we find in the books (`BookedEntry`)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One leg of an entry besides the party's, in the target's own codes.

    Sales and purchase: `amount` is net with the document's natural sign (credit notes negative) and
    `vat_amount` the share of the document's VAT that this line carries; `reverse_charge_amount` is VAT due
    and deductible at once. Memorial: `amount` is debit minus credit. `source_lines` and `mapping_rows`
    (`file:line`) say where the leg comes from.
    """

    number: int
    ledger_account: str
    amount: Decimal
    description: str
    vat_code: str | None = None
    vat_amount: Decimal = ZERO
    vat_account: str | None = None
    reverse_charge_amount: Decimal = ZERO
    reverse_charge_account: str | None = None
    cost_centre: str | None = None
    cost_unit: str | None = None
    party: str | None = None
    source_lines: tuple[int, ...] = ()
    mapping_rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booking as it will be sent: balanced, in the target's own codes, with its reference.

    `number` is the document's own number (the supplier's on a purchase that has one). `rate` is the
    administration's currency per 1 unit of `currency`, `None` when they are the same. `gross` and `vat` are
    in `currency` with the document's sign; a memorial's `gross` is its sum of debit.
    `gross_in_books` is `gross` in the administration's currency. `moved_from` is the day it should have been
    booked on, when that day is closed.
    """

    posting_key: str
    reference: str
    kind: EntryKind
    administration: str
    journal: str
    number: str
    entry_date: date
    due_date: date | None
    fiscal_year: int
    period: int
    party: str | None
    description: str
    currency: str
    rate: Decimal | None
    payment_term: str | None
    gross: Decimal
    vat: Decimal
    gross_in_books: Decimal
    g_account_amount: Decimal
    lines: tuple[EntryLine, ...]
    moved_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One period of a fiscal year, as the target counts it."""

    fiscal_year: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLine:
    """One leg of a booking as the target shows it, in the administration's currency."""

    ledger_account: str
    debit: Decimal
    credit: Decimal
    vat_code: str | None
    is_vat: bool
    cost_centre: str | None
    party: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedEntry:
    """One booking read back from the target.

    `references` are all references of ours found in its texts. `gross` is in `currency` with the sign of
    `Entry.gross`, `gross_in_books` the same in the administration's currency; a memorial's is its sum of
    debit.
    """

    id: str
    entry_number: str
    journal: str
    kind: EntryKind
    references: frozenset[str]
    number: str | None
    entry_date: date
    period: Period
    party: str | None
    currency: str
    gross: Decimal
    gross_in_books: Decimal
    lines: tuple[BookedLine, ...]
