"""Read the body of a POST or PUT against a resource's fields, as strictly as WCF Data Services does."""

import json
import re
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from emulators.exactonline.books import Row
from emulators.exactonline.errors import ExactError, bad_stream
from emulators.exactonline.resources import Resource, resource
from emulators.exactonline.wire import NAMESPACE

EDM = {
    "guid": "Guid",
    "date": "DateTime",
    "int": "Int32",
    "int64": "Int64",
    "double": "Double",
    "boolean": "Boolean",
    "binary": "Binary",
    "string": "String",
}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
JSON_DATE = re.compile(r"/Date\((-?\d+)\)/")
INT32_MAX = 2**31 - 1
LARGEST_AMOUNT = Decimal(10**15)


def parse_body(body: bytes) -> dict[str, Any]:
    """Parse a JSON body into one object; amounts keep their digits."""
    try:
        content = json.loads(body.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise bad_stream("Error encountered in parsing the request payload.") from error
    if not isinstance(content, dict):
        raise bad_stream("The request payload is not a valid resource.")
    return content


def typed(
    shape: Resource,
    content: dict[str, Any],
    *,
    creating: bool,
    lenient: bool,
    everything: bool = False,
) -> tuple[Row, dict[str, list[Any]]]:
    """Return the row's fields with their types, read-only ones left out, and the linked rows as sent.

    Raise Exact's 400 for a property that does not exist or has the wrong type; `lenient` takes a number
    where a text belongs, `everything` keeps read-only fields.
    """
    values: Row = {}
    linked: dict[str, list[Any]] = {}
    for name, sent in content.items():
        if name == "__metadata":
            continue
        if name in shape.links:
            _read_link(shape, name, sent, linked, creating=creating)
        elif name not in shape.types:
            raise bad_stream(
                f"The property name '{name}' specified for type '{NAMESPACE}.{shape.entity}' is not valid."
            )
        else:
            converted = _convert(name, sent, shape.types[name], lenient=lenient)
            # Exact: read-only fields are ignored without a word (seen with AmountDC in June 2026).
            if everything or name not in shape.read_only:
                values[name] = converted
    return values, linked


def typed_links(shape: Resource, link: str, sent: list[Any], *, lenient: bool) -> list[Row]:
    """Return linked rows with their types."""
    target = resource(shape.links[link])
    rows = []
    for each in sent:
        if not isinstance(each, dict):
            raise bad_stream("The request payload is not a valid resource.")
        rows.append(typed(target, each, creating=True, lenient=lenient)[0])
    return rows


def _read_link(
    shape: Resource,
    name: str,
    sent: object,
    linked: dict[str, list[Any]],
    *,
    creating: bool,
) -> None:
    if sent is None or (isinstance(sent, dict) and "__deferred" in sent):
        return
    rows = sent.get("results") if isinstance(sent, dict) else sent
    if not isinstance(rows, list):
        raise bad_stream(f"The value of the link '{name}' is not a list of resources.")
    if not creating and rows:
        raise bad_stream(
            f"Binding to new entities is not allowed in a PUT request: link '{name}' of '{shape.entity}'."
        )
    linked[name] = rows


def _convert(name: str, sent: Any, kind: str, *, lenient: bool) -> Any:  # noqa: ANN401 - any JSON value
    if sent is None:
        return None
    try:
        return CONVERTERS[kind](str(sent) if lenient and _is_number(sent) and kind == "string" else sent)
    except (ValueError, TypeError, InvalidOperation, OverflowError) as error:
        raise _wrong_type(name, kind) from error


def _wrong_type(name: str, kind: str) -> ExactError:
    return bad_stream(
        f"Error encountered in converting the value from request payload for property '{name}' to type"
        f" '{EDM[kind]}', which is the property's expected type. See inner exception for more detail."
    )


def _is_number(sent: object) -> bool:
    return isinstance(sent, int | Decimal) and not isinstance(sent, bool)


def _guid(sent: object) -> str:
    if not isinstance(sent, str):
        raise TypeError(sent)
    return str(uuid.UUID(sent.strip("{}")))


def _string(sent: object) -> str:
    if not isinstance(sent, str):
        raise TypeError(sent)
    return sent


def _date(sent: object) -> datetime:
    text = _string(sent)
    if match := JSON_DATE.fullmatch(text):
        return (EPOCH + timedelta(milliseconds=int(match[1]))).replace(tzinfo=None)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=None)


def _int(sent: object) -> int:
    if isinstance(sent, bool) or not isinstance(sent, int | str | Decimal):
        raise TypeError(sent)
    number = Decimal(sent) if not isinstance(sent, str) else Decimal(sent.strip())
    if number != number.to_integral_value() or abs(number) > INT32_MAX:
        raise ValueError(sent)
    return int(number)


def _int64(sent: object) -> int:
    if isinstance(sent, bool) or not isinstance(sent, int | str):
        raise TypeError(sent)
    return int(sent)


def _double(sent: object) -> Decimal:
    # Exact: numeric strings are taken for doubles (ossobv/exactonline, OpenStudio send them).
    if isinstance(sent, bool) or not isinstance(sent, int | str | Decimal):
        raise TypeError(sent)
    number = Decimal(sent.strip() if isinstance(sent, str) else sent)
    if not number.is_finite() or abs(number) > LARGEST_AMOUNT:
        raise ValueError(sent)
    return number


def _boolean(sent: object) -> bool:
    if not isinstance(sent, bool):
        raise TypeError(sent)
    return sent


CONVERTERS = {
    "guid": _guid,
    "string": _string,
    "binary": _string,
    "date": _date,
    "int": _int,
    "int64": _int64,
    "double": _double,
    "boolean": _boolean,
}
