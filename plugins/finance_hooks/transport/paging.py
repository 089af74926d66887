"""Go through pages until there are no more, and notice a page that leads in a circle or to another host."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urljoin, urlsplit

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.transport.redaction import redact_url

PAGES_MAX = 100_000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows, and the address of the page after them, `None` on the last one."""

    rows: tuple[Row, ...]
    next_url: str | None


def follow_pages(
    first_url: str, read_page: Callable[[str], Page[Row]], *, pages_max: int = PAGES_MAX
) -> Iterator[Row]:
    """Yield the rows of all pages; TemporaryFailure when the pages do not end or leave their host.

    A relative address is read against its own page, everything else of it is passed on as it came.
    """
    seen: set[str] = set()
    url: str | None = first_url
    while url is not None:
        if url in seen or len(seen) >= pages_max:
            raise TemporaryFailure(f"the pages of {redact_url(first_url)} do not end")
        seen.add(url)
        page = read_page(url)
        yield from page.rows
        url = None if page.next_url is None else _next_address(url, page.next_url)


def _next_address(url: str, next_url: str) -> str:
    address = next_url if "://" in next_url else urljoin(url, next_url)
    if urlsplit(address)[:2] != urlsplit(url)[:2]:
        # The next request carries the same credentials as this one.
        raise TemporaryFailure(f"the page after {redact_url(url)} lies on another host")
    return address
