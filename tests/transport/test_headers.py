"""Headers hold anything: what is no number, wait or instant of a bearable size is none."""

from datetime import UTC, datetime

import pytest

from finance_hooks.transport.headers import WAIT_MAX_S, read_instant, read_wait_s, read_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [(" 120 ", 120), ("0", 0), ("9" * 15, 10**15 - 1), ("9" * 16, None), ("9" * 9_000, None)]
    + [(text, None) for text in ("", "-1", "1.5", "\u00b2", "\u0662", "1e3", "None", "1_000")],
)
def test_whole_number_is_of_plain_digits_and_not_endless(text: str, number: int | None) -> None:
    assert read_whole(text) == number


@pytest.mark.parametrize(("text", "wait_s"), [("60", 60), ("999999999999", WAIT_MAX_S), ("soon", None)])
def test_nobody_makes_us_wait_for_longer_than_a_day(text: str, wait_s: int | None) -> None:
    assert read_wait_s(text) == wait_s


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Mon, 02 Nov 2026 03:00:00 GMT", datetime(2026, 11, 2, 3, tzinfo=UTC)),
        ("Mon, 02 Nov 2026 04:00:00 +0100", datetime(2026, 11, 2, 3, tzinfo=UTC)),
        ("Mon, 02 Nov 2026 03:00:00 -0000", datetime(2026, 11, 2, 3, tzinfo=UTC)),
        ("Mon, 32 Nov 2026 03:00:00 GMT", None),
        ("Mon, 02 Nov 2026 03:00:00 +999999999", None),
        ("Fri, 31 Dec 9999 23:30:00 -0100", None),
        ("", None),
        ("\x00", None),
    ],
)
def test_instant_is_read_in_utc_or_is_none(text: str, instant: datetime | None) -> None:
    assert read_instant(text) == instant
