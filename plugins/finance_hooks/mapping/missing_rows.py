"""Say which row of which table a parked document waits for, and which tables hold that row."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from finance_hooks.mapping.codes import article_keys
from finance_hooks.mapping.lookup import find_row
from finance_hooks.mapping.map_lines import TRIED
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
from finance_hooks.mapping.tables import FIRST, Tables
from finance_hooks.model.document import DocumentType, EntryKind
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import Role

ARTICLES = {"article": ARTICLE_ACCOUNTS, "activity": ARTICLE_ACCOUNTS, "article, activity": ARTICLE_ACCOUNTS}
ASKED_BY: Mapping[ReasonCode, Mapping[str, Schema]] = MappingProxyType(
    {
        ReasonCode.JOURNAL_UNMAPPED: {"document_type": JOURNALS},
        ReasonCode.LEDGER_ACCOUNT_UNMAPPED: {"ledger_account": LEDGER_ACCOUNTS},
        ReasonCode.VAT_CODE_UNMAPPED: {"vat_code": VAT_CODES},
        ReasonCode.PARTY_UNMAPPED: {"party": PARTIES},
        ReasonCode.COST_CENTRE_UNMAPPED: {"cost_centre": COST_CENTRES, "cost_unit": COST_UNITS},
        ReasonCode.PAYMENT_TERM_UNMAPPED: {"payment_term": PAYMENT_TERMS},
        ReasonCode.LEDGER_ACCOUNT_ABSENT: ARTICLES,
    }
)
"""The tables that a reason asks a row of, by the field it names."""
BY_NAME = {schema.name: schema for schema in TABLES}
ROLES = {EntryKind.SALES: Role.DEBTOR, EntryKind.PURCHASE: Role.CREDITOR}
"""As what a document needs its party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """A row that is wanted: its kind of file, and the cells of the key columns as far as they are known.

    A memorial does not say whether it wants a debtor or a creditor, and a line without article and activity
    has nothing to be looked up by: these cells are empty.
    """

    file: str
    cells: tuple[str, ...]

    @property
    def schema(self) -> Schema:
        """The kind of file."""
        return BY_NAME[self.file]

    @property
    def is_known(self) -> bool:
        """Whether the cells are enough to write the row."""
        return any(self.cells) if self.file == ARTICLE_ACCOUNTS.name else all(self.cells)


Wanted = tuple[MissingRow, str]
"""A row, and the document date it has to hold for (year first)."""


def role_of(document_type: DocumentType) -> str:
    """Say as what a document of this type needs its party; empty where its lines may mean either."""
    return ROLES.get(document_type.kind, "")


def missing_row(code: ReasonCode, field: str | None, value: str | None, role: str) -> MissingRow | None:
    """Return the row that a reason asks for, `None` when it asks for none."""
    schema = ASKED_BY.get(code, {}).get(field or "")
    if schema is None and code is not ReasonCode.LEDGER_ACCOUNT_ABSENT:
        return None
    if schema is None or schema is ARTICLE_ACCOUNTS:
        return MissingRow(file=ARTICLE_ACCOUNTS.name, cells=_article_cells(field or "", value or ""))
    cells = (value or "", role) if schema is PARTIES else (value or "",)
    return MissingRow(file=schema.name, cells=cells)


def _article_cells(field: str, value: str) -> tuple[str, str]:
    names, codes = field.split(TRIED), value.split(TRIED)
    if len(names) == 1:
        codes = [value]
    # A code with a comma of its own cannot be told from two codes.
    found = dict(zip(names, codes, strict=True)) if len(names) == len(codes) else {}
    return found.get("article", ""), found.get("activity", "")


def answered(asked: Collection[Wanted], tables: Tables, before: Tables) -> set[Wanted]:
    """Return which rows the tables hold on the document dates they are asked for.

    Whether a VAT row's conditions agree only the source can say, so a code that had a row `before` is left
    out; so is a party to which a rule of `before` gave no number.
    """
    found: set[Wanted] = set()
    for schema in TABLES:
        mine = {one for one in asked if one[0].file == schema.name}
        if schema is PARTIES:
            found |= _parties(mine, tables, before)
        elif schema is ARTICLE_ACCOUNTS:
            found |= _articles(mine, tables)
        else:
            found |= _held(mine, schema, tables)
            if schema.conditions:
                found -= _held(mine, schema, before)
    return found


def _held(mine: set[Wanted], schema: Schema, tables: Tables) -> set[Wanted]:
    rows = find_row({(*row.cells, day) for row, day in mine}, tables[schema], schema.keys)
    return {(row, day) for row, day in mine if (*row.cells, day) in rows}


def _parties(mine: set[Wanted], tables: Tables, before: Tables) -> set[Wanted]:
    wanted = {(*row.cells, FIRST) for row, _ in mine}
    rules = {(EVERY, role, FIRST) for role in Role}
    rows = find_row(wanted | rules, tables[PARTIES], PARTIES.keys)
    old = find_row(rules, before[PARTIES], PARTIES.keys)
    new_rules = {role for party, role, _ in rows.keys() - old.keys() if party == EVERY}
    return {(row, day) for row, day in mine if (*row.cells, FIRST) in rows or row.cells[1] in new_rules}


def _articles(mine: set[Wanted], tables: Tables) -> set[Wanted]:
    """Choose the lines that find an account of the source, which itself has a row."""
    keys = {one: list(article_keys(*one[0].cells)) for one in mine}
    rows = find_row(
        {key for each in keys.values() for key in each}, tables[ARTICLE_ACCOUNTS], ARTICLE_ACCOUNTS.keys
    )
    accounts = {
        one: (rows[key]["source_account"], one[1])
        for one, each in keys.items()
        if (key := next((key for key in each if key in rows), None)) is not None
    }
    mapped = find_row(set(accounts.values()), tables[LEDGER_ACCOUNTS], LEDGER_ACCOUNTS.keys)
    return {one for one, account in accounts.items() if account in mapped}
