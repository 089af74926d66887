"""Read AFAS Profit's JSON: rows of GetConnectors, keys of what was posted, messages; write filters.

AFAS Developer documentation, "GetConnector", "UpdateConnector", "Troubleshooting".
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from finance_hooks.model.money import ZERO, read_number, round_half_up
from finance_hooks.targets.json_body import write_json
from finance_hooks.transport.headers import read_wait_s
from finance_hooks.transport.json_text import read_answer

Row = Mapping[str, Any]
Condition = tuple[str, str]
"""A field and the value it must have."""

UNEXPECTED = (KeyError, ArithmeticError, TypeError, ValueError)
"""What reading rows of another shape than AFAS's raises."""

EQUALS = "1"
MESSAGE_LENGTH = 2_000
"""No refusal is longer; what is need not be gone through."""
_PREFIX = re.compile(r"^(?:General message|Algemene melding): ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of rows; `take` is how many AFAS says it was asked for, `None` where it does not say."""

    rows: Sequence[Row]
    take: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What AFAS says in the body of an error; `log_reference` finds the whole text in its own log."""

    text: str
    log_reference: str | None

    def __str__(self) -> str:
        """Write both for people."""
        return f"{self.text} (log {self.log_reference})" if self.log_reference else self.text


def read_json(body: bytes) -> Any:  # noqa: ANN401 - whatever was answered
    """Read a body with exact numbers; ValueError when it is none."""
    return read_answer(body)


def read_page(body: bytes) -> Page:
    """Read one page of a GetConnector; ValueError when it is none."""
    content = read_json(body)
    rows = content.get("rows") if isinstance(content, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("the answer holds no rows")
    take = content.get("take")
    return Page(rows=rows, take=take if isinstance(take, int) else None)


def read_message(body: bytes) -> Message | None:
    """Read what AFAS says in an error body, `None` when it says nothing readable."""
    try:
        content = read_json(body)
    except ValueError:
        return None
    if not isinstance(content, dict):
        return None
    text = content.get("externalMessage") or content.get("message")
    if not isinstance(text, str) or not text.strip():
        return None
    reference = content.get("profitLogReference")
    return Message(text=_PREFIX.sub("", text.strip()[:MESSAGE_LENGTH]), log_reference=read_text(reference))


def read_retry_after(body: bytes) -> int | None:
    """Read the seconds that AFAS asks to wait during maintenance, `None` where it names none."""
    try:
        content = read_json(body)
        return read_wait_s(str(content["retry_after"]))
    except UNEXPECTED:
        return None


def find_keys(content: object, name: str) -> Iterator[str]:
    """Find a key of what was posted wherever it stands: the wrapping differs from release to release."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key.lower() == name.lower() and isinstance(value, str | int) and str(value).strip():
                yield str(value).strip()
            yield from find_keys(value, name)
    elif isinstance(content, list):
        for part in content:
            yield from find_keys(part, name)


def write_filter(alternatives: Sequence[Sequence[Condition]]) -> str:
    """Write a filterjson: rows that meet all conditions of any of the alternatives."""
    filters = [
        {
            "@FilterId": f"F{number}",
            "Field": [
                {"@FieldId": field, "@OperatorType": EQUALS, "#text": value} for field, value in conditions
            ],
        }
        for number, conditions in enumerate(alternatives, start=1)
    ]
    return write_json({"Filters": {"Filter": filters}})


def read_text(value: object) -> str | None:
    """Read a text or code; AFAS writes null, and sometimes nothing, for what is empty."""
    return str(value).strip() or None if value is not None else None


def read_amount(value: object) -> Decimal:
    """Read an amount, `null` being zero."""
    return ZERO if value is None else round_half_up(read_number(value))


def read_date(value: object) -> date | None:
    """Read the day: AFAS ends instants in Z and means Dutch local time."""
    return date.fromisoformat(str(value)[:10]) if value is not None else None


def read_truth(value: object) -> bool:
    """Read yes or no, which comes as a boolean, a figure or a text."""
    return str(value).strip().lower() in {"true", "1"}
