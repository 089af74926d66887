"""Turn the links of a page into links of the site; files that the site does not show stay as words."""

import re
from pathlib import Path
from posixpath import relpath

from handbook.paths import DOCS, OTHER_PAGES, PROJECT

LINK = re.compile(r"(?<!!)\[(?P<words>[^\]\[]+)\]\((?P<target>[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")
FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)


def turn_links(text: str, page: str) -> str:
    """Return the text of a page of the site with every link between files of the project turned."""
    parts = FENCE.split(text)
    return "".join(part if part.startswith("```") else _turn(part, page) for part in parts)


def place_of(page: str) -> Path:
    """Return where in the project a page of the site stands."""
    return PROJECT / OTHER_PAGES[page] if page in OTHER_PAGES else DOCS / page


def page_of(path: Path) -> str | None:
    """Return which page of the site a file of the project is, `None` when the site does not show it."""
    for page in OTHER_PAGES:
        if place_of(page) == path:
            return page
    return path.relative_to(DOCS).as_posix() if path.is_relative_to(DOCS) and path.exists() else None


def _turn(text: str, page: str) -> str:
    return LINK.sub(lambda link: _turned(link, page), text)


def _turned(link: re.Match[str], page: str) -> str:
    if ":" in link["target"]:
        return link[0]
    path = (place_of(page).parent / link["target"]).resolve()
    if not path.exists():
        # The build says that a link leads nowhere.
        return link[0]
    target = page_of(path / "index.md" if path.is_dir() else path)
    if target is None:
        return link["words"]
    return f"[{link['words']}]({relpath(target, str(Path(page).parent))}{link['anchor'] or ''})"
