"""The body of an UpdateConnector, in every shape the vendor's samples use, made one.

Element is an object or a list, Objects an object or a list of objects, Fields an object or a list of one;
numbers come as numbers or texts, booleans as true, "1", 1. Source: the examples of POST FiEntries and
KnEmployee in docs.afas.help/apidoc/nl, docs.afas.help/profit/nl/update-connector (@Action, @key, "" clears).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.wrappers import Request

from emulators.afas.errors import Refused
from emulators.afas.updates import Layout, UpdateField, layouts
from emulators.switches import Switches

DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T00:00(:00)?(\.0+)?Z?)?")
NUMBER = re.compile(r"-?\d*\.?\d+")
TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})
ACTION = "@Action"


class InvalidJsonError(ValueError):
    """A body that is no JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: typed fields, and the elements below it by object."""

    name: str
    fields: dict[str, Any]
    children: dict[str, list["Element"]] = field(default_factory=dict)
    cleared: frozenset[str] = frozenset()


def read(request: Request, start: str, switches: Switches) -> list[Element]:
    """Read the elements of a body that starts with an object; raise Refused for what does not fit it."""
    try:
        body = json.loads(_decoded(request), parse_float=Decimal)
    except ValueError as error:
        raise InvalidJsonError from error
    if not isinstance(body, dict) or not body:
        raise Refused("unexpected")
    for name in body:
        if name != start:
            raise Refused("element_unknown", element=name)
    return _elements(layouts()[start], body[start], switches)


def _decoded(request: Request) -> str:
    """Decode as AFAS does: whatever is not the UTF-8 it was told to be arrives as question marks."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    sent = request.get_data()
    if charset in {"utf-8", "utf8"}:
        try:
            return sent.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return "".join(chr(byte) if byte < 128 else "?" for byte in sent)


def _elements(shape: Layout, content: Any, switches: Switches) -> list[Element]:  # noqa: ANN401 - JSON
    if not isinstance(content, dict) or set(content) - {"Element"}:
        raise Refused("unexpected")
    return [_element(shape, each, switches) for each in _listed(content.get("Element"))]


def _element(shape: Layout, content: Any, switches: Switches) -> Element:  # noqa: ANN401 - JSON
    if not isinstance(content, dict):
        raise Refused("unexpected")
    sent: dict[str, Any] = dict(_parts(content.get("Fields")))
    children: dict[str, list[Element]] = {}
    for name, inner in content.items():
        if name == "Objects":
            for child, below in _parts(inner):
                if child not in shape.objects:
                    raise Refused("element_unknown", element=child)
                children.setdefault(child, []).extend(_elements(layouts()[child], below, switches))
        elif name.startswith("@"):
            sent[name] = inner
        elif name != "Fields":
            raise Refused("element_unknown", element=name)
    return _typed(shape, sent, children, switches)


def _typed(
    shape: Layout, sent: dict[str, Any], children: dict[str, list[Element]], switches: Switches
) -> Element:
    values: dict[str, Any] = {}
    cleared = set()
    for written, content in sent.items():
        if written == ACTION:
            continue
        name = written.removeprefix("@")
        known = shape.fields.get(name)
        if known is None or (written.startswith("@") and not known.key):
            raise Refused("field_unknown", field=name, element=shape.id)
        if content is None or content == "":
            cleared.add(name)
        else:
            values[name] = _value(known, content, switches)
    return Element(name=shape.id, fields=values, children=children, cleared=frozenset(cleared))


def require(element: Element) -> None:
    """Raise Refused for the first mandatory field that an element lacks, and for those below it."""
    for known in layouts()[element.name].fields.values():
        if known.mandatory and known.id not in element.fields:
            raise Refused("value_missing", field=known.label)
    for below in element.children.values():
        for each in below:
            require(each)


def _value(known: UpdateField, content: Any, switches: Switches) -> Any:  # noqa: ANN401 - JSON
    if isinstance(content, dict | list):
        raise Refused("type_mismatch")
    text = str(content).lower() if isinstance(content, bool) else str(content)
    try:
        return _PARSERS[known.kind](text)
    except (ValueError, InvalidOperation) as error:
        raise Refused("type_mismatch") from error
    except KeyError:
        return _text(known, text, switches)


def _text(known: UpdateField, text: str, switches: Switches) -> str:
    if known.length and len(text) > known.length:
        if switches.text("text_too_long") == "refused":
            raise Refused("too_long", field=known.label, length=known.length)
        return text[: known.length]
    return text


def _decimal(text: str) -> Decimal:
    if not NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return Decimal(text.strip())


def _boolean(text: str) -> bool:
    if text.lower() not in TRUE | FALSE:
        raise ValueError(text)
    return text.lower() in TRUE


def _date(text: str) -> date:
    found = DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date.fromisoformat(found[1])


_PARSERS: dict[str, Callable[[str], Any]] = {
    "int": int,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": lambda text: datetime.fromisoformat(text).replace(tzinfo=None),
    "blob": str,
}


def _listed(content: Any) -> list[Any]:  # noqa: ANN401 - JSON
    if content is None:
        return []
    return content if isinstance(content, list) else [content]


def _parts(content: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - JSON
    return [each for part in _listed(content) for each in _mapping(part).items()]


def _mapping(content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    if not isinstance(content, dict):
        raise Refused("unexpected")
    return content
