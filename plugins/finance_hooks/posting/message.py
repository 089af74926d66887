"""Write what people are told of a run: short, the worst first, with what to do and where; never a secret."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from html import escape
from itertools import groupby

from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.printable import printable
from finance_hooks.posting.message_words import say, say_kind
from finance_hooks.posting.problem import LINK_PAGE, PAGES, RUNBOOK_PAGE, Problem, ProblemKind
from finance_hooks.posting.statement_words import say_amount, say_day
from finance_hooks.posting.work import BUSINESS_ZONE
from finance_hooks.transport.redaction import redact_text

SHOWN = 10
"""Problems of one kind that are named; the others are counted, and the page shows them."""

LONGEST_LINE = 400
SHOWN_REASONS = 3


class Tone(StrEnum):
    """What a message is for."""

    ALL_WELL = "all_well"
    REMINDER = "reminder"
    NEWS = "news"
    DEADLINE = "deadline"


class Moment(StrEnum):
    """When it is told: at the end of a run, during it, or beside all runs."""

    CONCLUDED = "concluded"
    UNDER_WAY = "under_way"
    WATCHED = "watched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one message tells; `place` is the administration in words.

    `known` are problems that were told before, `since` says when, by key. `figures` are counts by place;
    `difference` is `None` where the books were not compared. `run_id` is empty for what is told beside runs.
    """

    sync_id: str
    place: str
    tone: Tone
    moment: Moment
    run_id: str
    figures: Mapping[str, int]
    difference: Decimal | None
    new: Sequence[Problem]
    known: Sequence[Problem]
    since: Mapping[str, datetime]
    solved: int
    base_url: str
    deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a message: a title, a heading, a plain line, one of a list, or a link with its label."""

    text: str
    is_title: bool = False
    is_heading: bool = False
    is_listed: bool = False
    address: str = ""


def write_message(draft: Draft, language: Language) -> dict[str, str]:
    """Write `subject`, `text` and `html`."""
    lines = [_bounded(line) for line in _lines(draft, language)]
    return {
        "subject": _cut(_subject(draft, language)),
        "text": "\n".join(_plain(line) for line in lines),
        "html": "\n".join(_html(line) for line in lines),
    }


def _subject(draft: Draft, language: Language) -> str:
    told = draft.new or draft.known
    counts = [f"{say_kind(kind, language)} {len(list(problems))}" for kind, problems in _by_kind(told)]
    if not told:
        counts = [f"{say('booked', language)} {draft.figures['booked']}"]
    said = say(draft.tone, language, deadline=draft.deadline)
    return f"[Finance] {draft.sync_id}: {said} ({', '.join(counts)})"


def _lines(draft: Draft, language: Language) -> Iterator[Line]:
    yield from _about(draft, language)
    yield from _figures(draft, language)
    if draft.tone is Tone.ALL_WELL:
        yield Line(text=say("nothing", language))
    if draft.tone is Tone.REMINDER:
        yield Line(text=say("only_known", language))
    if draft.solved:
        yield Line(text=say("solved", language, count=draft.solved))
    for title, problems in (("new", draft.new), ("known", draft.known)):
        if problems:
            yield Line(text=say(title, language), is_title=True)
        for _, alike in _by_kind(problems):
            yield from _of_kind(draft, list(alike), language, is_known=title == "known")
    yield _link(draft, say("the_link", language), LINK_PAGE.format(sync_id=draft.sync_id))


def _about(draft: Draft, language: Language) -> Iterator[Line]:
    yield Line(text=f"{say('administration', language)}: {draft.place}")
    if draft.run_id:
        yield Line(text=f"{say('run', language)}: {draft.run_id}")
    yield Line(text=say(draft.moment, language))


def _figures(draft: Draft, language: Language) -> Iterator[Line]:
    for place, count in draft.figures.items():
        yield Line(text=f"{say(place, language)}: {count}", is_listed=True)
    if draft.difference is not None:
        said = say_amount(draft.difference, language)
        yield Line(text=f"{say('difference', language)}: {said}", is_listed=True)


def _of_kind(
    draft: Draft, problems: Sequence[Problem], language: Language, *, is_known: bool
) -> Iterator[Line]:
    kind = problems[0].kind
    yield Line(text=f"{say_kind(kind, language)} ({len(problems)})", is_heading=True)
    for problem in problems[:SHOWN]:
        since = min(draft.since[key] for key in problem.keys) if is_known else None
        yield Line(text=_sentence(problem, since, language), is_listed=True)
    if len(problems) > SHOWN:
        yield Line(text=say("more", language, count=len(problems) - SHOWN), is_listed=True)
    if kind in PAGES:
        page = PAGES[kind].format(sync_id=draft.sync_id)
        yield _link(draft, say("look", language), page)
    yield _link(draft, say("what_to_do", language), f"{RUNBOOK_PAGE}#{kind.value}")


def _sentence(problem: Problem, since: datetime | None, language: Language) -> str:
    known = ""
    if since is not None:
        day = say_day(since.astimezone(BUSINESS_ZONE).date())
        known = f" ({say('since', language, since=day)})"
    if problem.sentences:
        said = " ".join(problem.sentences[language][:SHOWN_REASONS])
        # A reason begins with the number of its document.
        return f"{said}{known}" if since is None else f"{problem.subject}{known}"
    said = say(problem.key_of_text, language, **problem.values)
    return f"{problem.subject}: {said}{known}" if problem.subject else f"{said}{known}"


def _link(draft: Draft, label: str, path: str) -> Line:
    return Line(text=label, address=f"{draft.base_url.rstrip('/')}{path}")


def _by_kind(problems: Sequence[Problem]) -> Iterator[tuple[ProblemKind, Iterator[Problem]]]:
    return groupby(problems, key=lambda problem: problem.kind)


def _bounded(line: Line) -> Line:
    return replace(line, text=_cut(line.text))


def _cut(text: str) -> str:
    """Make one line of a text, without secrets, and no longer than a line may be."""
    line = printable(redact_text(text))
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _plain(line: Line) -> str:
    if line.is_title or line.is_heading:
        return f"\n{line.text}"
    if line.address:
        return f"{line.text}: {line.address}"
    return f"- {line.text}" if line.is_listed else line.text


def _html(line: Line) -> str:
    text = escape(line.text)
    if line.is_title or line.is_heading:
        return f"<h2>{text}</h2>" if line.is_title else f"<h3>{text}</h3>"
    if line.address:
        return f'<div>→ <a href="{escape(line.address)}">{text}</a></div>'
    return f"<div>• {text}</div>" if line.is_listed else f"<p>{text}</p>"
