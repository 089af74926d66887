"""Decide whether somebody is told of a run now, write the message, and leave the sending to others.

One message for a run: at the first document that a try to book leaves parked or unclear and nobody knows of,
else at the end. What is found after that, and what is not done in time, is told beside all runs once the
deadline has passed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any, get_args

from finance_hooks.model.administration import Administration
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.message import Draft, Moment, Tone, write_message
from finance_hooks.posting.night import Night, night_of
from finance_hooks.posting.problem import FIRST_SIGHT, Problem, count_solved
from finance_hooks.posting.problems import PLACES, Consent, Seen, find_problems, is_unclear
from finance_hooks.posting.work import BUSINESS_ZONE
from finance_hooks.store import messages, to_tell, told_problems
from finance_hooks.store.engine import Connection, Engine
from finance_hooks.store.messages import NewMessage
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.store.overview import consents
from finance_hooks.store.to_tell import RunStanding

LANGUAGES: tuple[Language, ...] = get_args(Language)
RUN, DEADLINE, LATER = "run", "deadline", "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is told: the names of their channels by tone, where the pages are, and by when a night is done."""

    channels: Mapping[Tone, Collection[str]]
    base_url: str
    done_by: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Whose books it is about (`place` in words), in which run, and who is told.

    `grant_key` is that of the consent they work with, `None` where none is needed. `wrong_row` says why the
    row of administrations.csv cannot be used.
    """

    engine: Engine
    sync_id: str
    place: str
    audience: Audience
    run_id: str = ""
    grant_key: str | None = None
    wrong_row: str = ""
    now: Now = database_now


def place_of(administration: Administration) -> str:
    """Say in words from where to where documents go."""
    books = f"{administration.target} {administration.target_administration}"
    return f"{administration.organisation} → {books} ({administration.sync_id})"


def tell_of_try(teller: Teller) -> bool:
    """Tell of the first parked or unclear document right after a try to book, if nobody knows of it yet."""
    with teller.engine.begin() as connection:
        telling = _Telling(connection, teller)
        seen = telling.see(_report(to_tell.last_concluded(connection, teller.sync_id)))
        if not any(problem.kind in FIRST_SIGHT for problem in telling.untold(seen)):
            return False
        return telling.write(f"{RUN}:{teller.run_id}", Moment.UNDER_WAY, seen, telling.figures(seen))


def tell_of_run(teller: Teller, *, is_backfill: bool) -> bool:
    """Tell of a run that is concluded, unless its message went out before; a backfill has news or nothing."""
    with teller.engine.begin() as connection:
        telling = _Telling(connection, teller)
        run = to_tell.read_concluded(connection, teller.sync_id, teller.run_id)
        if run is None:
            return False
        seen = telling.see(run.report)
        if is_backfill and not telling.untold(seen):
            return False
        counts = {place: run.report[place] for place in PLACES}
        return telling.write(f"{RUN}:{teller.run_id}", Moment.CONCLUDED, seen, counts)


def tell_beside_runs(teller: Teller) -> bool:
    """Tell once the deadline has passed that a night is not done, or of what no message has told."""
    with teller.engine.begin() as connection:
        telling = _Telling(connection, teller)
        local = telling.at.astimezone(BUSINESS_ZONE)
        if local.time() < teller.audience.done_by:
            return False
        midnight = datetime.combine(local.date(), time.min, tzinfo=BUSINESS_ZONE)
        runs = to_tell.runs_since(connection, teller.sync_id, midnight)
        night = night_of(runs)
        seen = telling.see(_report(to_tell.last_concluded(connection, teller.sync_id)), night)
        if night is not Night.DONE:
            occasion = f"{DEADLINE}:{local.date().isoformat()}"
            return telling.write(occasion, Moment.WATCHED, seen, telling.figures(seen))
        is_under_way = any(run.concluded_at is None for run in runs)
        heard = messages.being_told(connection, teller.sync_id) | telling.since.keys()
        if is_under_way or all(heard.issuperset(problem.keys) for problem in telling.untold(seen)):
            return False
        occasion = f"{LATER}:{telling.at:%Y-%m-%dT%H}"
        return telling.write(occasion, Moment.WATCHED, seen, telling.figures(seen))


class _Telling:
    """One look at one administration, and the message that may come of it."""

    def __init__(self, connection: Connection, teller: Teller) -> None:
        self.connection = connection
        self.teller = teller
        self.at = teller.now(connection)
        self.since = told_problems.known_since(connection, teller.sync_id)

    def see(self, report: Mapping[str, Any], night: Night = Night.DONE) -> Seen:
        """Look at everything that may have to be told."""
        sync_id = self.teller.sync_id
        return Seen(
            at=self.at,
            documents=to_tell.open_documents(self.connection, sync_id),
            findings=to_tell.open_findings_of(self.connection, sync_id),
            report=report,
            consent=self._consent(),
            night=night,
            wrong_row=self.teller.wrong_row,
        )

    def is_known(self, problem: Problem) -> bool:
        """Say whether somebody was told all of a problem."""
        return all(key in self.since for key in problem.keys)

    def untold(self, seen: Seen) -> list[Problem]:
        """Return the problems that nobody knows of."""
        return [problem for problem in find_problems(seen) if not self.is_known(problem)]

    def figures(self, seen: Seen) -> dict[str, int]:
        """Count where documents stand by now; what was booked before this run is not counted."""
        unclear = sum(is_unclear(one, self.at) for one in seen.documents)
        parked = sum(one.state is PostingState.PARKED for one in seen.documents)
        waiting = len(seen.documents) - parked - unclear
        counts = {"parked": parked, "waiting": waiting, "unknown": unclear}
        if not self.teller.run_id:
            return counts
        booked = to_tell.count_booked_by(self.connection, self.teller.sync_id, self.teller.run_id)
        return {"booked": booked, **counts}

    def write(self, occasion: str, moment: Moment, seen: Seen, figures: Mapping[str, int]) -> bool:
        """Write the message of an occasion; returns whether it was the first to be written."""
        teller = self.teller
        if messages.is_made(self.connection, teller.sync_id, occasion):
            return False
        found, new = find_problems(seen), self.untold(seen)
        tone = _tone(occasion, new, found)
        standing = {key: problem.kind.value for problem in found for key in problem.keys}
        solved = told_problems.solve(self.connection, teller.sync_id, standing, at=self.at)
        draft = Draft(
            sync_id=teller.sync_id,
            place=teller.place,
            tone=tone,
            moment=moment,
            run_id=teller.run_id,
            figures=figures,
            difference=Decimal(seen.report["difference"]) if moment is Moment.CONCLUDED else None,
            new=new,
            known=[problem for problem in found if self.is_known(problem)],
            since=self.since,
            solved=count_solved(solved, standing),
            base_url=teller.audience.base_url,
            deadline=f"{teller.audience.done_by:%H:%M}",
        )
        message = NewMessage(
            sync_id=teller.sync_id,
            occasion=occasion,
            tone=tone.value,
            content={language: write_message(draft, language) for language in LANGUAGES},
            problems=standing,
        )
        channels = teller.audience.channels.get(tone, ())
        return messages.write_message(self.connection, message, channels, at=self.at)

    def _consent(self) -> Consent | None:
        grant_key = self.teller.grant_key
        if grant_key is None:
            return None
        given = consents(self.connection, [grant_key]).get(grant_key)
        if given is None:
            return Consent(since=None, why="")
        if given.needs_consent_since is None:
            return None
        return Consent(since=given.needs_consent_since, why=given.needs_consent_why or "")


def _report(run: RunStanding | None) -> Mapping[str, Any]:
    return {} if run is None else run.report


def _tone(occasion: str, new: Sequence[Problem], found: Sequence[Problem]) -> Tone:
    if occasion.startswith(DEADLINE):
        return Tone.DEADLINE
    if new:
        return Tone.NEWS
    return Tone.REMINDER if found else Tone.ALL_WELL
