"""Write and read AccountView's JSON: tables of rows, exact amounts, dates in every form it has been seen in.

Shapes as decoded by omniboost/go-accountview.net and the unit ulcsAccountViewUtility.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from finance_hooks.model.money import ZERO, read_number, round_half_up
from finance_hooks.transport.json_text import read_answer

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]

UNEXPECTED = (KeyError, ArithmeticError, TypeError, ValueError)
"""What reading rows of another shape than AccountView's raises."""

BUSINESS_ERROR = "AccountViewError"
MESSAGE_LENGTH = 2_000
"""No refusal is longer; what is need not be gone through."""
_BOOKS_ZONE = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What AccountView says instead of an answer, or within one: its kind, its numbers, its own words."""

    kind: str
    message: str
    numbers: tuple[str, ...] = ()

    @property
    def is_business(self) -> bool:
        """Whether the installation itself judged what it was asked, and nothing on the way to it."""
        return self.kind.casefold() == BUSINESS_ERROR.casefold()


def write_json(value: object) -> str:
    """Write a body; amounts stand in it as the Decimal's own digits. TypeError for what JSON cannot hold."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(key)}:{write_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(write_json(part) for part in value) + "]"
    if value is None or isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"{type(value).__name__} has no place in a body")


def read_tables(body: bytes) -> Tables:
    """Read an answer as rows by table, names in capitals; ValueError when it is none or states a fault.

    A table may come as a list, as one row, or as nothing at all.
    """
    content = _content(body)
    if _fault_in(content) is not None:
        raise ValueError("the answer states a fault")
    if isinstance(content, dict):
        return {str(name).upper(): _rows(part) for name, part in content.items()}
    if content == []:
        return {}  # AccountView: one of the ways in which nothing may be found
    raise ValueError("the answer holds no tables")


def read_list(body: bytes) -> Sequence[Row]:
    """Read an answer that is a bare list of rows; ValueError when it is none."""
    content = _content(body)
    if isinstance(content, list):
        return _rows(content)
    raise ValueError("the answer is no list")


def read_fault(body: bytes) -> Fault | None:
    """Read what AccountView says went wrong, `None` when the body says no such thing."""
    try:
        return _fault_in(_content(body))
    except ValueError:
        return None


def read_text(value: object) -> str | None:
    """Read a text or code; AccountView's tables pad them with blanks."""
    return str(value).strip() or None if value is not None else None


def read_amount(value: object) -> Decimal:
    """Read an amount, `null` being zero; currency fields have four decimals."""
    return ZERO if value is None else round_half_up(read_number(value))


def read_date(value: object) -> date | None:
    """Read the day of a date, with or without a time behind it; an instant with a zone is one of the books'.

    `None` for an empty one.
    """
    text = read_text(value)
    if text is None:
        return None
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo is None else instant.astimezone(_BOOKS_ZONE)).date()


def read_flag(value: object) -> bool:
    """Read a logical field, also one that comes as text."""
    return str(value).strip().casefold() in {"true", "1", ".t."}


def _content(body: bytes) -> object:
    return read_answer(body)


def _fault_in(content: object) -> Fault | None:
    if not isinstance(content, dict):
        return None
    named = {str(name).upper(): part for name, part in content.items()}
    message = str(named.get("ERRORMESSAGE") or "").strip()[:MESSAGE_LENGTH]
    numbers = named.get("ERRORNUMBERS")
    listed = numbers if isinstance(numbers, list) else [numbers]
    kind = str(named.get("ERRORTYPE") or "").strip()
    if not message and not kind:
        return None
    return Fault(
        kind=kind, message=message, numbers=tuple(str(number) for number in listed if number is not None)
    )


def _rows(part: object) -> Sequence[Row]:
    rows = part if isinstance(part, list) else [part]
    return [_row(row) for row in rows if row is not None]


def _row(row: object) -> Row:
    if isinstance(row, dict):
        return {str(name).upper(): value for name, value in row.items()}
    raise ValueError("a table holds something that is no row")
