"""Write texts of others where they cannot act: no formula in a spreadsheet, no command to a terminal."""

import re
from decimal import Decimal

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Ends of lines, escapes of terminals, tabs: whatever is no letter of one line."""

_REORDERING = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that show a text in another order than it is written in."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

_BEGINS = r"(?=[=+\-@\uff1d\uff0b\uff0d\uff20|%])"
_FORMULA = re.compile(rf"^(\s*){_BEGINS}|(;\s*){_BEGINS}(?!-?\d+(\.\d+)?\s*(;|$))")
"""Where a spreadsheet would begin to calculate; with Dutch settings it also parts cells at a semicolon."""


def one_line(text: str) -> str:
    """Write a text as one line of plain letters, for a screen or a log."""
    return _REORDERING.sub("", _CONTROL.sub(" ", text))


def csv_cell(value: object) -> object:
    """Write a value for a cell of CSV: numbers stay numbers, and no text begins a formula.

    A text that would begin one gets an apostrophe before it, which spreadsheets take for "this is text".
    """
    if value is None or isinstance(value, int | Decimal):
        return value
    text = one_line(str(value))
    return text if _NUMBER.fullmatch(text) else no_formula(text)


def no_formula(text: str) -> str:
    """Write a text as one line that begins no formula, also where it begins with a number."""
    return _FORMULA.sub(r"\g<0>'", one_line(text))
