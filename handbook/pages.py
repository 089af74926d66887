"""Name the reference pages and who writes each."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from finance_hooks.model.park_reason_text import Language
from handbook.connections import write_connections
from handbook.fields import write_fields
from handbook.languages import in_dutch, is_in_both, language_of
from handbook.limits import write_limits
from handbook.mapping_files import write_mapping_files
from handbook.park_reasons import write_park_reasons
from handbook.states import write_states

FOLDER = "reference/"
MARK = "<!-- Written by `python -m handbook`; change the code instead. -->\n\n"
WIDE = "---\nhide: [toc]\n---\n\n"
"""Gives a page the room of the list of its headings."""
OF_WIDE_TABLES = frozenset({"fields.md"})
PAGES: Mapping[str, Callable[[Language], str]] = MappingProxyType(
    {
        "connections.md": write_connections,
        "fields.md": write_fields,
        "limits.md": write_limits,
        "mapping-files.md": write_mapping_files,
        "park-reasons.md": write_park_reasons,
        "states.md": write_states,
    }
)


def write_page(page: str) -> str:
    """Write one page whole, by its name in docs/; one in docs/nl/ is written in Dutch."""
    name = Path(page).name
    return (WIDE if name in OF_WIDE_TABLES else "") + MARK + PAGES[name](language_of(page))


def written_pages() -> list[str]:
    """Name every page that is written, in each language it is in."""
    english = [f"{FOLDER}{name}" for name in PAGES]
    return [*english, *(in_dutch(page) for page in english if is_in_both(page))]
