"""Every page that people read in either language is in both, and the two cannot drift apart."""

import re
import shlex
from collections import Counter

import pytest

from handbook.languages import ENGLISH_ONLY, dutch_pages, english_pages, in_dutch, is_in_both, other_language
from handbook.links import place_of
from handbook.paths import PROJECT
from tests.handbook.written_commands import written_commands

HEADING = re.compile(r"^(#+) ", re.MULTILINE)
BLOCK = re.compile(r"^(?P<indent> *)```.*?^ *```$", re.MULTILINE | re.DOTALL)
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]+\)")
ANCHOR = re.compile(r'<a id="([\w-]+)"></a>')
LISTED = re.compile(r"^ *(?:\d+\.|[-*]) ", re.MULTILINE)
COMMENT = re.compile(r"\s+#.*$", re.MULTILINE)
SAID = re.compile(r"--why (\"[^\"]*\"|'[^']*'|\S+)")
STANDS_FOR = re.compile(r"\b[A-Z]{3,}\b(?!=)")
DUTCH_ASKED = " --language nl"
"""What a Dutch page asks besides."""
BOTH = [page for page in english_pages() if is_in_both(page)]
PAIRS = pytest.mark.parametrize("page", BOTH)


def text_of(page: str) -> str:
    return place_of(page).read_text(encoding="utf-8")


def both(page: str) -> tuple[str, str]:
    return text_of(page), text_of(in_dutch(page))


def levels(text: str) -> list[int]:
    return [len(marks) for marks in HEADING.findall(BLOCK.sub("", text))]


def blocks(text: str) -> list[str]:
    """Return the blocks of code without what people say in them: comments, why, and in which language."""
    return [
        SAID.sub("--why …", COMMENT.sub("", block[0])).replace(DUTCH_ASKED, "")
        for block in BLOCK.finditer(text)
    ]


def rows(text: str) -> list[int]:
    """Return how many rows each table has, head included."""
    found, count = [], 0
    for line in [*BLOCK.sub("", text).splitlines(), ""]:
        if line.lstrip().startswith("|"):
            count += 1
        elif count:
            found.append(count)
            count = 0
    return found


def commands(page: str) -> Counter[str]:
    """Count the commands of a page; what stands for a name, and what people say, differs by language."""
    name = place_of(page).relative_to(PROJECT).as_posix()
    found = (shlex.join(each.words) for each in written_commands() if each.page == name)
    said = (STANDS_FOR.sub("NAME", SAID.sub("--why …", command)) for command in found)
    return Counter(command.replace(DUTCH_ASKED, "") for command in said)


def test_every_page_in_one_language_alone_is_named_and_is_there() -> None:
    assert set(english_pages()) >= ENGLISH_ONLY
    assert [page for page in ENGLISH_ONLY if in_dutch(page) in dutch_pages()] == []


def test_every_english_page_has_its_dutch_one_and_every_dutch_page_its_english_one() -> None:
    assert dutch_pages() == sorted(in_dutch(page) for page in BOTH)
    assert [other_language(page) for page in dutch_pages()] == [
        page.removeprefix("nl/") for page in dutch_pages()
    ]


@PAIRS
def test_headings_are_the_same_in_number_and_level(page: str) -> None:
    english, dutch = both(page)

    assert levels(dutch) == levels(english)


@PAIRS
def test_blocks_of_code_are_the_same_but_for_what_people_say_in_them(page: str) -> None:
    english, dutch = both(page)

    assert blocks(dutch) == blocks(english)


@PAIRS
def test_tables_have_as_many_rows(page: str) -> None:
    english, dutch = both(page)

    assert rows(dutch) == rows(english)


@PAIRS
def test_lists_pictures_and_anchors_are_as_many(page: str) -> None:
    english, dutch = (
        (len(LISTED.findall(text)), len(IMAGE.findall(text)), ANCHOR.findall(text)) for text in both(page)
    )

    assert dutch == english


@PAIRS
def test_commands_are_the_same(page: str) -> None:
    assert commands(in_dutch(page)) == commands(page)
