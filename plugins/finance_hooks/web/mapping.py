"""Page Mapping: which rows documents use, which codes have none, and which rows the package does not take."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from finance_hooks.mapping.lookup import TableRow, all_rows
from finance_hooks.mapping.missing_rows import ASKED_BY, MissingRow, missing_row, role_of
from finance_hooks.mapping.schemas import (
    ARTICLE_ACCOUNTS,
    COST_CENTRES,
    COST_UNITS,
    EVERY,
    JOURNALS,
    LEDGER_ACCOUNTS,
    PARTIES,
    PAYMENT_TERMS,
    TABLES,
    VAT_CODES,
    Schema,
)
from finance_hooks.mapping.tables import SOURCE, Tables
from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.preflight_fault import PreflightFault, fault_texts
from finance_hooks.store.mapping_gaps import Gap, Gaps

Row = TypeVar("Row")

WANTED = Gaps(
    codes=frozenset(ASKED_BY), sides={document_type: role_of(document_type) for document_type in DocumentType}
)
"""What parks documents for want of a row of any table."""
TITLES = {
    JOURNALS.name: "mapping.table_journals",
    LEDGER_ACCOUNTS.name: "mapping.table_ledger_accounts",
    VAT_CODES.name: "mapping.table_vat_codes",
    PARTIES.name: "mapping.table_parties",
    COST_CENTRES.name: "mapping.table_cost_centres",
    COST_UNITS.name: "mapping.table_cost_units",
    PAYMENT_TERMS.name: "mapping.table_payment_terms",
    ARTICLE_ACCOUNTS.name: "mapping.table_article_accounts",
}
"""What people call the tables."""
PAGE_ROWS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingCode:
    """A code without a row, what it holds up, and whether rows for it are there that do not hold."""

    gap: Gap
    row: MissingRow
    file: str
    has_row: bool

    @property
    def columns(self) -> str:
        """The key columns of the row, and so what its cells are."""
        return ", ".join(self.row.schema.keys)

    @property
    def code(self) -> str:
        """The cells as people read them; empty where there is nothing to look up by."""
        return ", ".join(cell for cell in self.row.cells if cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One table: its rows, how many of them documents used, and what is missing or wrong."""

    name: str
    file: str
    title: str
    own: int
    for_all: int
    used: int
    missing: int
    faults: int

    @property
    def unused(self) -> int:
        """How many rows no document used."""
        return self.own + self.for_all - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row as it is shown: where it stands, what it is looked up by, and all else that it says."""

    at: str
    owner: str
    key: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFault:
    """A fault in the words of whoever looks; `is_old` when the row was changed since it was found."""

    fault: PreflightFault
    what: str
    remedy: str
    is_old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[Row]):
    """Some rows of a list: which part of it they are, and how long the list is."""

    rows: Sequence[Row]
    number: int
    total: int

    @property
    def earlier(self) -> int | None:
        """The number of the part before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def later(self) -> int | None:
        """The number of the part after."""
        return self.number + 1 if self.number * PAGE_ROWS < self.total else None


def documents_address(sync_id: str, code: ReasonCode) -> str:
    """Return where the documents stand that are parked for a reason."""
    return f"/documents?{urlencode({'sync_id': sync_id, 'reason': code.value})}"


def cut_part(rows: Sequence[Row], asked: str) -> Part[Row]:
    """Return the part of a list that is asked for, the first where that is none."""
    last = max(1, -(-len(rows) // PAGE_ROWS))
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    number = min(max(number, 1), last)
    return Part(rows=rows[(number - 1) * PAGE_ROWS :][:PAGE_ROWS], number=number, total=len(rows))


def name_table(schema: Schema, target: str) -> str:
    """Name the file of a table, with its folder."""
    return f"{SOURCE if schema is ARTICLE_ACCOUNTS else target}/{schema.name}"


def make_missing(gaps: Sequence[Gap], tables: Tables, target: str) -> list[MissingCode]:
    """Say of every code that parks documents which row it asks for."""
    there = {
        (schema.name, tuple(row[name] for name in schema.keys))
        for schema in TABLES
        for row in all_rows(tables[schema])
    }
    found = ((gap, missing_row(gap.code, gap.field, gap.value, gap.side)) for gap in gaps)
    return [
        MissingCode(
            gap=gap,
            row=row,
            file=name_table(row.schema, target),
            has_row=(row.file, row.cells) in there,
        )
        for gap, row in found
        if row is not None
    ]


def make_coverage(
    tables: Tables,
    used: Collection[str],
    missing: Sequence[MissingCode],
    faults: Sequence[PreflightFault],
    target: str,
) -> list[Coverage]:
    """Count of every table what it holds, what of it is used, and what is missing or wrong."""
    lacking = Counter(one.file for one in missing)
    faulty = Counter(fault.file for fault in faults)
    return [
        Coverage(
            name=schema.name,
            file=name_table(schema, target),
            title=TITLES[schema.name],
            own=sum(row.cells[schema.columns[0].name] != EVERY for row in rows),
            for_all=sum(row.cells[schema.columns[0].name] == EVERY for row in rows),
            used=sum(row.content in used for row in rows),
            missing=lacking[name_table(schema, target)],
            faults=faulty[name_table(schema, target)],
        )
        for schema, rows in ((schema, all_rows(tables[schema])) for schema in TABLES)
    ]


def unused_rows(tables: Tables, used: Collection[str]) -> list[ShownRow]:
    """Return the rows that no document used."""
    return [
        _shown(row, schema)
        for schema in TABLES
        for row in all_rows(tables[schema])
        if row.content not in used
    ]


def _shown(row: TableRow, schema: Schema) -> ShownRow:
    owner = schema.columns[0].name
    told = row.content.split("\x1f")[1:]
    cells = dict(zip([name for name in schema.header if name != "note"], told, strict=True))
    rest = (f"{name} {cell}" for name, cell in cells.items() if cell and name not in {owner, *schema.keys})
    return ShownRow(
        at=row.at,
        owner=cells[owner],
        key=", ".join(cells[name] for name in schema.keys if cells[name]),
        says=", ".join(rest),
    )


def make_faults(faults: Sequence[PreflightFault], tables: Tables, language: Language) -> list[ShownFault]:
    """Put faults into words, and say which rows were changed since."""
    there = {row.content for schema in TABLES for row in all_rows(tables[schema])}
    texts: Mapping[str, tuple[str, str]] = {
        code: (text.nl, text.remedy_nl) if language == "nl" else (text.en, text.remedy_en)
        for code, text in fault_texts().items()
    }
    return [
        ShownFault(
            fault=fault,
            what=texts[fault.code][0],
            remedy=texts[fault.code][1],
            is_old=fault.content is not None and fault.content not in there,
        )
        for fault in sorted(faults, key=lambda one: (one.file, one.line or 0))
    ]
