"""Query options: which rows, in which order, how many, and where the next page starts.

Sources: vendor's query string options and restrictions pages; `__next` as recorded in June 2026
(NangoHQ/integration-templates).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from emulators.exactonline import selects
from emulators.exactonline.books import Row
from emulators.exactonline.errors import bad_query
from emulators.exactonline.filter_words import TOKEN, Node, read_moment
from emulators.exactonline.filters import no_property, parse
from emulators.exactonline.resources import Resource
from emulators.exactonline.selects import Selection
from emulators.switches import Switches

KNOWN = frozenset(
    {"$filter", "$select", "$top", "$skip", "$orderby", "$inlinecount", "$expand", "$skiptoken"}
)
UNESCAPED = "',:()*$/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The options of one request."""

    shape: Resource
    filter: Node | None
    select: Selection
    expand: tuple[str, ...]
    order: tuple[tuple[str, bool], ...]
    top: int | None
    skip: int
    count: bool
    token: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The rows of one answer, the count of all that fit if it was asked for, the token of the next page."""

    rows: list[Row]
    count: int | None
    token: str | None


def read(arguments: MultiDict[str, str], shape: Resource, switches: Switches) -> Query:
    """Read the options; raise Exact's 400 for one that is wrong or unknown."""
    for name in arguments:
        if name.startswith("$") and name not in KNOWN:
            raise bad_query(
                f"The query parameter '{name}' begins with a system-reserved '$' character"
                " but is not recognized."
            )
    text = arguments.get("$filter", "").strip()
    test = parse(text, shape, date_only=switches.on("date_only_literals")) if text else None
    select = selects.read(_names(arguments.get("$select")), shape)
    expand = _names(arguments.get("$expand"))
    for name in expand:
        if name not in shape.links:
            raise no_property(name, shape, 0)
    if select.fields is not None and switches.on("expand_ignored_with_select"):
        expand = ()
    order = _order(arguments.get("$orderby"), shape)
    token = arguments.get("$skiptoken")
    return Query(
        shape=shape,
        filter=test,
        select=select,
        expand=expand,
        order=order,
        top=_count(arguments, "$top"),
        skip=_count(arguments, "$skip") or 0,
        count=_inline_count(arguments.get("$inlinecount")),
        token=_token(token) if token else None,
    )


def run(query: Query, rows: Iterable[Row]) -> Page:
    """Return the page that a query asks for."""
    keys = sort_keys(query)
    ordered = list(rows)
    for name, down in reversed(keys):
        ordered.sort(key=lambda row, name=name: _rank(row.get(name)), reverse=down)  # type: ignore[misc]
    fits: Callable[[Row], bool] = query.filter.read if query.filter is not None else lambda _row: True
    following = filter(fits, filter(_follows(query.token, keys), ordered))
    size = query.shape.page_size if query.shape.page_size is not None else len(ordered)
    asked = query.top if query.top is not None else len(ordered)
    page = list(islice(following, query.skip, query.skip + min(asked, size + 1)))
    counted = sum(1 for row in ordered if fits(row)) if query.count else None
    if len(page) <= size:
        return Page(rows=page, count=counted, token=None)
    token = ",".join(_written(page[size - 1].get(name), query.shape.types[name]) for name, _ in keys)
    return Page(rows=page[:size], count=counted, token=token)


def next_address(base: str, arguments: MultiDict[str, str], query: Query, token: str) -> str:
    """Write the address of the next page: all options kept, $top lowered, $skip used up."""
    kept = {name: text for name, text in arguments.items() if name not in {"$skiptoken", "$skip", "$top"}}
    if query.top is not None:
        kept["$top"] = str(query.top - (query.shape.page_size or 0))
    kept["$skiptoken"] = token
    # Exact leaves quotes and commas in this address as they are.
    return base + "?" + "&".join(f"{name}={quote(text, safe=UNESCAPED)}" for name, text in kept.items())


def sort_keys(query: Query) -> list[tuple[str, bool]]:
    """Return the fields that order the rows; the key comes last, a sync view goes by Timestamp."""
    keys = list(query.order)
    last = "Timestamp" if query.shape.is_sync else query.shape.key
    if last not in [name for name, _ in keys]:
        keys.append((last, False))
    return keys


def _order(text: str | None, shape: Resource) -> tuple[tuple[str, bool], ...]:
    order = []
    for part in _names(text):
        name, _, direction = part.partition(" ")
        if name not in shape.types:
            raise no_property(name, shape, 0)
        if direction.strip() not in {"", "asc", "desc"}:
            raise bad_query()
        order.append((name, direction.strip() == "desc"))
    return tuple(order)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _count(arguments: MultiDict[str, str], name: str) -> int | None:
    # An option without a value is none, as omniboost/go-exactonline sends them.
    text = arguments.get(name, "").strip()
    if not text:
        return None
    if not text.isdigit():
        raise bad_query(f"Incorrect format for {name} argument '{text}'.")
    return int(text)


def _inline_count(text: str | None) -> bool:
    if text not in {None, "", "none", "allpages"}:
        raise bad_query()
    return text == "allpages"


def _token(text: str) -> tuple[Any, ...]:
    parts: list[Any] = []
    place = 0
    while place < len(text):
        if text[place] == ",":
            place += 1
        match = TOKEN.match(text, place)
        if match is None:
            raise bad_query()
        parts.append(_token_part(match.groupdict()))
        place = match.end()
    return tuple(parts)


def _token_part(found: dict[str, str | None]) -> Any:  # noqa: ANN401 - any literal
    if found["guid"] is not None:
        return str(found["guid_text"]).lower()
    if found["date"] is not None:
        return read_moment(str(found["date_text"]))
    if found["string"] is not None:
        return found["string"][1:-1].replace("''", "'")
    if found["number"] is not None:
        return Decimal(found["number"].rstrip("LlMmDdFf"))
    return {"true": True, "false": False}.get(str(found["word"]))


def _follows(token: tuple[Any, ...] | None, keys: list[tuple[str, bool]]) -> Callable[[Row], bool]:
    """Return the test whether a row comes after the place that a token names."""
    if token is None:
        return lambda _row: True
    place = [(name, down, _rank(content)) for (name, down), content in zip(keys, token, strict=False)]

    def follows(row: Row) -> bool:
        for name, down, there in place:
            here = _rank(row.get(name))
            if here != there:
                return _after(here, there) is not down
        return False

    return follows


def _after(first: tuple[bool, Any], second: tuple[bool, Any]) -> bool:
    try:
        return first > second
    except TypeError as error:  # a skiptoken of another kind than the field
        raise bad_query() from error


def _rank(content: Any) -> tuple[bool, Any]:  # noqa: ANN401 - any value of a row
    if content is None:
        return (False, 0)
    return (True, content.casefold() if isinstance(content, str) else content)


WRITERS: dict[str, Callable[[Any], str]] = {
    "guid": lambda content: f"guid'{content}'",
    "date": lambda content: f"datetime'{content.isoformat()}'",
    "int64": lambda content: f"{content}L",
    "string": lambda content: "'" + content.replace("'", "''") + "'",
    "boolean": lambda content: str(content).lower(),
}


def _written(content: Any, kind: str) -> str:  # noqa: ANN401 - any value of a row
    return "null" if content is None else WRITERS.get(kind, str)(content)
