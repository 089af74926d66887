import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.model.keys import make_reference, write_reference
from finance_hooks.targets.description import describe, find_references

REFERENCE = make_reference("some posting")


@given(text=st.text(max_size=120), length=st.integers(min_value=20, max_value=80))
def test_description_ends_with_the_reference_and_keeps_to_the_length(text: str, length: int) -> None:
    described = describe(text, REFERENCE, length)

    assert described.endswith(write_reference(REFERENCE))
    assert len(described) <= length
    assert find_references([described]) == {REFERENCE}


def test_text_without_words_leaves_the_reference_alone() -> None:
    assert describe(" \n ", REFERENCE, 60) == write_reference(REFERENCE)


@pytest.mark.parametrize("text", [None, "", "Q42", "[QABC]", "[QUX3OSCWJH1]", "QUX3OSCWJH5"])
def test_what_only_looks_like_a_reference_is_none(text: str | None) -> None:
    assert find_references([text]) == frozenset()


def test_several_references_in_several_texts_are_all_found() -> None:
    texts = ["hersteld [QUX3OSCWJH5], zie [QLZEOM3XJFK]", None, "x [QUX3OSCWJH5] y"]

    assert find_references(texts) == {"QUX3OSCWJH5", "QLZEOM3XJFK"}
