"""Make the runbook a page: what to do about each kind of problem, with an anchor for each."""

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from finance_hooks.model.park_reason_text import Language

FOLDER = Path(__file__).with_name("runbook")


@cache
def runbook_html(language: Language) -> str:
    """Return the runbook of a language; its anchors are HTML, as Markdown has none."""
    page: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(runbook_text(language))
    return page


def runbook_text(language: Language) -> str:
    """Read the runbook of a language."""
    return (FOLDER / f"{language}.md").read_text(encoding="utf-8")
