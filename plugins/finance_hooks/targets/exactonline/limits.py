"""Read Exact's own count of our calls from the headers of its answers.

Exact Online support, "API limits"; headers on a 429 as in picqer/exact-php-client issues 609 and 646.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from finance_hooks.targets.exactonline.settings import ERROR_BLOCK_S
from finance_hooks.transport.headers import WAIT_MAX_S, read_instant, read_wait_s, read_whole

UNEXPLAINED_PAUSE_S = 60
MARGIN_S = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left of one limit, and in how many seconds it starts anew by Exact's own clock."""

    limit: int | None
    remaining: int
    resets_in_s: int


def minute_left(headers: Mapping[str, str], now: datetime) -> Left | None:
    """Read the minute's limit; `None` where the answer does not state it.

    `now` is the caller's clock, used where the answer bears no date.
    """
    return _window(headers, "X-RateLimit-Minutely-", now)


def day_left(headers: Mapping[str, str], now: datetime) -> Left | None:
    """Read the day's limit; `None` where the answer does not state it."""
    return _window(headers, "X-RateLimit-", now)


def throttled_for_s(headers: Mapping[str, str], now: datetime) -> int:
    """Say how long a 429 lasts: until the exhausted window starts anew.

    A 429 with calls left in every window is the block after too many errors, which lasts an hour.
    """
    windows = [window for window in (minute_left(headers, now), day_left(headers, now)) if window]
    spent = [window.resets_in_s for window in windows if window.remaining == 0]
    if spent:
        return max(spent)
    asked_s = read_wait_s(headers.get("Retry-After", ""))
    if asked_s is not None:
        return asked_s
    return ERROR_BLOCK_S if windows else UNEXPLAINED_PAUSE_S


def _window(headers: Mapping[str, str], prefix: str, now: datetime) -> Left | None:
    remaining, reset = _number(headers, prefix + "Remaining"), _number(headers, prefix + "Reset")
    if remaining is None:
        return None
    resets_in_s = (
        0 if reset is None else int(reset / 1000 - _server_time(headers, now).timestamp()) + MARGIN_S
    )
    return Left(
        limit=_number(headers, prefix + "Limit"),
        remaining=remaining,
        resets_in_s=min(max(resets_in_s, MARGIN_S), WAIT_MAX_S),
    )


def _number(headers: Mapping[str, str], name: str) -> int | None:
    return read_whole(headers.get(name, ""))


def _server_time(headers: Mapping[str, str], now: datetime) -> datetime:
    return read_instant(headers.get("Date", "")) or now
