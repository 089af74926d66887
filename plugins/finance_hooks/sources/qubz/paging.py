"""Read a collection page by page while it may change underneath, each row once.

Mendix ('Published OData entity'): pages are not one transaction, so that rows which come or go between two
calls are repeated or skipped. Pages therefore overlap, and rows are told apart by key.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.answers import Page

BARREN_PAGES_MAX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """Which page to ask for: `offset` rows on, or where the last page's own link leads.

    `linked` counts the rows that came by links since the last page that was asked for by offset.
    """

    offset: int = 0
    next_link: str | None = None
    linked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with what tells it apart from others and from its own other versions."""

    key: str
    changed_at: datetime | None
    content: object


@dataclass(slots=True)
class Seen:
    """Remember which version of each row was passed on; about a hundred bytes per row are kept."""

    versions: dict[str, datetime | None] = field(default_factory=dict)

    def take(self, row: Row) -> bool:
        """Say whether the row is to be passed on: its key is new, or it changed later than what was."""
        if row.key in self.versions:
            passed = self.versions[row.key]
            if row.changed_at is None or (passed is not None and row.changed_at <= passed):
                return False
        self.versions[row.key] = row.changed_at
        return True


def read_pages(
    ask: Callable[[PageRequest], Page],
    as_row: Callable[[object], Row],
    *,
    page_size: int,
    page_overlap: int,
    seen: Seen,
) -> Iterator[Row]:
    """Yield each row once; again only when a later page holds a version that changed later.

    Ends with a page that follows a short one and brings nothing new, or with the total the source states.
    ConfigurationError when two full pages in a row bring no new key: the source ignores the offset.
    """
    request: PageRequest | None = PageRequest()
    keys: set[str] = set()
    barren = 0
    while request is not None:
        page = ask(request)
        rows = [as_row(content) for content in page.rows]
        new_keys = {row.key for row in rows} - keys
        keys |= new_keys
        is_full = page.next_link is not None or (bool(rows) and len(rows) >= page_size)
        barren = barren + 1 if is_full and not new_keys else 0
        if barren == BARREN_PAGES_MAX:
            raise ConfigurationError(
                "two full pages in a row brought nothing new: the source ignores the offset. "
                f"{len(keys)} rows can be reached; have paging built in 21QUBZ, or set page_size to 0 "
                "when one answer holds all"
            )
        yield from (row for row in rows if seen.take(row))
        is_end = _is_end(request, page, keys=len(keys), new_keys=len(new_keys), page_size=page_size)
        request = None if is_end else _following(request, page, page_overlap)


def _is_end(request: PageRequest, page: Page, *, keys: int, new_keys: int, page_size: int) -> bool:
    count = request.linked + len(page.rows)
    if page.next_link is not None:
        return False
    # More rows than were asked for: the source does not page at all, and this is everything.
    if not page_size or count > page_size or not count:
        return True
    if page.total is not None:
        # Rows may be deleted meanwhile, and the offset may be ignored: neither figure says enough alone.
        return keys >= page.total and request.offset + len(page.rows) >= page.total
    # A short page of a source without totals may be the end, or a source with smaller pages than ours.
    return count < page_size and not new_keys


def _following(request: PageRequest, page: Page, page_overlap: int) -> PageRequest:
    end = request.offset + len(page.rows)
    if page.next_link is not None:
        return PageRequest(offset=end, next_link=page.next_link, linked=request.linked + len(page.rows))
    first = end - request.linked - len(page.rows)
    return PageRequest(offset=max(end - page_overlap, first + 1))
