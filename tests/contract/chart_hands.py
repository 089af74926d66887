"""Take codes out of an emulated chart, block them or rename them, as somebody in the package would."""

import pickle
from collections.abc import Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

HERE = Path(__file__).parent


class Change(StrEnum):
    """What happens to a code."""

    DELETE = "delete"
    BLOCK = "block"
    RENAME = "rename"


class Hands(Protocol):
    """Changes the chart of one administration; `False` where the package has no such code or change."""

    def __call__(self, emulator: Any, administration: str, part: str, code: str, change: Change) -> bool: ...


def hands_of(slug: str) -> Hands:
    """Find how a package's chart is changed."""
    found: Hands = import_module(f"tests.contract.{slug}.chart_hands").change_code
    return found


def change_row(
    table: dict[Any, dict[str, Any]], field: str, code: str, change: Change, blocked: Mapping[str, Any] | None
) -> bool:
    """Change a row of a table whose code stands in a field; `blocked` is what a blocked one holds."""
    key = next((key for key, row in table.items() if str(row[field]).strip() == code), None)
    if key is None or (change is Change.BLOCK and blocked is None):
        return False
    if change is Change.DELETE:
        del table[key]
    elif change is Change.BLOCK:
        table[key] |= blocked or {}
    else:
        table[key][field] = renamed(code)
    return True


def renamed(code: str) -> str:
    """Make another code of the same length that nobody has."""
    return ("#" + code[1:]) if len(code) > 1 else "#"


def keep_books(emulator: Any) -> bytes:
    """Keep books and charts, without tokens and counters."""
    return pickle.dumps(emulator.state()[0])


def restore_books(emulator: Any, kept: bytes) -> None:
    """Put back what was kept; tokens and counters stay as they are."""
    emulator.restore((pickle.loads(kept), *emulator.state()[1:]))  # noqa: S301 - of this process
