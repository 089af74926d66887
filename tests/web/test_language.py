import pytest

from finance_hooks.web.language import choose_language


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        ("en", "nl-NL,nl;q=0.9", "en"),
        (None, "en-GB,en;q=0.9,nl;q=0.8", "en"),
        (None, "nl-BE,en;q=0.5", "nl"),
        (None, "en;q=0.5,nl;q=0.9", "nl"),
        (None, "fr,de", "nl"),
        (None, "fr;q=x,en", "en"),
        (None, None, "nl"),
        ("xx", "", "nl"),
    ],
)
def test_user_comes_before_the_browser_and_dutch_is_spoken_otherwise(
    chosen: str | None, accepted: str | None, expected: str
) -> None:
    assert choose_language(chosen, accepted) == expected
