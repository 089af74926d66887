"""Read the parts of a chart so that everything the connection may not read is named at once."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from finance_hooks.model.errors import ConfigurationError

Part = TypeVar("Part")


def read_parts(parts: Mapping[str, Callable[[], Part]]) -> dict[str, Part]:
    """Read every part; ConfigurationError names all that could not be read, and nothing counts as empty."""
    found: dict[str, Part] = {}
    refused: dict[str, list[str]] = {}
    for name, read in parts.items():
        try:
            found[name] = read()
        except ConfigurationError as error:
            refused.setdefault(str(error), []).append(name.replace("_", " "))
    if refused:
        named = "; ".join(f"{', '.join(names)}: {why}" for why, names in refused.items())
        raise ConfigurationError(f"The chart cannot be read whole: {named}")
    return found
