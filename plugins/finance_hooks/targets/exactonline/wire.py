"""Write and read Exact Online's JSON: exact amounts, dates, padded codes, the shapes of its lists.

Exact Online support, "REST API restrictions" and "Query string options"; list shapes as recorded in
NangoHQ/integration-templates.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from finance_hooks.model.money import ZERO, read_number, round_half_up
from finance_hooks.transport.json_text import read_answer

Row = Mapping[str, Any]

UNEXPECTED = (KeyError, ArithmeticError, TypeError, ValueError)
"""What reading rows of another shape than Exact's raises."""

MESSAGE_LENGTH = 2_000
"""No refusal is longer; what is need not be gone through."""
_DATE = re.compile(r"/Date\((-?\d+)\)/")
_DIVISION = re.compile(r"/api/v1/(?:beta/)?(\d+)/", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list; `next_url` is absolute and is followed untouched."""

    rows: Sequence[Row]
    next_url: str | None


def read_page(body: bytes) -> Page:
    """Read one page of a list in any of the shapes Exact uses; ValueError when it is none."""
    content = _content(body)
    rows = content.get("results") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("the answer is no list")
    next_url = content.get("__next") if isinstance(content, dict) else None
    return Page(rows=rows, next_url=None if next_url is None else str(next_url))


def read_row(body: bytes) -> Row:
    """Read the answer about one entity; ValueError when it is none."""
    content = _content(body)
    if isinstance(content, dict):
        return content
    raise ValueError("the answer is no single entity")


def read_message(body: bytes) -> str | None:
    """Read what Exact says in an error body, `None` when it says nothing readable."""
    try:
        content: Any = read_answer(body)
        message = content["error"]["message"]["value"]
    except (ValueError, KeyError, TypeError):
        return None
    return message.strip()[:MESSAGE_LENGTH] or None if isinstance(message, str) else None


def read_text(value: object) -> str | None:
    """Read a text or code; Exact pads account codes to 18 left, VAT codes and countries to 3 right."""
    return str(value).strip() or None if value is not None else None


def read_amount(value: object) -> Decimal:
    """Read an amount, `null` being zero; Exact's doubles can end in ...0001."""
    return ZERO if value is None else round_half_up(read_number(value))


def read_date(value: object) -> date | None:
    """Read `/Date(ms)/`, UTC midnight of the day meant."""
    found = _DATE.fullmatch(str(value)) if value is not None else None
    return (_EPOCH + timedelta(milliseconds=int(found[1]))).date() if found else None


def write_text(text: str) -> str:
    """Write a text as an OData literal."""
    return "'" + text.replace("'", "''") + "'"


def division_of(row: Row) -> str | None:
    """Read the division an entity says it stands in, `None` when it does not say."""
    metadata = row.get("__metadata")
    uri = metadata.get("uri") if isinstance(metadata, dict) else None
    found = _DIVISION.search(str(uri or ""))
    named = read_text(row.get("Division")) or None
    return named or (found[1] if found else None)


def _content(body: bytes) -> object:
    content = read_answer(body)
    if not isinstance(content, dict) or "d" not in content:
        raise ValueError("the answer lacks d")
    return content["d"]
