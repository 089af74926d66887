"""The page of every package has the same chapters, in both languages, and none of them is empty."""

import re

import pytest

from finance_hooks.targets.registry import TARGETS
from handbook.languages import in_dutch
from handbook.paths import DOCS

CHAPTERS = (
    "## Needed",
    "## Preparing",
    "## Authorising",
    "## Operation",
    "## Mapping",
    "## What preflight knows",
)
CHAPTERS_NL = (
    "## Benodigdheden",
    "## Voorbereiding",
    "## Autoriseren",
    "## Werking",
    "## Mapping",
    "## Wat de preflight weet",
)
OF_ALL = 5
"""How many of them the overview leads to."""
PAGES = [
    (page, chapter)
    for slug in TARGETS
    for page, chapters in (
        (f"targets/{slug}.md", CHAPTERS),
        (in_dutch(f"targets/{slug}.md"), CHAPTERS_NL),
    )
    for chapter in chapters
]
HEADING = re.compile(r"^## .*$", re.MULTILINE)
SAID_AT_LEAST = 200
"""Characters below a heading, else it is a heading only."""


def chapters_of(page: str) -> dict[str, str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    headings = HEADING.findall(text)
    return dict(zip(headings, HEADING.split(text)[1:], strict=True))


@pytest.mark.parametrize(("page", "heading"), PAGES)
def test_chapter_is_there_and_filled(page: str, heading: str) -> None:
    assert len(chapters_of(page)[heading].strip()) > SAID_AT_LEAST


@pytest.mark.parametrize("slug", TARGETS)
@pytest.mark.parametrize("name", [str, in_dutch], ids=["en", "nl"])
def test_mapping_leads_to_the_field_table_of_the_package(slug: str, name: type[str]) -> None:
    assert "../reference/fields.md#" in chapters_of(name(f"targets/{slug}.md"))["## Mapping"]


@pytest.mark.parametrize(
    ("page", "headings"), [("targets/index.md", CHAPTERS), ("nl/targets/index.md", CHAPTERS_NL)]
)
@pytest.mark.parametrize("slug", TARGETS)
def test_overview_leads_to_every_chapter(slug: str, page: str, headings: tuple[str, ...]) -> None:
    overview = (DOCS / page).read_text(encoding="utf-8")

    for heading in headings[:OF_ALL]:
        assert f"({slug}.md#{heading.removeprefix('## ').lower()})" in overview
