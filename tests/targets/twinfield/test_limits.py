import pytest

from finance_hooks.targets.twinfield.limits import Stated, read_stated, throttled_for_s

DATE = {"Date": "Mon, 02 Nov 2026 10:00:20 GMT"}


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": "0"}, 1),
        (DATE | {"Retry-After": "Mon, 02 Nov 2026 10:01:00 GMT"}, 40),
        (DATE | {"Retry-After": "Mon, 02 Nov 2026 09:01:00 GMT"}, 1),
        ({"Retry-After": "Mon, 02 Nov 2026 10:01:00 GMT"}, 60),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
    ],
)
def test_wait_after_429_is_what_twinfield_asks(headers: dict[str, str], wait_s: int) -> None:
    assert throttled_for_s(headers) == wait_s


def test_answer_tells_what_is_left_of_the_minute() -> None:
    headers = {"X-RateLimit-Limit": "25", "X-RateLimit-Remaining": "21", "X-RateLimit-Credited": "3"}

    assert read_stated(headers) == Stated(limit=25, remaining=21, credited=3)


@pytest.mark.parametrize("missing", ["Limit", "Remaining", "Credited"])
def test_answer_that_does_not_tell_it_all_tells_nothing(missing: str) -> None:
    headers = {f"X-RateLimit-{name}": "5" for name in ("Limit", "Remaining", "Credited") if name != missing}

    assert read_stated(headers) is None
    assert read_stated(headers | {f"X-RateLimit-{missing}": "many"}) is None


@pytest.mark.parametrize(("remaining", "just_began"), [(22, True), (21, False), (0, False)])
def test_first_call_of_a_minute_tells_when_it_ends(remaining: int, just_began: bool) -> None:
    assert Stated(limit=25, remaining=remaining, credited=3).just_began is just_began
