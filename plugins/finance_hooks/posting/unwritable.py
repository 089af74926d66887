"""Find the value that keeps an entry from being written to a file, where the file's format fails over it."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.faults import fault

UNFORESEEN = (LookupError, ArithmeticError, TypeError, ValueError, AttributeError, csv.Error)
"""What writing raises over a value that no check foresaw; an error of ours says who must act, and goes on."""

Writing = Callable[[Entry], object]
"""Checks and writes one entry, and changes nothing."""

HARMLESS: dict[type, object] = {str: "1", Decimal: ZERO, date: date(2026, 1, 1)}
"""What stands in for a value to see whether the rest can be written."""
OWN = frozenset({"posting_key", "kind"})
"""What no person can change."""
DETAIL_LENGTH = 200

Changed = tuple[str, object, EntryLine | None, Entry]
"""A field, its value, its line if it is one of a line, and the entry without that value."""


def why_unwritable(entry: Entry, write: Writing) -> Reason | None:
    """Say what keeps an entry from being written, `None` when nothing does.

    The value at fault is the one without which the entry can be written; where there is none, the reason says
    only how writing failed.
    """
    failed = _failure(entry, write)
    if failed is None:
        return None
    detail = repr(failed)[:DETAIL_LENGTH]
    for field, value, line, changed in _without_each(entry):
        if _failure(changed, write) is None:
            return fault(entry, ReasonCode.FILE_UNWRITABLE, field, str(value), line, detail)
    return Reason(code=ReasonCode.FILE_UNWRITABLE, document=entry.number, detail=detail)


def _failure(entry: Entry, write: Writing) -> Exception | None:
    try:
        write(entry)
    except UNFORESEEN as error:
        return error
    return None


def _without_each(entry: Entry) -> Iterator[Changed]:
    for field, value, harmless in _values(entry):
        yield field, value, None, replace(entry, **{field: harmless})  # type: ignore[arg-type]
    for place, line in enumerate(entry.lines):
        for field, value, harmless in _values(line):
            changed = replace(line, **{field: harmless})  # type: ignore[arg-type]
            lines = (*entry.lines[:place], changed, *entry.lines[place + 1 :])
            yield field, value, line, replace(entry, lines=lines)


def _values(of: Entry | EntryLine) -> Iterator[tuple[str, object, object]]:
    for field in fields(of):
        value = getattr(of, field.name)
        if field.name not in OWN and type(value) in HARMLESS:
            yield field.name, value, HARMLESS[type(value)]
