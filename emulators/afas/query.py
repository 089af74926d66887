"""What a call of a GetConnector asks: filter, order, skip and take.

Source: docs.afas.help/profit/nl/get-connector.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from emulators.afas.connectors import Connector, Field
from emulators.afas.errors import Refused
from emulators.afas.filters import Condition
from emulators.switches import Switches

DEFAULT_TAKE = 100
ALL = -1
OPERATORS = range(1, 16)
LISTS = ("filterfieldids", "filtervalues", "operatortypes")

# Groups are ORed, the conditions of a group ANDed; no groups means every row.
Groups = list[list[Condition]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question: the rows that meet a group, in an order, from skip on, or the whole of them."""

    groups: Groups
    order: list[tuple[str, bool]]
    skip: int
    take: int
    whole: bool


def read(connector: Connector, arguments: Mapping[str, str], switches: Switches) -> Query:
    """Read the parameters; raise Refused for what the connector does not have."""
    alone, skip = switches.text("skip_alone"), _skip(arguments)
    unchecked = skip == ALL and alone == "everything"
    take = _take(arguments, checked=not unchecked)
    whole = unchecked or (skip, take) == (ALL, ALL)
    if not whole and (take < 0 or (skip == ALL and alone == "refused")):
        raise Refused("unexpected")
    return Query(
        groups=_groups(connector, arguments, switches),
        order=_order(connector, arguments),
        skip=skip,
        take=take,
        whole=whole,
    )


def _skip(arguments: Mapping[str, str]) -> int:
    """Read skip; rmuit/PracticalAfas saw what is no number, or below -1, count as 0."""
    try:
        skip = int(arguments.get("skip", "").strip() or 0)
    except ValueError:
        return 0
    return skip if skip >= ALL else 0


def _take(arguments: Mapping[str, str], *, checked: bool) -> int:
    try:
        return int(arguments.get("take", "").strip() or DEFAULT_TAKE)
    except ValueError as error:
        if checked:
            raise Refused("unexpected") from error
        return DEFAULT_TAKE


def _order(connector: Connector, arguments: Mapping[str, str]) -> list[tuple[str, bool]]:
    named = [part.strip() for part in arguments.get("orderbyfieldids", "").split(",") if part.strip()]
    return [(_field(connector, name.removeprefix("-")).id, name.startswith("-")) for name in named]


def _groups(connector: Connector, arguments: Mapping[str, str], switches: Switches) -> Groups:
    if arguments.get("filterjson"):
        return _json_groups(connector, arguments["filterjson"])
    if not arguments.get("filterfieldids"):
        return []
    lists = [_nested(arguments.get(name, ""), switches) for name in LISTS]
    groups = []
    for names, values, operators in zip_longest(*lists):
        if (
            names is None
            or values is None
            or operators is None
            or not len(names) == len(values) == len(operators)
        ):
            raise Refused("unexpected")
        groups.append([_condition(connector, *each) for each in zip(names, operators, values, strict=True)])
    return _as_written(groups, arguments["filterfieldids"], switches)


def _nested(text: str, switches: Switches) -> list[list[str]]:
    """Split a list into parts between the outer separators, each into those between the inner ones."""
    outer, inner = ",;" if switches.text("mixed_separators") == "and_of_ors" else ";,"
    return [part.split(inner) for part in text.split(outer)]


def _as_written(groups: Groups, text: str, switches: Switches) -> Groups:
    mixed = "," in text and ";" in text
    position = switches.text("mixed_separators")
    if mixed and position == "refused":
        raise Refused("unexpected")
    if position != "and_of_ors":
        return groups
    # AND of ORs, multiplied out.
    product: Groups = [[]]
    for group in groups:
        product = [[*left, right] for left in product for right in group]
    return product


def _json_groups(connector: Connector, text: str) -> Groups:
    try:
        filters = _listed(json.loads(text)["Filters"]["Filter"])
        return [
            [
                _condition(
                    connector, each["@FieldId"], str(each["@OperatorType"]), str(each.get("#text", ""))
                )
                for each in _listed(one["Field"])
            ]
            for one in filters
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("unexpected") from error


def _listed(content: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return content if isinstance(content, list) else [content]


def _condition(connector: Connector, name: str, operator: str, value: str) -> Condition:
    field = _field(connector, name.strip())
    if not operator.strip().isdigit() or int(operator) not in OPERATORS:
        raise Refused("unexpected")
    return Condition(field=field, operator=int(operator), value=value)


def _field(connector: Connector, name: str) -> Field:
    field = connector.fields.get(name)
    if field is None:
        raise Refused("connector_field", field=name)
    return field
