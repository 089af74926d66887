"""Every sample document is written into files as the expected ones say, a file per variant and journal."""

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.file_format import FileLayout
from finance_hooks.targets.registry import TARGETS
from tests.targets.files.sample_files import PACKAGES, WRITERS, holds

HERE = Path(__file__).parent
ENCODINGS = {"accountview": "cp1252", "afas": "utf-8"}


def journals(slug: str, variant: str) -> Iterator[tuple[str, list[Entry]]]:
    """Yield the samples that a variant holds, by administration and journal."""
    held = [entry for entry in PACKAGES[slug].entries.values() if holds(slug, variant, entry)]

    def place(entry: Entry) -> str:
        return f"{entry.administration}_{entry.journal}"

    for name, entries in groupby(sorted(held, key=place), key=place):
        yield name, list(entries)


FILES = [
    pytest.param(slug, variant, entries, f"{variant}_{name}", id=f"{slug}-{variant}-{name}")
    for slug, variant in WRITERS
    for name, entries in journals(slug, variant)
]


@pytest.mark.golden
@pytest.mark.parametrize(("slug", "variant", "entries", "name"), FILES)
def test_file_is_written_as_expected(
    slug: str, variant: str, entries: list[Entry], name: str, golden: Callable[[Path, str], None]
) -> None:
    file_format, layout = TARGETS[slug].make_file_format(), FileLayout(variant=variant)
    chart = PACKAGES[slug].chart_of(entries[0].administration)

    content = file_format.write(entries, layout, chart)

    expected = HERE / slug / "files" / f"{name}.{file_format.suffix(layout)}"
    golden(expected, spread(content) if variant == "xml" else lines_of(content, ENCODINGS[slug]))


@pytest.mark.golden
@pytest.mark.parametrize(
    ("slug", "variant"), [("accountview", "csv"), ("accountview", "fields"), ("afas", "csv")]
)
def test_definition_sheet_is_written_as_expected(
    slug: str, variant: str, golden: Callable[[Path, str], None]
) -> None:
    sheet = TARGETS[slug].make_file_format().definition_sheet(FileLayout(variant=variant))

    golden(HERE / slug / "files" / f"{variant}.md", sheet)


def lines_of(content: bytes, encoding: str) -> str:
    """Show a file of cells, whose lines end as Windows ends them."""
    text = content.decode(encoding)
    assert text.count("\n") == text.count("\r\n")
    return text.replace("\r\n", "\n")


def spread(content: bytes) -> str:
    """Show a file of XML with an element per line."""
    root = etree.fromstring(content, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(root, pretty_print=True, encoding="unicode")
