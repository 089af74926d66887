"""Tell MkDocs of the pages that stand outside docs/ and of the decisions, and turn the links of all pages."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook.links import place_of, turn_links
from handbook.paths import DOCS, OTHER_PAGES


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the decisions to the navigation, oldest first."""
    decisions = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.glob("decisions/*.md"))
    config.nav = [*(config.nav or ()), {"Besluiten · Decisions": decisions}]
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
