"""Name the vendor's page on which a field of a package is documented.

Exact and AFAS show theirs to anybody. Twinfield's developer portal is named as a whole: its pages have no
address of their own that we know of. AccountView shows none in public: named is where its own field
dictionary is recorded.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from finance_hooks.model.document import EntryKind

PAGES = Path(__file__).with_name("vendor_pages.csv")


def vendor_page(target: str, kind: EntryKind, field: str) -> str | None:
    """Return a link to the page of a field: that of the longest beginning; `None` where none is named."""
    fitting = [row for row in _rows() if _fits(row, target, kind, field)]
    if not fitting:
        return None
    row = max(fitting, key=lambda each: len(each["under"]))
    return f"[{row['title']}]({row['address']})"


def _fits(row: Mapping[str, str], target: str, kind: EntryKind, field: str) -> bool:
    return row["target"] == target and row["kind"] in {"", kind} and field.startswith(row["under"])


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with PAGES.open(encoding="utf-8", newline="") as rows:
        return tuple(csv.DictReader(rows))
