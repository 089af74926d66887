"""Take a REST path apart: division, resource, key, link, $count.

Source: vendor's getting-started page; the case of a path does not matter (clients write crm and CRM), nor do
double slashes (hotgluexyz/target-exact and the elmas gem send them).
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from emulators.exactonline.errors import bad_query, not_found
from emulators.exactonline.filter_words import GUID
from emulators.exactonline.resources import Resource, resources

KEYED = re.compile(r"(?P<name>[A-Za-z]+)(?:\((?P<key>.*)\))?")
SLASHES = re.compile("/+")
GUID_KEY = re.compile(r"guid'([^']*)'")
FUNCTIONS = {
    "read/sync/sync/synctimestamp": "sync_timestamp",
    "users/userhasrights": "user_has_rights",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What a path points at; `key` is None for a collection."""

    division: int | None
    resource: Resource | None
    function: str = ""
    key: str | None = None
    link: str = ""
    count: bool = False

    @property
    def endpoint(self) -> str:
        """The name under which client errors are counted."""
        return self.resource.path if self.resource else self.function


def division_of(path: str) -> int | None:
    """Return the division in a REST path, or None where it has none."""
    head = _behind_the_version(path).partition("/")[0]
    return int(head) if head.isdigit() else None


def read(path: str) -> Address:
    """Read a REST path; raise 404 for what is not there."""
    division = division_of(path)
    segments = [unquote(part) for part in _behind_the_version(path).split("/")]
    if division is not None:
        segments = segments[1:]
    plain = "/".join(segments).lower()
    if plain in FUNCTIONS:
        return Address(division=division, resource=None, function=FUNCTIONS[plain])
    for length in (3, 2):
        found = _matched(segments, length)
        if found is not None:
            shape, key = found
            return _with_rest(division, shape, key, segments[length:])
    raise not_found(segments[-1].partition("(")[0])


def _behind_the_version(path: str) -> str:
    """Return a path without what all have; IIS takes slashes that follow each other for one."""
    rest = SLASHES.sub("/", path).removeprefix("/api/v1/").removeprefix("beta/")
    return rest.strip("/")


def _matched(segments: list[str], length: int) -> tuple[Resource, str | None] | None:
    if len(segments) < length:
        return None
    match = KEYED.fullmatch(segments[length - 1])
    if match is None:
        return None
    shape = resources().get("/".join([*segments[: length - 1], match["name"]]).lower())
    return (shape, match["key"]) if shape else None


def _with_rest(division: int | None, shape: Resource, key: str | None, rest: list[str]) -> Address:
    literal = _key(shape, key) if key is not None else None
    if rest == ["$count"] and literal is None:
        return Address(division=division, resource=shape, count=True)
    if len(rest) == 1 and literal is not None and rest[0] in shape.links:
        return Address(division=division, resource=shape, key=literal, link=rest[0])
    if rest:
        raise not_found(rest[0])
    return Address(division=division, resource=shape, key=literal)


def _key(shape: Resource, text: str) -> str:
    kind = shape.types[shape.key]
    text = text.removeprefix(f"{shape.key}=")
    match = GUID_KEY.fullmatch(text)
    if kind == "guid":
        if match is None or not GUID.fullmatch(match[1]):
            raise bad_query("Bad Request - Error in query syntax.")
        return match[1].lower()
    if kind in {"int", "int64"}:
        digits = text.rstrip("Ll")
        if not digits.isdigit():
            raise bad_query("Bad Request - Error in query syntax.")
        return digits
    return text.strip("'")
