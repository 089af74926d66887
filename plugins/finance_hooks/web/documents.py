"""Page Documenten: the lines that were found, and which of them comes first and last of how many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from finance_hooks.model.park_reason_text import Language
from finance_hooks.store.document_search import Found
from finance_hooks.store.document_tally import Tally
from finance_hooks.web.document_acts import WORDS
from finance_hooks.web.document_filter import write_place
from finance_hooks.web.document_words import reason_words

LINES = 50
"""Lines on a page."""
MOST = 1_000
"""Documents are counted as far as this."""
DIGITS = 12
"""A number in an address has fewer digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Where the pages before and after this one begin, if there are any; `first` counts from one."""

    before: str | None = None
    after: str | None = None
    first: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of lines."""

    lines: Sequence[Found]
    turning: Turning

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.turning.first + len(self.lines) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What has a reason in common, with that reason in words."""

    code: str
    words: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was just done to many documents: the key of its name, to how many, and to how many not."""

    text: str
    did: int
    left: int


def make_page(found: Sequence[Found], *, goes_back: bool, came_from: int, comes_after: bool) -> Page:
    """Cut a page from what was read, which is one line more where there are more.

    `goes_back` says that these are the lines before another page, which began at line `came_from`;
    `comes_after` that lines were left out before the first.
    """
    is_more = len(found) > LINES
    if goes_back:
        lines = found[-LINES:]
        first = max(came_from - len(lines), 1)
        turning = Turning(before=_first(lines) if is_more else None, after=_last(lines), first=first)
    else:
        lines = found[:LINES]
        turning = Turning(
            before=_first(lines) if comes_after else None,
            after=_last(lines) if is_more else None,
            first=came_from,
        )
    if turning.before is None:
        turning = replace(turning, first=1)
    return Page(lines=tuple(lines), turning=turning)


def read_number(text: str | None, otherwise: int) -> int:
    """Read a number from an address; whatever else stands there is left out."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < DIGITS else otherwise


def read_done(given: Mapping[str, str]) -> Done | None:
    """Read what was just done to many documents, `None` where nothing was."""
    words = WORDS.get(given.get("done", ""))
    if words is None:
        return None
    return Done(text=words.name, did=read_number(given.get("did"), 0), left=read_number(given.get("left"), 0))


def groups(tallies: Mapping[str, Tally], language: Language) -> list[Group]:
    """Put the reasons of an administration into words, the most frequent first."""
    return [
        Group(code=code, words=reason_words(code, language), tally=tally) for code, tally in tallies.items()
    ]


def _first(lines: Sequence[Found]) -> str | None:
    return write_place(lines[0].place) if lines else None


def _last(lines: Sequence[Found]) -> str | None:
    return write_place(lines[-1].place) if lines else None
