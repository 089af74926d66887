"""A run beside a night, or between two: the tasks of a range of past days, each tried until it is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import sqlalchemy as sa

from adversary.machine import Worker
from adversary.script import Event
from adversary.tasks import AFTERWARDS, TASKS, Night
from adversary.world import World
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.operators.retry_policy import RETRIES, ByWhoMustAct

POLICY = ByWhoMustAct()


def backfill_worker(world: World, event: Event) -> Worker:
    """Return who runs a backfill, as the script says: of which days, and whether it dies."""
    today = world.now().date()
    days = today - timedelta(days=int(event.value("days", 7))), today - timedelta(days=1)
    run = Backfill(world=world, run_id=f"backfill {event.night} {event.task} {event.nth}", days=days)
    dies_at = int(event.value("dies_at", 0))
    return Worker(name=run.run_id, work=run.run, kills=frozenset({dies_at} if dies_at else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """One run of past days; nobody runs it again when its worker dies."""

    world: World
    run_id: str
    days: tuple[date, date]
    ended: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Do one task after the other; after one that failed only those that are done whatever happened."""
        night = Night(world=self.world, run_id=self.run_id, days=self.days)
        for name in TASKS:
            if not self.ended or name in AFTERWARDS:
                self._try(name, night.task(name))

    def _try(self, name: str, task: Callable[[], object]) -> None:
        for attempt in range(1, RETRIES + 2):
            try:
                task()
            except (TemporaryFailure, ConfigurationError, sa.exc.OperationalError) as error:
                decided = POLICY.evaluate(error, attempt, RETRIES)
                if decided.retry_delay is None:
                    break
                self.world.machine.sleep(decided.retry_delay.total_seconds())
            else:
                return
        self.ended.append(name)
