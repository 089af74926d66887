"""Run the real chain with one row or one code changed, and say in what it did not do as it should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from finance_hooks.mapping.tables import read_tables
from finance_hooks.mapping.valid_rows import valid_rows
from finance_hooks.model.selection import Selection
from tests.contract.chart_hands import Change, hands_of, keep_books, renamed, restore_books
from tests.integration.chain.chain import FORGOTTEN, Chain
from tests.integration.chain.mutations import (
    CODES,
    CodeChange,
    RowChange,
    cover,
    expected_reasons,
    write_mutated,
)

TABLES = f"{FORGOTTEN}, preflight, budget"
FALLS_BACK = ("article_accounts",)
"""Files in which a row that is gone may leave another one to hold for the document."""
LOOKED_UP_BY_NAME = ("parties",)
"""Files whose codes preflight cannot know beforehand: a pattern makes them of the document's party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What a night with a change did; `before` are those parked before anything was sent."""

    concerned: frozenset[str]
    is_listed: bool
    before: Mapping[str, list[str]]
    after: Mapping[str, list[str]]
    books: Mapping[str, Any]


@dataclass(slots=True)
class Mutating:
    """One chain that is set back before each change; `rows_of` and `booked` are what happens without any."""

    chain: Chain
    folder: Path
    emulator: Any = None
    kept: bytes = b""
    selection: Selection | None = None
    rows_of: dict[str, frozenset[str]] = field(default_factory=dict)
    booked: dict[str, Any] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    naming: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.emulator = self.chain.bench.server.emulator
        # Every change costs a night's calls, and all of them are made on one day.
        self.emulator.limits_scale = 1000
        self.kept = keep_books(self.emulator)
        self.selection = Selection(
            changed_since=None,
            dated_from=self.today - timedelta(days=45),
            dated_until=self.today,
            moves_watermark=True,
        )
        self.chain.mappings = self.folder
        self.naming = dict(self._naming())
        chart = self.chain.bench.hook().read_chart(self.chain.administration.target_administration)
        parts = {part for columns in CODES.values() for _, part in columns}
        self.unlisted = frozenset(part for part in parts if chart.codes_of(part) is None)

    @property
    def today(self) -> date:
        return self.chain.today

    def settle_on(self, count: int) -> None:
        """Let the source issue documents, keep as few as use every row that any uses, and book them."""
        self.chain.generate(count)
        self.set_back(None)
        self._prepare()
        self._keep_only(cover(self._rows()))
        self.set_back(None)
        self._prepare()
        self.chain.load_until_done()
        assert set(self.chain.states()) == {"booked"}, self.chain.reason_codes()
        self.rows_of = self._rows()
        self.booked = dict(self._books())

    def try_change(self, change: RowChange | CodeChange) -> list[str] | None:
        """Run a night with one change; returns what went wrong, `None` where there is no such change."""
        self.set_back(change if isinstance(change, RowChange) else None)
        if isinstance(change, CodeChange) and not self._change_code(change):
            return None
        self._prepare()
        before = self._parked()
        self.chain.load_until_done()
        night = Night(
            concerned=self._concerned(change),
            is_listed=self._is_listed(change),
            before=before,
            after=self._parked(),
            books=dict(self._books()),
        )
        strange = set(self.chain.states()) - {"booked", "parked"}
        said = [
            *(f"some are {state}" for state in strange),
            *(f"{number} {why}" for number in self.rows_of for why in self._wrong(change, night, number)),
        ]
        return [f"{change}: {each}" for each in said]

    def count(self, change: RowChange | CodeChange) -> int:
        """Count the documents that a change concerns."""
        return len(self._concerned(change))

    def set_back(self, changed: RowChange | None) -> None:
        """Go back to empty books and the chart as it was, with the mapping files changed as told."""
        restore_books(self.emulator, self.kept)
        with self.chain.engine.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {TABLES} CASCADE"))
        write_mutated(self.folder, changed)

    def _wrong(self, change: RowChange | CodeChange, night: "Night", number: str) -> Iterator[str]:
        if number in night.after:
            yield from self._wrongly_parked(change, night, number)
            return
        reference = self.references[number]
        found, wanted = self._found(change, night, reference), self.booked[reference]
        if number in night.concerned and change.part not in FALLS_BACK and night.is_listed:
            yield "is booked though it is concerned"
        elif found is None:
            yield "is neither parked nor booked"
        elif (number not in night.concerned or not night.is_listed) and found != wanted:
            yield "is booked otherwise than without the change"
        elif _total(found) != _total(wanted):
            yield "is booked for another amount"

    def _wrongly_parked(self, change: RowChange | CodeChange, night: "Night", number: str) -> Iterator[str]:
        codes, expected = night.after[number], expected_reasons(change)
        added = self._is_added_by_package(change, number)
        if number not in night.concerned and not added:
            yield f"is parked for nothing: {codes}"
        elif not any(code.endswith(expected) for code in codes):
            yield f"is parked as {codes}, not {expected}"
        if self.references[number] in night.books:
            yield "is parked and booked"
        known = night.is_listed and change.part not in LOOKED_UP_BY_NAME and not added
        if number not in night.before and known:
            yield f"was found out by the package, not before: {codes}"

    def _found(self, change: RowChange | CodeChange, night: "Night", reference: str) -> Any:
        """Return how it is booked; an account that only the package adds may have its new name or the old."""
        found = night.books.get(reference)
        if found is None or not isinstance(change, CodeChange) or change.change is not Change.RENAME:
            return found
        new = renamed(change.code)
        lines = [
            line | {"account": change.code if line["account"] == new else line["account"]}
            for line in found["lines"]
        ]
        return found | {"lines": lines}

    def _is_added_by_package(self, change: RowChange | CodeChange, number: str) -> bool:
        """Say whether the package books it on the changed account though no row that it uses names that."""
        if not isinstance(change, CodeChange) or number in self._concerned(change):
            return False
        lines = self.booked[self.references[number]]["lines"]
        return change.part == "ledger_accounts" and any(line["account"] == change.code for line in lines)

    def _concerned(self, change: RowChange | CodeChange) -> frozenset[str]:
        """Say which documents use the changed row, or a row that names the changed code."""
        contents = (
            frozenset({change.content})
            if isinstance(change, RowChange)
            else self.naming[change.part, change.code]
        )
        return frozenset(number for number, used in self.rows_of.items() if used & contents)

    def _is_listed(self, change: RowChange | CodeChange) -> bool:
        """Say whether the package lists such codes; else it finds a wrong one out itself."""
        if isinstance(change, CodeChange):
            return change.part not in self.unlisted
        part = dict(CODES_OF_COLUMN.get(change.part, ())).get(change.column or "")
        return part not in self.unlisted

    def _change_code(self, change: CodeChange) -> bool:
        administration = self.chain.administration
        act = hands_of(administration.target)
        return act(
            self.emulator, administration.target_administration, change.part, change.code, change.change
        )

    def _prepare(self) -> None:
        self.chain.prepare(selection=self.selection)

    def _naming(self) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
        tables = read_tables(self.chain.administration)
        found: dict[tuple[str, str], set[str]] = {}
        for schema, columns in CODES.items():
            for row in valid_rows(tables, schema, self.today):
                for column, part in columns:
                    found.setdefault((part, row[column]), set()).add(row.content)
        for key, contents in found.items():
            yield key, frozenset(contents)

    def _rows(self) -> dict[str, frozenset[str]]:
        """Return the mapping rows behind each document, and remember under what it is in the books."""
        chosen = sa.text(
            "SELECT d.source_document_id AS id, p.mapping_rows, p.entry, p.state"
            " FROM posting p JOIN document d USING (document_id)"
        )
        with self.chain.engine.begin() as connection:
            rows = connection.execute(chosen).all()
        self.references = {row.id: row.entry["reference"] for row in rows if row.entry}
        return {row.id: frozenset(row.mapping_rows.values()) for row in rows if row.entry}

    def _parked(self) -> dict[str, list[str]]:
        chosen = sa.text(
            "SELECT d.source_document_id AS id, p.reasons FROM posting p JOIN document d USING (document_id)"
            " WHERE p.state = 'parked'"
        )
        with self.chain.engine.begin() as connection:
            rows = connection.execute(chosen).all()
        return {row.id: [reason["code"] for reason in row.reasons] for row in rows}

    def _books(self) -> Iterator[tuple[str, Any]]:
        """Read the books by our reference, without the numbers that the package gives."""
        chosen = sa.text("SELECT reference, target_entry_number AS number, journal FROM posting")
        with self.chain.engine.begin() as connection:
            given = {(row.number, row.journal): row.reference for row in connection.execute(chosen)}
        for entry in self.chain.bench.books():
            key = given.get((entry["number"], entry["journal"]), f"nobody's {entry['number']}")
            yield key, entry | {"number": None}

    def _keep_only(self, chosen: frozenset[str]) -> None:
        for rows in self.chain.source_emulator.documents.rows.values():
            for key in [key for key, row in rows.items() if "Lines" in row and str(row["Id"]) not in chosen]:
                del rows[key]


CODES_OF_COLUMN = {schema.name.removesuffix(".csv"): columns for schema, columns in CODES.items()}


def _total(entry: Mapping[str, Any]) -> Decimal:
    return sum((Decimal(line["debit"]) for line in entry["lines"]), Decimal(0))
