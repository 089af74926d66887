"""Read numbers, waits and instants from headers and answers: texts that may hold anything."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DIGITS_MAX = 15
"""Longer numbers count, limit or time nothing."""
WAIT_MAX_S = 86_400
"""Nothing is left alone for longer than a day at another side's word."""


def read_whole(text: str) -> int | None:
    """Read a whole number without sign, `None` where there is none of a bearable length."""
    digits = text.strip()
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS_MAX
    return int(digits) if is_number else None


def read_wait_s(text: str) -> int | None:
    """Read for how many seconds to wait, a day at most; `None` where the text does not say."""
    asked_s = read_whole(text)
    return None if asked_s is None else min(asked_s, WAIT_MAX_S)


def read_instant(text: str) -> datetime | None:
    """Read the instant of a header such as Date, in UTC; `None` where it is none."""
    try:
        instant = parsedate_to_datetime(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
