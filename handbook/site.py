"""Tell MkDocs of pages that stand elsewhere, of decisions, of the language of each page; turn its links."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from handbook.languages import language_of
from handbook.links import place_of, turn_links
from handbook.navigation import SHARED_MENU, menu_of, switch_of
from handbook.paths import DOCS, OTHER_PAGES


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the decisions to the part of the menu that is in English alone, oldest first."""
    decisions = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob("decisions/*.md"))
    for part in config.nav or ():
        if SHARED_MENU in part:
            part[SHARED_MENU] = [*part[SHARED_MENU], {"Decisions": decisions}]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that stand elsewhere in the project."""
    for page in OTHER_PAGES:
        text = place_of(page).read_text(encoding="utf-8")
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, **_others: object) -> str:
    """Turn the links of one page."""
    return turn_links(markdown, page.file.src_uri)


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    """Give a page the words, the menu and the first page of its own language; pages are made one by one."""
    language = language_of(page.file.src_uri)
    menu = menu_of(nav, language)
    config.theme["language"] = language
    config.extra["alternate"] = switch_of(page, nav)
    config.extra["homepage"] = menu.homepage.url if menu.homepage else ""
    context["nav"] = menu
    return context
