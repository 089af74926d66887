"""The page of every package has the same chapters, in both languages, and none of them is empty."""

import re

import pytest

from finance_hooks.targets.registry import TARGETS
from handbook.paths import DOCS

CHAPTERS = ("## Benodigdheden", "## Voorbereiding", "## Autoriseren", "## Werking", "## Mapping")
CHAPTERS_EN = ("### Needed", "### Preparing", "### Authorising", "### Operation", "### Mapping")
HEADING = re.compile(r"^##+ .*$", re.MULTILINE)
SAID_AT_LEAST = 200
"""Characters below a heading, else it is a heading only."""


def chapters(slug: str) -> dict[str, str]:
    text = (DOCS / "targets" / f"{slug}.md").read_text(encoding="utf-8")
    headings = HEADING.findall(text)
    return dict(zip(headings, HEADING.split(text)[1:], strict=True))


@pytest.mark.parametrize("heading", CHAPTERS + CHAPTERS_EN)
@pytest.mark.parametrize("slug", TARGETS)
def test_chapter_is_there_and_filled(slug: str, heading: str) -> None:
    assert len(chapters(slug)[heading].strip()) > SAID_AT_LEAST


@pytest.mark.parametrize("slug", TARGETS)
def test_mapping_leads_to_the_field_table_of_the_package(slug: str) -> None:
    assert "../reference/fields.md#" in chapters(slug)["## Mapping"]
    assert "../reference/fields.md#" in chapters(slug)["### Mapping"]


@pytest.mark.parametrize("slug", TARGETS)
def test_overview_leads_to_every_chapter(slug: str) -> None:
    overview = (DOCS / "targets" / "index.md").read_text(encoding="utf-8")

    for heading in CHAPTERS:
        assert f"({slug}.md#{heading.removeprefix('## ').lower()})" in overview
