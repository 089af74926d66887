"""Find the commands that the handbook tells people to type: in blocks of code, and within sentences."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from handbook.links import place_of
from handbook.paths import DOCS, OTHER_PAGES, PROJECT

ANY_BLOCK = re.compile(r"^ *```(?P<kind>\w*)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
SHELL = {"", "sh", "bash"}
INLINE = re.compile(r"`(?P<text>[^`\n]+)`")
SETS = re.compile(r"^(?:[A-Z][A-Z_]*=[^\s$]* )+")
"""What is set for one command alone."""
ASKED = re.compile(r"^[A-Z]+=\$\((\S+)")
"""What takes its value from a command."""
TREE = re.compile(r"^[\w./-]+\s+— ")
"""A line of a tree of files."""
BEGINS = re.compile(r"^(?:make|airflow|(?:\.venv/bin/)?python -m)\s+\S")
NO_COMMAND = re.compile(r"…$(?<!why …)|COMMAND|\||\[SEED\]|\*")
"""What only names a family of commands, or stands for a choice."""

SAY_AIRFLOW = """airflow() { printf 'airflow'; printf ' %q' "$@"; printf '\\n'; }"""
"""What stands in for Airflow while the shell unrolls a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One command as its words, and the page it stands on."""

    page: str
    words: tuple[str, ...]
    is_in_block: bool

    def __str__(self) -> str:
        """Write it as a test is named."""
        return f"{self.page}: {shlex.join(self.words)}"

    def after(self, *beginning: str) -> tuple[str, ...] | None:
        """Return the words behind a beginning, `None` where it does not begin so."""
        return self.words[len(beginning) :] if self.words[: len(beginning)] == beginning else None


def pages() -> list[Path]:
    """Return every page of the handbook, wherever in the project it stands."""
    return sorted({*DOCS.rglob("*.md"), *(place_of(page) for page in OTHER_PAGES)})


@cache
def written_commands() -> tuple[Written, ...]:
    """Return all commands of all pages, each once per page."""
    found = (command for page in pages() for command in _commands_of(page))
    return tuple(dict.fromkeys(found))


def finance_arguments() -> list[tuple[Written, tuple[str, ...]]]:
    """Return the commands of our own command line with their arguments, under whichever name."""
    beginnings = (("airflow", "finance"), ("python", "-m", "finance_hooks.cli"))
    return [
        (command, arguments)
        for command in written_commands()
        for beginning in beginnings
        if (arguments := command.after(*beginning))
    ]


def _commands_of(page: Path) -> Iterator[Written]:
    text = page.read_text(encoding="utf-8")
    name = page.relative_to(PROJECT).as_posix()
    for block in _shell_blocks(text):
        for line in _lines_of(block):
            yield from _read(name, line.strip(), is_in_block=True)
    for inline in INLINE.finditer(ANY_BLOCK.sub("", text)):
        yield from _read(name, inline["text"].strip(), is_in_block=False)


def written_programs() -> Iterator[tuple[str, str]]:
    """Name every other program that a block of shell begins a line with, with its page."""
    for page in pages():
        for block in _shell_blocks(page.read_text(encoding="utf-8")):
            for line in _whole_lines(block):
                words = ASKED.sub(r"\1", SETS.sub("", line)).split()
                if words and not TREE.match(line) and not BEGINS.match(SETS.sub("", line)):
                    yield page.relative_to(PROJECT).as_posix(), words[0]


def _shell_blocks(text: str) -> Iterator[str]:
    for block in ANY_BLOCK.finditer(text):
        if block["kind"] in SHELL:
            yield block["text"].replace("\\\n", " ")


def _whole_lines(block: str) -> Iterator[str]:
    """Join lines of which a quotation goes on in the next one; leave out comments."""
    held = ""
    for line in block.splitlines():
        held = f"{held}\n{line}" if held else line.strip()
        try:
            words = shlex.split(held, comments=True)
        except ValueError:
            continue
        if words:
            yield held
        held = ""


def _lines_of(text: str) -> list[str]:
    """Return the lines of a block; what a loop of the shell makes of them, where there is one."""
    if "\ndone" not in text:
        return text.splitlines()
    return subprocess.run(
        ["bash", "-euc", f"{SAY_AIRFLOW}\n{text}"], capture_output=True, text=True, check=True
    ).stdout.splitlines()


def _read(page: str, line: str, *, is_in_block: bool) -> Iterator[Written]:
    line = SETS.sub("", line)
    if not BEGINS.match(line) or NO_COMMAND.search(line):
        return
    words = shlex.split(line, comments=True)
    words[0] = words[0].removeprefix(".venv/bin/")
    if words[:4] == ["python", "-m", "local", "inside"]:
        words = words[4:] if words[4] == "airflow" else ["python", "-m", *words[4:]]
    yield Written(page=page, words=tuple(words), is_in_block=is_in_block)
