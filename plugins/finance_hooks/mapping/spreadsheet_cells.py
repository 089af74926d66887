"""Write a cell so that no spreadsheet takes it for a formula, and read it back as it was.

Imported when Airflow parses the DAG file, so it needs nothing but the standard library.
"""

import re

_BEGINS = r"[=+\-@\uff1d\uff0b\uff0d\uff20|%]"
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_OPEN = re.compile(rf"(^\s*|;\s*)('*{_BEGINS})")
"""Where a spreadsheet would begin to calculate; with Dutch settings it also parts cells at a semicolon."""
_GUARDED = re.compile(rf"(^\s*|;\s*)'('*{_BEGINS})")


def guard_cell(text: str) -> str:
    """Put an apostrophe where a spreadsheet would begin to calculate; a number stays as it is."""
    return text if _NUMBER.fullmatch(text) else _OPEN.sub(r"\1'\2", text)


def unguard_cell(text: str) -> str:
    """Take one such apostrophe away again."""
    return _GUARDED.sub(r"\1\2", text)
