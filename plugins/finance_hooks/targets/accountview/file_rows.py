"""Lay out an entry as rows of a file: each line of its page with the page's own fields before it."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import write_reference
from finance_hooks.model.money import CENT, ZERO
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.file_columns import (
    LINE_NUMBER,
    LINE_PARTY,
    PAGE_DAY,
    PAGE_NUMBER,
    PAGE_PARTY,
)
from finance_hooks.targets.accountview.payload import LINE, PAGE, make_page
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.cells import Row
from finance_hooks.targets.description import shorten

Rows = list[tuple[EntryLine | None, Row]]


def make_rows(entry: Entry) -> Rows:
    """Return the rows of an entry's lines, with all fields that its page is sent with."""
    page = make_page(entry, Conventions())
    header = _named(PAGE, page.header) | {PAGE_DAY.field: entry.entry_date}
    return [
        (line, header | _named(LINE, written)) for line, written in zip(entry.lines, page.lines, strict=True)
    ]


def make_frozen_rows(entry: Entry) -> Rows:
    """Return the rows of the frozen layout, which has no field for a G account and one for party and number.

    The description of a page says what goes to a G account. In a memorial party and number are the line's.
    """
    rows = make_rows(_say_g_account(entry))
    if entry.kind is not EntryKind.MEMORIAL:
        return rows
    return [
        (line, {**row, PAGE_NUMBER.field: row[LINE_NUMBER.field], PAGE_PARTY.field: row[LINE_PARTY.field]})
        for line, row in rows
    ]


def _say_g_account(entry: Entry) -> Entry:
    if entry.g_account_amount == ZERO:
        return entry
    blocked = f"G {entry.g_account_amount.quantize(CENT)}"
    room = SETTINGS.description_length - len(write_reference(entry.reference)) - len(blocked) - 2
    return replace(entry, description=f"{shorten(entry.description, room)} {blocked}".strip())


def _named(table: str, values: Mapping[str, object]) -> dict[str, object]:
    return {f"{table}.{name}": value for name, value in values.items()}
