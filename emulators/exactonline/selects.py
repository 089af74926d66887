"""$select: which fields are shown of a row, and which of the rows linked to it.

Source: vendor's query string options page; ModifyLinkedEntities in exactonline-api-dotnet-client selects
`SalesInvoiceLines/ID` beside an $expand of the lines, as OData 2 has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulators.exactonline.filters import no_property
from emulators.exactonline.resources import Resource, resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The fields of a row, None for all; `inside` has those of linked rows that are not shown whole."""

    fields: tuple[str, ...] | None = None
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read(names: tuple[str, ...], shape: Resource) -> Selection:
    """Read what is selected; raise Exact's 400 for a field that does not exist."""
    fields, inside = [], dict[str, tuple[str, ...]]()
    for name in names:
        root, _, below = name.partition("/")
        if root == "*":
            continue
        if root not in shape.types and root not in shape.links:
            raise no_property(name, shape, 0)
        fields.append(root)
        if below and root in shape.links:
            _check_below(below, resource(shape.links[root]))
            inside[root] = (*inside.get(root, ()), below)
    whole = {name for name in names if name in inside}
    return Selection(
        fields=None if not names or "*" in names else tuple(fields),
        inside={link: below for link, below in inside.items() if link not in whole and "*" not in below},
    )


def _check_below(name: str, shape: Resource) -> None:
    if name != "*" and name not in shape.types and name not in shape.links:
        raise no_property(name, shape, 0)
