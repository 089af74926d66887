"""Pages of the list know where they are, and what was done to many is read from an address."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from finance_hooks.store.document_tally import Tally
from finance_hooks.web.documents import LINES, Done, groups, make_page, read_done, read_number
from tests.web.found_lines import line

ALL = [line(number) for number in range(200, 0, -1)]
TALLY = Tally(
    documents=2,
    gross=Decimal(1),
    unreadable=0,
    since=datetime(2026, 11, 2, tzinfo=UTC),
    held=0,
    retriable=0,
)


def test_only_page_leads_nowhere() -> None:
    page = make_page(ALL[:3], goes_back=False, came_from=1, comes_after=False)

    assert (len(page.lines), page.turning.first, page.last) == (3, 1, 3)
    assert (page.turning.before, page.turning.after) == (None, None)


def test_first_page_leads_on_from_its_last_line() -> None:
    page = make_page(ALL[: LINES + 1], goes_back=False, came_from=1, comes_after=False)

    assert (page.turning.before, page.turning.after, page.last) == (None, "2026-10-01_151_151", LINES)


def test_page_in_the_middle_leads_both_ways() -> None:
    page = make_page(ALL[LINES : 2 * LINES + 1], goes_back=False, came_from=51, comes_after=True)

    assert (page.turning.first, page.last) == (51, 100)
    assert (page.turning.before, page.turning.after) == ("2026-10-01_150_150", "2026-10-01_101_101")


def test_way_back_counts_from_the_page_it_came_from() -> None:
    page = make_page(ALL[49:100], goes_back=True, came_from=101, comes_after=False)

    assert (page.lines[0].place.document_id, page.turning.first, page.last) == (150, 51, 100)
    assert (page.turning.before, page.turning.after) == ("2026-10-01_150_150", "2026-10-01_101_101")


@pytest.mark.parametrize("came_from", [51, 3])
def test_way_back_to_the_first_page_begins_at_one(came_from: int) -> None:
    page = make_page(ALL[:50], goes_back=True, came_from=came_from, comes_after=False)

    assert (page.turning.first, page.turning.before, page.turning.after) == (1, None, "2026-10-01_151_151")


def test_page_with_nothing_on_it_leads_nowhere() -> None:
    back = make_page([], goes_back=True, came_from=51, comes_after=False)
    on = make_page([], goes_back=False, came_from=51, comes_after=True)

    assert [(one.turning.before, one.turning.after, one.lines) for one in (back, on)] == [
        (None, None, ())
    ] * 2


@pytest.mark.parametrize(
    ("text", "expected"), [("51", 51), (None, 1), ("", 1), ("-1", 1), ("²", 1), ("9" * 20, 1), ("x", 1)]
)
def test_number_in_an_address_is_a_number_or_left_out(text: str | None, expected: int) -> None:
    assert read_number(text, 1) == expected


def test_what_was_done_to_many_is_read_back() -> None:
    assert read_done({"done": "hold", "did": "12", "left": "3"}) == Done(text="act.hold", did=12, left=3)
    assert read_done({"done": "hold"}) == Done(text="act.hold", did=0, left=0)
    assert read_done({"done": "no such act"}) is None
    assert read_done({}) is None


def test_reasons_are_put_into_words_in_the_order_of_their_tallies() -> None:
    found = groups({"unit_unknown": TALLY, "of a later version": TALLY}, "en")

    assert [(one.code, one.words) for one in found] == [
        ("unit_unknown", "Unknown unit of measure"),
        ("of a later version", "of a later version"),
    ]
