"""Say in which language a page of the site is, and which page says the same in the other language.

A Dutch page stands in docs/nl/ under the name of the English one beside it. What only engineers read is in
English alone, and is named here.
"""

from pathlib import Path

from finance_hooks.model.park_reason_text import Language
from handbook.paths import DOCS, OTHER_PAGES

DUTCH = "nl/"
ENGLISH_ONLY = frozenset(
    {
        "adversary.md",
        "architecture.md",
        "benchmarks.md",
        "commands.md",
        "connections.md",
        "deployment.md",
        "emulators/README.md",
        "glossary.md",
        "lineage.md",
        "project/CHANGELOG.md",
        "project/README.md",
        "reference/connections.md",
        "security.md",
    }
)
ENGLISH_FOLDER = "decisions/"


def language_of(page: str) -> Language:
    """Return the language of a page, by its name in the site."""
    return "nl" if page.startswith(DUTCH) else "en"


def in_dutch(page: str) -> str:
    """Return the name that the Dutch page beside an English one has."""
    return f"{DUTCH}{page}"


def is_in_both(page: str) -> bool:
    """Say whether an English page has a Dutch one beside it."""
    return page not in ENGLISH_ONLY and not page.startswith(ENGLISH_FOLDER)


def other_language(page: str) -> str | None:
    """Return the page that says the same in the other language, `None` where there is none."""
    if page.startswith(DUTCH):
        return page.removeprefix(DUTCH)
    return in_dutch(page) if is_in_both(page) else None


def english_pages() -> list[str]:
    """Return every English page of the site by its name there, in order."""
    written = (path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
    return sorted(page for page in {*written, *OTHER_PAGES} if language_of(page) == "en")


def dutch_pages() -> list[str]:
    """Return every Dutch page of the site by its name there, in order."""
    written = (path.relative_to(DOCS).as_posix() for path in Path(DOCS / DUTCH).rglob("*.md"))
    return sorted({*written, *(page for page in OTHER_PAGES if language_of(page) == "nl")})
