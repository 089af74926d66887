"""Read single values of the source: exact numbers, codes, dates in the organisation's own time zone.

Types in JSON follow Mendix's page 'Published REST service: JSON schema'; dates its page 'Attributes'
(DateTime attributes are localised by default, so that a day may arrive as the evening before in UTC).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.transport.json_text import UNSTORABLE

ZONES = {"NL": ZoneInfo("Europe/Amsterdam"), "BE": ZoneInfo("Europe/Brussels")}
MAGNITUDE_MAX = 12
"""Powers of ten: larger numbers are no amounts of a waste company but misread fields."""
PERCENT_MAX, EXCHANGE_MAX = 2, 6
"""The same of percentages and exchange rates: amounts times larger ones have no exact cents any more."""
INTEGER_MAX = 2**31 - 1
"""The largest whole number the store keeps; what counts, orders or names a year is smaller."""
YEARS = range(1900, 2200)
OUT_OF_YEARS = "the year is out of range"
CENTS = 2
"""Decimals of an amount; amounts always show them, other numbers stay as the source wrote them."""
SHOWN_MAX = 80
"""Characters of a bad value that are shown to people."""

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,2})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_UTC_MIDNIGHT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]00:00(:00(\.0+)?)?Z", re.ASCII)


class DateMode(StrEnum):
    """How a date that arrives as an instant is read."""

    AUTO = "auto"
    LOCAL = "local"
    UTC = "utc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What reading a value depends on besides the value."""

    members: Mapping[str, Mapping[str, str]]
    date_mode: DateMode = DateMode.AUTO
    zone: ZoneInfo = ZONES["NL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A value that cannot be read, and why."""

    why: str
    code: ReasonCode = ReasonCode.FIELD_UNREADABLE


def read_value(kind: str, raw: object, reading: Reading) -> object:
    """Read one value that is there (not null, not empty) as the type named in fields.csv."""
    if kind.startswith("enum:"):
        return _member(kind.removeprefix("enum:"), raw, reading)
    if kind == "date":
        return read_date(raw, reading)
    return _READERS[kind](raw)


def show(raw: object) -> str:
    """Show a bad value to people, cut to a bearable length."""
    text = raw if isinstance(raw, str) else repr(raw) if isinstance(raw, dict | list) else str(raw)
    return text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")[:SHOWN_MAX]


def read_date(raw: object, reading: Reading) -> date | Unreadable:
    """Read a business date.

    A bare day, an instant without zone and midnight UTC are that day. Any other instant is converted to
    the organisation's zone first, unless the date mode is utc.
    """
    if isinstance(raw, str) and _DAY.fullmatch(raw.strip()):
        return _calendar_day(raw.strip())
    instant = _instant_or_naive(raw)
    if isinstance(instant, Unreadable):
        return instant
    if instant.tzinfo is None or (
        reading.date_mode is DateMode.AUTO and _UTC_MIDNIGHT.fullmatch(str(raw).strip())
    ):
        return instant.date()
    zone = UTC if reading.date_mode is DateMode.UTC else reading.zone
    return instant.astimezone(zone).date()


def _calendar_day(text: str) -> date | Unreadable:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Unreadable(why="no such day")
    return day if day.year in YEARS else Unreadable(why=OUT_OF_YEARS)


def _instant_or_naive(raw: object) -> datetime | Unreadable:
    if not isinstance(raw, str) or not _INSTANT.fullmatch(raw.strip()):
        return Unreadable(why="expected an ISO 8601 date or time")
    try:
        instant = datetime.fromisoformat(raw.strip())
    except ValueError:
        return Unreadable(why="no such day or time")
    return instant if instant.year in YEARS else Unreadable(why=OUT_OF_YEARS)


def _instant(raw: object) -> datetime | Unreadable:
    instant = _instant_or_naive(raw)
    if isinstance(instant, Unreadable):
        return instant
    return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)


def _text(raw: object) -> str | Unreadable:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return Unreadable(why="expected text")
    text = str(raw).strip()
    if UNSTORABLE.search(text):
        return Unreadable(why="holds a character that is no text")
    return text


def _member(enum: str, raw: object, reading: Reading) -> str | Unreadable:
    canonical = reading.members.get(enum, {}).get(raw.strip()) if isinstance(raw, str) else None
    if canonical is None:
        return Unreadable(why=f"no member of {enum} in enums.csv", code=ReasonCode.UNKNOWN_MEMBER)
    return canonical


def _boolean(raw: object) -> bool | Unreadable:
    if isinstance(raw, bool):
        return raw
    known = {"true": True, "false": False}.get(raw.strip().lower()) if isinstance(raw, str) else None
    return Unreadable(why="expected true or false") if known is None else known


def _integer(raw: object) -> int | Unreadable:
    number = read_decimal(raw, places=0)
    if isinstance(number, Unreadable):
        return number
    return int(number) if abs(number) <= INTEGER_MAX else Unreadable(why="the number is out of range")


def read_decimal(raw: object, *, places: int | None, magnitude: int = MAGNITUDE_MAX) -> Decimal | Unreadable:
    """Read an exact number from a JSON number or a text such as '1240.50', with at most so many decimals.

    `magnitude` is how many powers of ten it may have.
    """
    number = _exact(raw)
    if number is None:
        return Unreadable(why="expected a number such as 1240.50")
    if number and number.adjusted() > magnitude:
        return Unreadable(why="the number is out of range")
    if places is None:
        return number
    rounded = number.quantize(Decimal(1).scaleb(-places))
    if rounded != number:
        return Unreadable(why=f"expected at most {places} decimals")
    return rounded if places == CENTS else number


def _exact(raw: object) -> Decimal | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | Decimal):
        return Decimal(raw)
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw.strip()):
        return None
    return Decimal(raw.strip())


_READERS: Mapping[str, Callable[[object], object]] = {
    "text": _text,
    "integer": _integer,
    "boolean": _boolean,
    "instant": _instant,
    "amount": lambda raw: read_decimal(raw, places=2),
    "quantity": lambda raw: read_decimal(raw, places=3),
    "price": lambda raw: read_decimal(raw, places=6),
    "rate": lambda raw: read_decimal(raw, places=4, magnitude=PERCENT_MAX),
    "exchange_rate": lambda raw: read_decimal(raw, places=10, magnitude=EXCHANGE_MAX),
    "decimal": lambda raw: read_decimal(raw, places=None),
}
