"""Windows on a result that moves while it is read.

Source: docs.mendix.com/refguide/published-odata-entity/: pages are not one transaction, so rows that come
or go between two calls are repeated or skipped.
"""

from datetime import datetime, timedelta
from typing import Any

from emulators.switches import Switches

Row = dict[str, Any]


def window(rows: list[Row], offset: int, limit: int | None, switches: Switches) -> list[Row]:
    """Return one page of the rows as the paging switches have it."""
    if limit is None or switches.text("paging") == "unpaged":
        return rows
    if switches.text("paging") == "offset_ignored":
        offset = 0
    pages_before = offset // limit if limit else 0
    moves = switches.text("between_pages")
    if not pages_before or moves == "still":
        return rows[offset : offset + limit]
    if moves == "deleted":
        return rows[offset + pages_before : offset + pages_before + limit]
    start = offset - pages_before
    page = rows[start : start + limit]
    if moves == "stale" and page:
        page = [_older(page[0]), *page[1:]]
    return page


def length_seen(count: int, offset: int, limit: int | None, switches: Switches) -> int:
    """Return how long the result is by the time this page is read."""
    moved = offset // limit if limit else 0
    moves = switches.text("between_pages")
    if moves == "still":
        return count
    return max(0, count - moved) if moves == "deleted" else count + moved


def _older(row: Row) -> Row:
    older = dict(row)
    if isinstance(row.get("ChangedDate"), datetime):
        older["ChangedDate"] = row["ChangedDate"] - timedelta(hours=1)
    if "ExportStatus" in row:
        older |= {"Status": "ToCheck", "ExportStatus": "NotReady"}
    return older
