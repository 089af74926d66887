"""Give each page of the site the menu of its own language, and a switch to the other one."""

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from finance_hooks.model.park_reason_text import Language
from handbook.languages import DUTCH, language_of, other_language

DUTCH_MENU = "Nederlands"
"""The part of mkdocs.yml that is the menu of the Dutch pages."""
SHARED_MENU = "Techniek · Engineering"
"""The part that both menus have: pages in English alone."""
HOME = "index.md"
NAMES: tuple[tuple[Language, str], ...] = (("nl", "Nederlands"), ("en", "English"))


def menu_of(nav: Navigation, language: Language) -> Navigation:
    """Return the menu of a language out of the one that mkdocs.yml names."""
    sections = {item.title: item for item in nav.items if isinstance(item, Section)}
    dutch = sections[DUTCH_MENU]
    items = [item for item in nav.items if item is not dutch]
    if language == "nl":
        items = [*dutch.children, sections[SHARED_MENU]]
    menu = Navigation(items, nav.pages)
    menu.homepage = next(page for page in nav.pages if page.file.src_uri == _home(language))
    return menu


def switch_of(page: Page, nav: Navigation) -> list[dict[str, str]]:
    """Return what the switch of languages offers on a page: the same page, else the first one."""
    addresses = {each.file.src_uri: each.file.url for each in nav.pages}
    here = page.file.src_uri
    own = language_of(here)
    return [
        {
            "name": name,
            "lang": language,
            "link": page.file.url if language == own else addresses[other_language(here) or _home(language)],
        }
        for language, name in NAMES
    ]


def _home(language: Language) -> str:
    return f"{DUTCH}{HOME}" if language == "nl" else HOME
