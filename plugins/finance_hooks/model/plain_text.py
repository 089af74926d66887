"""Write texts of others for a spreadsheet so that they cannot act: no text begins a formula."""

import re
from decimal import Decimal

from finance_hooks.model.printable import printable

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)

_BEGINS = r"(?=[=+\-@\uff1d\uff0b\uff0d\uff20|%])"
_FORMULA = re.compile(rf"^(\s*){_BEGINS}|(;\s*){_BEGINS}(?!-?\d+(\.\d+)?\s*(;|$))")
"""Where a spreadsheet would begin to calculate; with Dutch settings it also parts cells at a semicolon."""


def csv_cell(value: object) -> object:
    """Write a value for a cell of CSV: numbers stay numbers, and no text begins a formula.

    A text that would begin one gets an apostrophe before it, which spreadsheets take for "this is text".
    """
    if value is None or isinstance(value, int | Decimal):
        return value
    text = printable(str(value))
    return text if _NUMBER.fullmatch(text) else no_formula(text)


def no_formula(text: str) -> str:
    """Write a text as one line that begins no formula, also where it begins with a number."""
    return _FORMULA.sub(r"\g<0>'", printable(text))
