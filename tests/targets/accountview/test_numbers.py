from dataclasses import replace

import pytest

from finance_hooks.targets.accountview.numbers import read_number, write_description, write_number
from tests.targets.accountview.samples import OTHERS, SAMPLES

P3, LONG = SAMPLES["P3"], OTHERS["long number"]


@pytest.mark.parametrize("number", ["A", "123456789012", "1234567890123", "AVI-2026-0088121", "x" * 26])
def test_number_of_a_supplier_is_found_again_whole(number: str) -> None:
    entry = replace(P3, number=number)

    assert read_number(write_number(entry), write_description(entry)) == number
    assert len(write_number(entry) or "") <= 12
    assert len(write_description(entry)) <= 40


def test_number_of_twelve_characters_stands_as_it_is_and_one_of_thirteen_gives_way() -> None:
    assert write_number(replace(P3, number="1" * 12)) == "1" * 12
    assert write_number(replace(P3, number="1" * 13)) == P3.reference


def test_sales_number_never_gives_way() -> None:
    entry = replace(SAMPLES["S1"], number="F" * 13)

    assert write_number(entry) == "F" * 13


def test_memorial_has_no_number() -> None:
    assert write_number(SAMPLES["J1"]) is None


def test_number_that_only_looks_like_a_reference_stays() -> None:
    assert read_number("QABCDEFGHIJ", "Oktober") == "QABCDEFGHIJ"
    assert read_number("QABCDEFGHIJ", "[QABCDEFGHIJ]") == "QABCDEFGHIJ"
    assert read_number(None, None) is None
    assert read_number("F1", None) == "F1"


def test_description_ends_with_the_reference_and_keeps_to_forty_characters() -> None:
    for length in (25, 26, 27, 40, 41):
        entry = replace(P3, description="d" * length)

        written = write_description(entry)

        assert len(written) == min(length, 26) + 14
        assert written.endswith(f" [{P3.reference}]")


def test_description_is_cut_after_its_characters_were_replaced() -> None:
    written = write_description(replace(P3, description="ﬁ" * 20))

    assert len(written) == 40
