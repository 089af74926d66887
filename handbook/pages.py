"""Name the reference pages and who writes each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handbook.connections import write_connections
from handbook.fields import write_fields
from handbook.limits import write_limits
from handbook.mapping_files import write_mapping_files
from handbook.park_reasons import write_park_reasons
from handbook.states import write_states

MARK = "<!-- Written by `python -m handbook`; change the code instead. -->\n\n"
PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "connections.md": write_connections,
        "fields.md": write_fields,
        "limits.md": write_limits,
        "mapping-files.md": write_mapping_files,
        "park-reasons.md": write_park_reasons,
        "states.md": write_states,
    }
)


def write_page(name: str) -> str:
    """Write one page whole."""
    return MARK + PAGES[name]()
