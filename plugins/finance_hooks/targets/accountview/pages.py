"""Put what was read of journal pages together: each header with its lines, each page once.

AccountView: a line carries the number of its header within the answer (DJ_PAGE_Id), nothing beyond it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from finance_hooks.targets.accountview.wire import Row, Tables, read_text

PAGE, LINE, TRANSACTION = "DJ_PAGE", "DJ_LINE", "TRANSACT"
RELATION = "DJ_PAGE_ID"

PageKey = tuple[str, str]
"""Journal and page number; within one book year no two pages share them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """One page as it was read."""

    header: Row
    lines: Sequence[Row]


def read_pages(tables: Tables) -> Iterator[ReadPage]:
    """Read the pages of one answer; ValueError when lines cannot be told apart by their header."""
    headers, lines = tables.get(PAGE, ()), tables.get(LINE, ())
    of_header: dict[object, list[Row]] = {header.get(RELATION): [] for header in headers}
    if len(of_header) != len(headers):
        raise ValueError("headers do not say which lines are theirs")
    for line in lines:
        if line.get(RELATION) not in of_header:
            raise ValueError("a line belongs to no header")
        of_header[line.get(RELATION)].append(line)
    for header in headers:
        yield ReadPage(header=header, lines=of_header[header.get(RELATION)])


def key_of(row: Row) -> PageKey:
    """Return which page a header or a ledger row belongs to."""
    # AccountView: where capitals are not forced, two journals may differ in their letters only.
    return read_text(row["DJ_CODE"]) or "", read_text(row["PAGE_NR"]) or ""


def by_page(rows: Iterable[Row]) -> dict[PageKey, list[Row]]:
    """Put ledger rows together by page; a row that comes twice counts once."""
    found: dict[PageKey, dict[object, Row]] = {}
    for row in rows:
        found.setdefault(key_of(row), {})[row["REC_ID"]] = row
    return {key: list(rows_by_id.values()) for key, rows_by_id in found.items()}
