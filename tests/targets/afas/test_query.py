"""What is asked of AFAS fits into the length of an address that it takes."""

import json
from collections.abc import Sequence
from itertools import pairwise

import pytest

from finance_hooks.targets.afas.query import divide_alternatives, write_query
from finance_hooks.targets.afas.wire import Condition, write_filter

ORDER = "Year,JournalId,EntryNo,SeqNo"
TAKE = 4999
LONGEST = 2048  # AFAS: 2,049 with the question mark


def alternatives(count: int, value: str = "2026") -> list[list[Condition]]:
    return [[("Year", value), ("Period", str(number))] for number in range(count)]


def length(together: Sequence[Sequence[Condition]]) -> int:
    return len(write_query({"filterjson": write_filter(together), "orderbyfieldids": ORDER}, 10**6, TAKE))


def test_query_is_escaped_but_for_the_commas_and_minuses_of_an_order() -> None:
    options = {"filterjson": '{"a":"b&c d"}', "orderbyfieldids": "Year,-EntryNo"}

    assert write_query(options, 20, 100) == (
        "filterjson=%7B%22a%22%3A%22b%26c%20d%22%7D&orderbyfieldids=Year,-EntryNo&skip=20&take=100"
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_option_without_a_text_is_left_out(nothing: str | None) -> None:
    assert write_query({"filterjson": nothing, "orderbyfieldids": "Year"}, 0, 1) == (
        "orderbyfieldids=Year&skip=0&take=1"
    )


@pytest.mark.parametrize("count", [0, 1, 2, 7, 100])
def test_alternatives_are_divided_without_losing_one_or_the_order(count: int) -> None:
    asked = alternatives(count)

    divided = list(divide_alternatives(asked, ORDER, TAKE))

    assert [each for together in divided for each in together] == asked
    assert all(length(together) <= LONGEST for together in divided)


def test_as_many_alternatives_as_fit_are_asked_at_once() -> None:
    divided = list(divide_alternatives(alternatives(100), ORDER, TAKE))

    assert len(divided) > 1
    for together, following in pairwise(divided):
        assert length([*together, following[0]]) > LONGEST


def test_one_alternative_that_is_too_long_is_asked_alone() -> None:
    long = alternatives(1, "9" * 3000)

    divided = list(divide_alternatives([*long, *alternatives(1)], ORDER, TAKE))

    assert divided == [long, alternatives(1)]
    assert json.loads(write_filter(divided[1])) == {
        "Filters": {
            "Filter": [
                {
                    "@FilterId": "F1",
                    "Field": [
                        {"@FieldId": "Year", "@OperatorType": "1", "#text": "2026"},
                        {"@FieldId": "Period", "@OperatorType": "1", "#text": "0"},
                    ],
                }
            ]
        }
    }
