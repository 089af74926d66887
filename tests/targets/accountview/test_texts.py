import pytest

from finance_hooks.targets.accountview.texts import is_ansi, to_ansi


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Café € 5", "Café € 5"),
        ("Łódź", "?ódz"),
        ("ﬁets", "fiets"),
        ("漢字", "??"),
        ("a\u0301", "a?"),
    ],
)
def test_text_is_written_in_the_characters_of_windows(text: str, written: str) -> None:
    assert to_ansi(text) == written


def test_code_that_would_change_is_told_apart() -> None:
    assert is_ansi("AVI-é1")
    assert not is_ansi("AVI-ż1")
