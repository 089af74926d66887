import pytest

from finance_hooks.targets.characters import fit_characters, is_encodable


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        ("Café € 5", "cp1252", "Café € 5"),
        ("Łódź", "cp1252", "?ódz"),
        ("Café € 5", "ascii", "Cafe ? 5"),
        ("ﬁets 漢字", "latin-1", "fiets ??"),
        ("漢字 😀", "utf-8", "漢字 😀"),
        ("a\ud800b", "utf-8", "a?b"),
    ],
)
def test_text_is_written_in_the_characters_of_an_encoding(text: str, encoding: str, written: str) -> None:
    assert fit_characters(text, encoding) == written


def test_text_that_would_change_is_told_apart() -> None:
    assert is_encodable("AVI-é1", "cp1252")
    assert not is_encodable("AVI-ż1", "cp1252")
