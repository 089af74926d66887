"""The query of a read: which object, which page, which fields, in which order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from emulators.accountview import filters
from emulators.accountview.books import Row
from emulators.accountview.dictionary import Field, Shape, objects, tables
from emulators.accountview.errors import AccountViewError, bad_request
from emulators.accountview.expressions import Expression
from emulators.accountview.filters import Test
from emulators.switches import Switches

DEFAULT_PAGE = 100
ORDERS = {"": False, "ascending": False, "descending": True}
SKIPPED_BY_LAST_KEY = "DJ_PAGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One read, in the order it is worked off: test, order, page."""

    shape: Shape
    fits: Test
    order: Callable[[Row], Any]
    descending: bool
    fields: Mapping[str, frozenset[str]] | None
    page_size: int
    page_number: int
    last_key: str | None

    def page(self, rows: Sequence[Row]) -> tuple[list[Row], int]:
        """Return the rows of the page, and how many rows of the whole stand before it."""
        found = sorted((row for row in rows if self.fits(row)), key=self.order, reverse=self.descending)
        first = (self.page_number - 1) * self.page_size
        if self.last_key is not None and self.shape.key.endswith("_Id"):
            first = _number(self.last_key) + 1
        elif self.last_key is not None:
            after = key_text(tables()[self.shape.table].get(self.shape.key), self.last_key)
            first = sum(1 for row in found if self._key(row) <= after)
        return found[first : first + self.page_size], first

    def _key(self, row: Row) -> str:
        return key_text(tables()[self.shape.table].get(self.shape.key), row.get(self.shape.key))


def lowered(asked: MultiDict[str, str]) -> dict[str, str]:
    """Return the parameters by lower-case name; the last of several counts."""
    return {name.lower(): text for name, text in asked.items(multi=True)}


def find_shape(code: str) -> Shape:
    """Find a business object in any case; raise AccountViewError."""
    if not code:
        raise bad_request("BusinessObject is required.")
    found = objects().get(code.upper())
    if found is None:
        raise AccountViewError(f"Business object '{code}' bestaat niet")
    return found


def parse(asked: Mapping[str, str], switches: Switches) -> Query:
    """Read a query; raise AccountViewError when something in it makes no sense."""
    shape = find_shape(asked.get("businessobject", ""))
    names = [part for part in asked.get("sortfields", "").split(",") if part.strip()]
    sort = [filters.field_named(name, shape.table) for name in names]
    descending = asked.get("sortorder", "").lower()
    if descending not in ORDERS:
        raise AccountViewError("SortOrder is Ascending of Descending")
    return Query(
        shape=shape,
        fits=_test(asked, shape, switches),
        order=_order(shape, sort),
        descending=ORDERS[descending],
        fields=_fields(asked, shape, switches),
        page_size=_page_size(asked, switches),
        page_number=_whole(asked, "pagenumber", 1),
        last_key=_last_key(asked, shape, switches),
    )


def key_text(field: Field | None, content: object) -> str:
    """Write a key so that texts compare as FoxPro's index does."""
    if field is None:
        return f"{content or 0:>12}"
    return str(content or "").ljust(field.length)


def _test(asked: Mapping[str, str], shape: Shape, switches: Switches) -> Test:
    numbered = filters.parse(asked, shape.table, switches)
    text = asked.get("filter", "")
    if not text:
        return numbered
    if not shape.system and switches.text("filter_expressions") == "system":
        raise AccountViewError("Filter wordt voor dit object niet ondersteund")
    free = Expression(text, shape.table, switches)
    return lambda row: numbered(row) and free.fits(row)


def _order(shape: Shape, sort: Sequence[Field]) -> Callable[[Row], Any]:
    key = tables()[shape.table].get(shape.key)

    def order(row: Row) -> tuple[Any, ...]:
        return (*(_sortable(row.get(field.name)) for field in sort), key_text(key, row.get(shape.key)))

    return order


def _sortable(content: object) -> tuple[int, Any]:
    if content is None:
        return (0, 0)
    return (1, content.isoformat() if isinstance(content, date) else content)


def _fields(asked: Mapping[str, str], shape: Shape, switches: Switches) -> dict[str, frozenset[str]] | None:
    # Spaces inside names are seen too: 'dct_fld.field_le n' (ForecastXL/accountview-ruby).
    names = ["".join(part.split()).upper() for part in asked.get("fields", "").split(",")]
    names = [name for name in names if name]
    if not names or "*" in names:
        return None
    found: dict[str, set[str]] = {}
    for name in names:
        prefix, _, field = name.rpartition(".")
        owners = [
            table
            for table in (shape.table, *shape.details)
            if prefix in {"", table} and (field in tables().get(table, {}) or field == f"{table}_ID")
        ]
        if not owners and switches.text("unknown_fields") == "refused":
            raise AccountViewError(f"Veld '{name}' bestaat niet")
        for table in owners[:1]:
            found.setdefault(table, set()).add(field)
    return {table: frozenset(fields) for table, fields in found.items()}


def _page_size(asked: Mapping[str, str], switches: Switches) -> int:
    if "pagesize" not in asked:
        if switches.text("page_size_missing") == "refused":
            raise AccountViewError("PageSize moet worden ingevoerd")
        return DEFAULT_PAGE
    size = _whole(asked, "pagesize", DEFAULT_PAGE)
    largest = switches.number("largest_page")
    if size > largest and switches.text("page_over_largest") == "refused":
        raise AccountViewError(f"PageSize mag niet groter zijn dan {largest}")
    return min(size, largest)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise AccountViewError(f"Ongeldige waarde '{text}' voor LastKey")
    return int(text)


def _whole(asked: Mapping[str, str], name: str, default: int) -> int:
    text = asked.get(name, str(default))
    if not text.isdecimal() or not int(text):
        raise AccountViewError(f"Ongeldige waarde '{text}' voor {name}")
    return int(text)


def _last_key(asked: Mapping[str, str], shape: Shape, switches: Switches) -> str | None:
    text = asked.get("lastkey", "")
    if not text:
        return None
    rule = switches.text("page_last_key")
    if shape.table == SKIPPED_BY_LAST_KEY and rule == "refused":
        raise AccountViewError("LastKey wordt voor dit object niet ondersteund")
    return None if shape.table == SKIPPED_BY_LAST_KEY and rule == "ignored" else text
