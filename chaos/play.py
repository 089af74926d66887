"""One run: documents are issued, nights triggered, things killed, until all is settled; then it is judged."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

import requests
import sqlalchemy as sa

from adversary.judge import judge
from chaos.killer import Killer
from chaos.kills import plan_kills
from chaos.look import look
from chaos.nights import Nights
from chaos.stage import Stage
from chaos.vendors import SOURCE
from chaos.verdict import Judged, Verdict
from chaos.wounds import Wounds

POLL_S: Final = 0.5
BAD_SHARE: Final = 0.02
DATED_WITHIN: Final = timedelta(days=5)
EVENING_S: Final = 60.0
FIRST_ID: Final = 7_000_000
IDS_OF_AN_EVENING: Final = 50_000
IDS_OF_AN_ORGANISATION: Final = 10_000
LOOK_AT_ALL_S: Final = 10.0
REST_S: Final = 120.0
"""How long runs may go on after all is settled; a task that failed may wait long for its next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a run is to be: `patience_s` is the longest it waits for all to be settled after the last mishap.

    With `hurries` it does not wait for the packages' settle times at the end; times told are shorter then.
    """

    seed: int
    documents: int
    mishaps_s: float
    kills: int
    patience_s: float
    hurries: bool


@dataclass(slots=True, kw_only=True)
class Play:
    """A run under way; times are seconds since it began."""

    stage: Stage
    wish: Wish
    tell: Callable[[str], None]
    wounds: Wounds = field(default_factory=Wounds)
    evenings: list[tuple[float, int]] = field(default_factory=list)
    began_s: float = field(default_factory=time.monotonic)
    issued: int = 0

    def play(self) -> Verdict:
        """Play it to its end and judge."""
        stage, wish = self.stage, self.wish
        systems = [SOURCE, *(row.system for row in stage.rows)]
        chance = Random(f"{wish.seed} kills")  # noqa: S311 - repeatable chance
        plan = plan_kills(chance, kills=wish.kills, over_s=wish.mishaps_s, systems=systems)
        killer = Killer(
            supervisor=stage.supervisor,
            stores=stage.stores,
            wounds=self.wounds,
            plan=plan,
            workers=stage.workers,
        )
        count = max(1, int(wish.mishaps_s // EVENING_S))
        self.evenings = [(number * wish.mishaps_s / count, number) for number in range(count)]
        share, rest = divmod(wish.documents, count * len(stage.rows))
        nights = Nights(
            api=stage.system.api,
            stores=stage.stores,
            dag_ids=[f"sync_{row.sync_id}" for row in stage.rows],
        )
        self._issue(share + bool(rest))
        nights.begin()
        stage.network.break_down()
        try:
            self._until(lambda now_s: self._is_over(killer, now_s), killer, share + bool(rest))
            stage.network.mend()
            calm_at_s = self._now_s()
            settled_at_s = self._settle(killer, calm_at_s)
            nights.end()
            if settled_at_s is not None and not self._comes_to_rest(killer):
                settled_at_s = None
        finally:
            nights.end()
        return self._verdict(killer, nights, calm_at_s, settled_at_s)

    def _now_s(self) -> float:
        return time.monotonic() - self.began_s

    def _until(self, over: Callable[[float], bool], killer: Killer, portion: int) -> None:
        told_at_s = 0.0
        while not over(now_s := self._now_s()):
            self._tick(killer, now_s)
            self._issue(portion)
            if now_s - told_at_s > 30:
                told_at_s = now_s
                self.tell(f"{now_s:6.0f} s  {self._line(killer)}")
            time.sleep(POLL_S)

    def _is_over(self, killer: Killer, now_s: float) -> bool:
        return now_s >= self.wish.mishaps_s and killer.done and not self.evenings

    def _tick(self, killer: Killer, now_s: float) -> list[Any] | None:
        self.stage.supervisor.tend(now_s)
        killer.act(now_s)
        postings = self.stage.stores.open_postings()
        if postings is not None:
            self.wounds.see(postings, self._now_s())
        return postings

    def _settle(self, killer: Killer, calm_at_s: float) -> float | None:
        """Wait until nothing is open and no document is missing; `None` when that never comes."""
        looked_at_s = told_at_s = self._now_s()
        while (now_s := self._now_s()) < calm_at_s + self.wish.patience_s:
            postings = self._tick(killer, now_s)
            if postings == [] and now_s - looked_at_s > POLL_S and self._all_in_store():
                return self._now_s()
            if now_s - looked_at_s > LOOK_AT_ALL_S:
                looked_at_s = now_s
                if self.wish.hurries:
                    self._hurry()
            if now_s - told_at_s > 30:
                told_at_s = now_s
                self.tell(f"{now_s:6.0f} s  calm; {self._line(killer)}")
            time.sleep(POLL_S)
        return None

    def _comes_to_rest(self, killer: Killer) -> bool:
        """Let the runs that are under way end, and see that nothing was opened again."""
        until_s = self._now_s() + REST_S
        postings = self._tick(killer, self._now_s())
        while self.stage.stores.active_runs() != {} and self._now_s() < until_s:
            postings = self._tick(killer, self._now_s())
            time.sleep(POLL_S)
        return postings == []

    def _hurry(self) -> None:
        try:
            self.stage.stores.let_settle_time_pass()
        except sa.exc.DBAPIError:
            self.tell("the store is away")

    def _all_in_store(self) -> bool:
        try:
            return all(
                {
                    str(entry["number"])
                    for entry in self.stage.vendors.listed(SOURCE, "entries", row.organisation)
                }
                <= self.stage.stores.numbers(row.sync_id)
                for row in self.stage.rows
            )
        except (requests.RequestException, sa.exc.DBAPIError):
            return False

    def _issue(self, portion: int) -> None:
        """Let the source issue what is due; asked again with the same numbers when it is dead just now."""
        today = datetime.now(tz=UTC).date()
        while self.evenings and self.evenings[0][0] <= self._now_s():
            number = self.evenings[0][1]
            for place, row in enumerate(self.stage.rows):
                wanted = {
                    "count": portion,
                    "seed": self.wish.seed * 1000 + number,
                    "bad_share": BAD_SHARE,
                    "from": str(today - DATED_WITHIN),
                    "until": str(today),
                    "organisations": [row.organisation],
                    "first_id": FIRST_ID + number * IDS_OF_AN_EVENING + place * IDS_OF_AN_ORGANISATION,
                }
                try:
                    self.stage.vendors.tell(SOURCE, "load", {"generate": wanted})
                except requests.RequestException:
                    return
            self.evenings.pop(0)
            self.issued += portion * len(self.stage.rows)

    def _line(self, killer: Killer) -> str:
        postings = self.stage.stores.open_postings()
        states: dict[str, int] = {}
        for one in postings or ():
            states[one.state] = states.get(one.state, 0) + 1
        open_now = ", ".join(f"{state} {count}" for state, count in sorted(states.items())) or "nothing"
        return f"issued {self.issued}, killed {killer.killed.total()}, open: {open_now}"

    def _verdict(
        self, killer: Killer, nights: Nights, calm_at_s: float, settled_at_s: float | None
    ) -> Verdict:
        stage = self.stage
        pictures = {
            row.sync_id: look(
                row,
                mappings=stage.mappings,
                vendors=stage.vendors,
                store_url=stage.system.databases.store_url,
            )
            for row in stage.rows
        }
        return Verdict(
            wish=self.wish,
            executor="celery" if stage.workers else "local",
            seconds=self._now_s(),
            settled_s=None if settled_at_s is None else settled_at_s - calm_at_s,
            killed=killer.killed,
            fell=stage.supervisor.fell,
            connections=stage.network.connections(),
            faults=stage.network.happened(),
            runs=stage.stores.runs_by_state(),
            nights=nights.triggered,
            wounds=self.wounds,
            judged=[Judged.of(sync_id, picture, judge(picture)) for sync_id, picture in pictures.items()],
        )
