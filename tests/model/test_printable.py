"""Texts hold what can be printed, in the order it is written, and fit where packages count in UTF-16."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.model.printable import cut, printable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1b[2J\x9b", "a b [2J "),
        ("factuur \u202efdp.exe", "factuur  fdp.exe"),
        ("a\u2066b\u2069c", "a b c"),
        ("a\ud800\ufffe\uffffb", "a b"),
        (
            "\u05e9\u05dc\u05d5\u05dd \u200f\u0645 \U0001f5d1 \u00e9",
            "\u05e9\u05dc\u05d5\u05dd \u0645 \U0001f5d1 \u00e9",
        ),
    ],
)
def test_what_cannot_be_printed_or_turns_a_text_round_becomes_a_space(text: str, kept: str) -> None:
    assert printable(text) == kept


def test_a_line_has_no_end_no_escape_and_one_reading_order() -> None:
    text = "F1\r\n2026-11-01 INFO booked\x1b[2J\x07\u202egpj.exe\u2028\x9b31m"

    assert printable(text) == "F1 2026-11-01 INFO booked [2J gpj.exe 31m"


@given(text=st.text(), length=st.integers(0, 40))
def test_cut_text_is_the_longest_beginning_that_fits_in_utf_16(text: str, length: int) -> None:
    kept = cut(text, length)

    assert text.startswith(kept)
    assert len(kept.encode("utf-16-le")) // 2 <= length
    following = text[: len(kept) + 1]
    assert kept == text or len(following.encode("utf-16-le")) // 2 > length


def test_character_outside_the_basic_plane_is_left_out_whole() -> None:
    assert cut("ab\U0001f5d1", 3) == "ab"
    assert cut("ab\U0001f5d1", None) == "ab\U0001f5d1"
