"""Pages that move, repeat, skip, end early or never end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.answers import Page
from finance_hooks.sources.qubz.paging import PageRequest, Row, Seen, read_pages

START = datetime(2026, 11, 1, tzinfo=UTC)


def as_row(content: object) -> Row:
    assert isinstance(content, tuple)
    key, hours = content
    return Row(key=str(key), changed_at=START + timedelta(hours=hours), content=content)


def keys(ask: Callable[[PageRequest], Page], *, page_size: int = 10, page_overlap: int = 3) -> list[str]:
    rows = read_pages(ask, as_row, page_size=page_size, page_overlap=page_overlap, seen=Seen())
    return [row.key for row in rows]


def numbers(first: int, last: int) -> list[object]:
    return [(number, 0) for number in range(first, last)]


class Source:
    """A collection that notes what it was asked."""

    def __init__(self, count: int, *, has_total: bool = False, cap: int = 10) -> None:
        self.rows = numbers(0, count)
        self.has_total = has_total
        self.cap = cap
        self.offsets: list[int] = []

    def __call__(self, request: PageRequest) -> Page:
        self.offsets.append(request.offset)
        page = self.rows[request.offset : request.offset + self.cap]
        return Page(rows=page, total=len(self.rows) if self.has_total else None, next_link=None)


@pytest.mark.parametrize("has_total", [True, False])
@given(count=st.integers(0, 45), page_overlap=st.integers(0, 9), cap=st.integers(1, 10))
def test_every_row_comes_once_whatever_the_sizes(
    count: int, page_overlap: int, cap: int, *, has_total: bool
) -> None:
    source = Source(count, has_total=has_total, cap=cap)

    found = keys(source, page_overlap=min(page_overlap, cap - 1))

    assert found == [str(number) for number in range(count)]


def test_total_ends_the_reading_without_another_call() -> None:
    source = Source(17, has_total=True)

    keys(source)

    assert source.offsets == [0, 7]


def test_short_page_without_total_is_followed_by_one_look() -> None:
    source = Source(14)

    keys(source)

    assert source.offsets == [0, 7, 11]


def test_rows_deleted_between_pages_push_none_out_of_sight() -> None:
    source = Source(40)

    def ask(request: PageRequest) -> Page:
        page = source(request)
        del source.rows[:2]
        return page

    assert set(keys(ask, page_overlap=3)) == {str(number) for number in range(40)}


def test_shrinking_total_does_not_end_the_reading_early() -> None:
    source = Source(40, has_total=True)

    def ask(request: PageRequest) -> Page:
        page = source(request)
        del source.rows[:2]
        return page

    assert set(keys(ask, page_overlap=3)) == {str(number) for number in range(40)}


def test_links_that_end_with_our_own_limit_are_continued_by_offset() -> None:
    source = Source(45, cap=5)

    def ask(request: PageRequest) -> Page:
        page = source(request)
        return Page(
            rows=page.rows,
            total=None,
            next_link="more" if len(page.rows) == 5 and not request.linked else None,
        )

    assert set(keys(ask)) == {str(number) for number in range(45)}


def test_rows_inserted_between_pages_repeat_none() -> None:
    source = Source(30)

    def ask(request: PageRequest) -> Page:
        page = source(request)
        source.rows.insert(0, (100 + request.offset, 0))
        return page

    found = keys(ask)

    assert len(found) == len(set(found))
    assert set(found) >= {str(number) for number in range(30)}


def test_older_version_on_a_later_page_is_left_out_and_a_newer_one_comes_again() -> None:
    pages = [
        Page(rows=[(1, 5), (2, 5)], total=None, next_link="x"),
        Page(rows=[(1, 4), (2, 6)], total=None, next_link=None),
    ]

    rows = list(read_pages(lambda _request: pages.pop(0), as_row, page_size=2, page_overlap=0, seen=Seen()))

    assert [row.content for row in rows] == [(1, 5), (2, 5), (2, 6)]


@pytest.mark.parametrize("total", [None, 25, 10])
def test_ignored_offset_stops_with_an_error_and_never_silently(total: int | None) -> None:
    def ask(_request: PageRequest) -> Page:
        return Page(rows=numbers(0, 10), total=total, next_link=None)

    if total == 10:
        assert len(keys(ask)) == 10
    else:
        with pytest.raises(ConfigurationError, match="ignores the offset"):
            keys(ask)


def test_source_that_does_not_page_at_all_gives_everything_at_once() -> None:
    asked = []

    def ask(request: PageRequest) -> Page:
        asked.append(request)
        return Page(rows=numbers(0, 35), total=None, next_link=None)

    assert len(keys(ask)) == 35
    assert len(asked) == 1


def test_page_size_zero_asks_once() -> None:
    source = Source(10)

    assert len(keys(source, page_size=0)) == 10
    assert source.offsets == [0]


def test_next_link_is_followed_until_there_is_none() -> None:
    source = Source(25)
    links: list[str | None] = []

    def ask(request: PageRequest) -> Page:
        links.append(request.next_link)
        page = source(request)
        more = request.offset + 10 < 25
        return Page(
            rows=page.rows, total=None, next_link=f"?$skiptoken={request.offset + 10}" if more else None
        )

    assert len(keys(ask)) == 25
    assert links == [None, "?$skiptoken=10", "?$skiptoken=20"]


@pytest.mark.parametrize("count", [5, 0])
def test_next_link_that_leads_in_a_circle_stops_with_an_error(count: int) -> None:
    with pytest.raises(ConfigurationError, match="ignores the offset"):
        keys(lambda _request: Page(rows=numbers(0, count), total=None, next_link="?$skiptoken=5"))


def test_what_one_question_passed_on_the_next_does_not_repeat() -> None:
    seen = Seen()

    found = [
        [row.key for row in read_pages(Source(count), as_row, page_size=10, page_overlap=3, seen=seen)]
        for count in (8, 10)
    ]

    assert found == [[str(number) for number in range(8)], ["8", "9"]]
