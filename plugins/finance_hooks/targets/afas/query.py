"""Write what is asked of AFAS as the query of an address, and say how many calls it takes to read some rows.

AFAS Developer documentation, "GetConnector".
"""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from finance_hooks.targets.afas.settings import QUERY_LENGTH
from finance_hooks.targets.afas.wire import Condition, write_filter

LEAST_TAKE = 100
"""AFAS: rows of a page when nothing is asked; no server gives fewer while there are more."""
OVERLAP = 20
"""Rows of a page that are asked for again with the next."""
LARGEST_SKIP = 10**6


def write_query(options: Mapping[str, str | None], skip: int, take: int) -> str:
    """Write a query; options without a text are left out."""
    given = {name: text for name, text in options.items() if text} | {"skip": str(skip), "take": str(take)}
    return "&".join(f"{name}={quote(text, safe=',-')}" for name, text in given.items())


def divide_alternatives(
    alternatives: Sequence[Sequence[Condition]], order: str, take: int
) -> Iterator[list[Sequence[Condition]]]:
    """Divide alternatives over calls, as many in each as AFAS's length of an address allows."""
    room: list[Sequence[Condition]] = []
    for alternative in alternatives:
        wider = [*room, alternative]
        options = {"filterjson": write_filter(wider), "orderbyfieldids": order}
        if room and len(write_query(options, LARGEST_SKIP, take)) + 1 > QUERY_LENGTH:
            yield room
            wider = [alternative]
        room = wider
    if room:
        yield room


def count_pages(rows: int, take: int) -> int:
    """Count the calls it takes to read so many rows, each page beginning with the end of the one before."""
    pages, skip = 1, 0
    shown = min(rows, take)
    while shown >= min(take, LEAST_TAKE) and (pages == 1 or shown > OVERLAP):
        skip += shown - OVERLAP
        shown = min(rows - skip, take)
        pages += 1
    return pages
