from datetime import UTC, datetime

import pytest

from finance_hooks.targets.exactonline.limits import day_left, minute_left, throttled_for_s
from finance_hooks.targets.exactonline.settings import ERROR_BLOCK_S

SERVER_TIME = datetime(2026, 11, 2, 10, 0, 20, tzinfo=UTC)
DATE = {"Date": "Mon, 02 Nov 2026 10:00:20 GMT"}


def epoch_ms(hour: int, minute: int) -> str:
    return str(int(SERVER_TIME.replace(hour=hour, minute=minute, second=0).timestamp() * 1000))


MINUTE_SPENT = {
    "X-RateLimit-Minutely-Limit": "60",
    "X-RateLimit-Minutely-Remaining": "0",
    "X-RateLimit-Minutely-Reset": epoch_ms(10, 1),
}
DAY_SPENT = {"X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": epoch_ms(23, 0)}
DAY_LEFT = DAY_SPENT | {"X-RateLimit-Remaining": "17"}


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        (DATE | MINUTE_SPENT, 41),
        (DATE | DAY_SPENT, 13 * 3600 - 20 + 1),
        (DATE | MINUTE_SPENT | DAY_SPENT, 13 * 3600 - 20 + 1),
        (DATE | MINUTE_SPENT | DAY_LEFT, 41),
        (DATE | DAY_LEFT, ERROR_BLOCK_S),
        (DATE | {"Retry-After": "90"}, 90),
        (DATE, 60),
        ({}, 60),
        (MINUTE_SPENT, 41),
    ],
    ids=[
        "minute",
        "day",
        "both",
        "minute with day left",
        "error block",
        "retry-after",
        "bare",
        "nothing",
        "no date",
    ],
)
def test_wait_after_429_follows_the_servers_clock(headers: dict[str, str], wait_s: int) -> None:
    assert throttled_for_s(headers, SERVER_TIME) == wait_s


def test_windows_tell_what_is_left() -> None:
    headers = DATE | MINUTE_SPENT | DAY_LEFT

    minute, day = minute_left(headers, SERVER_TIME), day_left(headers, SERVER_TIME)

    assert minute is not None
    assert day is not None
    assert (minute.limit, minute.remaining) == (60, 0)
    assert (day.limit, day.remaining) == (5000, 17)
    assert minute_left({"X-RateLimit-Minutely-Remaining": "many"}, SERVER_TIME) is None
