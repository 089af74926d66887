"""Every change of one mapping row or one code that may make documents unbookable, one at a time."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.schemas import (
    ARTICLE_ACCOUNTS,
    COST_CENTRES,
    COST_UNITS,
    JOURNALS,
    LEDGER_ACCOUNTS,
    PARTIES,
    PAYMENT_TERMS,
    VAT_CODES,
    Schema,
)
from finance_hooks.mapping.tables import Tables
from finance_hooks.mapping.valid_rows import ValidRow, valid_rows
from tests.contract.chart_hands import Change

CODES: dict[Schema, tuple[tuple[str, str], ...]] = {
    JOURNALS: (("journal", "journals"),),
    LEDGER_ACCOUNTS: (("target_account", "ledger_accounts"),),
    VAT_CODES: (
        ("target_vat_code", "vat_codes"),
        ("vat_account", "ledger_accounts"),
        ("reverse_charge_account", "ledger_accounts"),
    ),
    COST_CENTRES: (("target_code", "cost_centres"),),
    COST_UNITS: (("target_code", "cost_units"),),
    PAYMENT_TERMS: (("target_code", "payment_terms"),),
}
"""Which columns of a file hold codes of which part of the chart."""
OTHER_COLUMNS = {ARTICLE_ACCOUNTS: "source_account", PARTIES: "target_party"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row taken out, or one code in it written wrong; documents that use it are concerned."""

    at: str
    content: str
    part: str
    change: Change
    column: str | None = None

    def __str__(self) -> str:
        return f"{self.change} {self.at} {self.column or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChange:
    """One code of the chart taken out, blocked or renamed."""

    part: str
    code: str
    change: Change

    def __str__(self) -> str:
        return f"{self.change} {self.part} {self.code}"


def row_changes(tables: Tables, on: date) -> Iterator[RowChange]:
    """Delete every row, and write every code of every row wrong."""
    for schema in (*CODES, *OTHER_COLUMNS):
        for row in valid_rows(tables, schema, on):
            columns = [column for column, _ in CODES.get(schema, ())] or [OTHER_COLUMNS[schema]]
            yield _row_change(row, schema, Change.DELETE, None)
            for column in columns:
                if row[column]:
                    yield _row_change(row, schema, Change.RENAME, column)


def code_changes(tables: Tables, on: date) -> Iterator[CodeChange]:
    """Take out, block and rename every code that a row names."""
    named = {
        (part, row[column]): None
        for schema, columns in CODES.items()
        for row in valid_rows(tables, schema, on)
        for column, part in columns
        if row[column]
    }
    for part, code in named:
        for change in Change:
            yield CodeChange(part=part, code=code, change=change)


def write_mutated(folder: Path, changed: RowChange | None) -> None:
    """Write the project's mapping files into a folder, one row of them changed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(MAPPINGS, folder)
    if changed is None:
        return
    file, _, line = changed.at.rpartition(":")
    path = folder / file
    lines = path.read_text(encoding="utf-8").split("\n")
    if changed.column is None:
        del lines[int(line) - 1]
    else:
        place = lines[0].split(",").index(changed.column)
        cells = lines[int(line) - 1].split(",")
        cells[place] = f"#{cells[place]}"
        lines[int(line) - 1] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")


def _row_change(row: ValidRow, schema: Schema, change: Change, column: str | None) -> RowChange:
    return RowChange(
        at=f"{row.file}:{row.line}",
        content=row.content,
        part=schema.name.removesuffix(".csv"),
        change=change,
        column=column,
    )


def cover(rows_of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Choose few documents that together use every row that is used."""
    missing = set().union(*rows_of.values())
    chosen: set[str] = set()
    while missing:
        best = max(rows_of, key=lambda number: (len(rows_of[number] & missing), number))
        chosen.add(best)
        missing -= rows_of[best]
    return frozenset(chosen)


def expected_reasons(change: RowChange | CodeChange) -> tuple[str, ...]:
    """Return how the codes of the reasons end for which a concerned document parks."""
    if isinstance(change, RowChange) and (
        change.change is Change.DELETE or change.part == "article_accounts"
    ):
        return ("_unmapped", "_absent")
    return ("code_blocked", "code_refused") if change.change is Change.BLOCK else ("code_refused",)
