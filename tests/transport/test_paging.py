"""All pages, once, on one host."""

import pytest

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.transport.paging import Page, follow_pages

FIRST = "https://host/api/rows"


def pages(**links: str | None) -> dict[str, Page[str]]:
    return {
        f"{FIRST}{'' if name == 'first' else '?page=' + name}": Page(rows=(name,), next_url=link)
        for name, link in links.items()
    }


def test_rows_of_all_pages_come_in_order() -> None:
    book = pages(first=f"{FIRST}?page=b", b="?page=c", c=None)

    assert list(follow_pages(FIRST, book.__getitem__)) == ["first", "b", "c"]


def test_next_address_is_passed_on_as_it_came() -> None:
    # Exact: next links hold blanks and quotes.
    link = f"{FIRST}?$skiptoken=guid'0 f'"
    asked: list[str] = []

    def read_page(url: str) -> Page[str]:
        asked.append(url)
        return Page(rows=(), next_url=link if url == FIRST else None)

    assert list(follow_pages(FIRST, read_page)) == []
    assert asked == [FIRST, link]


@pytest.mark.parametrize("link", [FIRST, "?page=b"])
def test_pages_in_a_circle_are_noticed(link: str) -> None:
    book = pages(first="?page=b", b=link)

    with pytest.raises(TemporaryFailure, match="do not end"):
        list(follow_pages(FIRST, book.__getitem__))


def test_pages_without_end_are_given_up() -> None:
    def read_page(url: str) -> Page[str]:
        return Page(rows=("row",), next_url=url + "x")

    with pytest.raises(TemporaryFailure, match="do not end"):
        list(follow_pages(FIRST, read_page, pages_max=10))


@pytest.mark.parametrize("link", ["https://other/api/rows", "http://host/api/rows", "//other/x"])
def test_page_on_another_host_is_not_followed(link: str) -> None:
    book = pages(first=link)

    with pytest.raises(TemporaryFailure, match="another host"):
        list(follow_pages(FIRST, book.__getitem__))
