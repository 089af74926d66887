"""What the doctor says is there in both languages, with the same values."""

from string import Formatter

import pytest

from finance_hooks.posting.doctor_words import (
    HEALTHS,
    LOOKS,
    WORDS,
    Health,
    Look,
    say_health,
    say_look,
    say_window,
)


def test_every_look_and_health_has_its_words_in_both_languages() -> None:
    assert set(LOOKS) == set(Look)
    assert set(HEALTHS) == set(Health)
    assert [say_look(Look.JOURNALS, each) for each in ("nl", "en")] == ["dagboeken", "journals"]
    assert [say_health(Health.WRONG, each) for each in ("nl", "en")] == ["fout", "wrong"]
    assert [say_window(7, each) for each in ("nl", "en")] == ["7 s", "7 s"]


@pytest.mark.parametrize("key", [key for key, both in WORDS.items() if all(both)])
def test_both_languages_say_the_same_values(key: str) -> None:
    dutch, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in WORDS[key])

    assert dutch == english
