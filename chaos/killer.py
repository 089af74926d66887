"""Carry out the planned kills, each when its time has come and its victim is there."""

import contextlib
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import psutil

from chaos.kills import Kill, KillKind
from chaos.store import RunningTask, Stores
from chaos.supervisor import Supervisor
from chaos.vendors import PREFIX
from chaos.wounds import OpenPosting, Wound, Wounds

PATIENCE_S: Final = 90.0
"""How long a kill waits for a victim as it wants it, before any victim of its kind does."""


@dataclass(slots=True, kw_only=True)
class Killer:
    """Kills what the plan says; `workers` are the names of Celery workers, none with LocalExecutor.

    `killed` counts by kind.
    """

    supervisor: Supervisor
    stores: Stores
    wounds: Wounds
    plan: list[Kill]
    workers: Sequence[str] = ()
    killed: Counter[str] = field(default_factory=Counter)

    def act(self, now_s: float) -> None:
        """Carry out what is due; what finds no victim stays due."""
        for kill in [kill for kill in self.plan if kill.at_s <= now_s]:
            if self._strike(kill, now_s):
                self.plan.remove(kill)
                self.killed[kill.kind] += 1

    @property
    def done(self) -> bool:
        """Whether every kill of the plan was carried out."""
        return not self.plan

    def _strike(self, kill: Kill, now_s: float) -> bool:
        if kill.kind is KillKind.TASK:
            return self._strike_task(kill, now_s)
        if kill.kind is KillKind.WORKER:
            return self._strike_worker(kill, now_s)
        name = PREFIX + kill.system if kill.kind is KillKind.EMULATOR else kill.kind.value
        return self._strike_program(name, kill, now_s)

    def _strike_program(
        self, name: str, kill: Kill, now_s: float, sync_ids: frozenset[str] | None = None
    ) -> bool:
        # Of a store that is to die now, what is under way has to be asked before.
        before = self.stores.open_postings() if kill.kind is KillKind.POSTGRES else None
        restarted: list[Callable[[float], None]] = []
        struck = self.supervisor.strike(
            name,
            again_at_s=now_s + kill.down_s,
            alone=kill.alone,
            started=lambda at_s: restarted[0](at_s) if restarted else None,
        )
        if struck:
            wound = self._wound(kill, now_s, sync_ids, before)
            restarted.append(partial(_note_restart, wound))
        return struck

    def _strike_task(self, kill: Kill, now_s: float) -> bool:
        task = self._victim(kill, now_s)
        if task is None or not _kill(task.pid):
            return False
        self._wound(kill, now_s, frozenset({task.sync_id}))
        return True

    def _strike_worker(self, kill: Kill, now_s: float) -> bool:
        """Kill what watches over a task: a worker of LocalExecutor, or a whole Celery worker."""
        task = self._victim(kill, now_s)
        if task is None:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            victim = psutil.Process(task.pid)
            if not self.workers:
                return self._strike_parent(victim, task, kill, now_s)
            above = {parent.pid for parent in victim.parents()}
            for name in self.workers:
                worker = self.supervisor.programs[name].component
                if worker.pid in above:
                    members = {child.pid for child in psutil.Process(worker.pid).children(recursive=True)}
                    tasks = [one for one in self.stores.running_tasks() if one.pid in members]
                    sync_ids = frozenset(one.sync_id for one in [task, *tasks])
                    return self._strike_program(name, kill, now_s, sync_ids)
        return False

    def _strike_parent(self, victim: psutil.Process, task: RunningTask, kill: Kill, now_s: float) -> bool:
        parent = victim.parent()
        supervised = {program.component.pid for program in self.supervisor.programs.values()}
        if parent is None or parent.pid in {1, *supervised} or not _kill(parent.pid):
            return False
        if kill.alone:
            self.supervisor.left_behind.append(victim)
        else:
            _kill(task.pid)
        self._wound(kill, now_s, frozenset({task.sync_id}))
        return True

    def _victim(self, kill: Kill, now_s: float) -> RunningTask | None:
        tasks = sorted(self.stores.running_tasks(), key=lambda task: task.sync_id)
        booking = [task for task in tasks if task.holds_books]
        if kill.while_booking and not booking and now_s < kill.at_s + PATIENCE_S:
            return None
        chosen = booking if kill.while_booking and booking else tasks
        return chosen[int(kill.place * len(chosen))] if chosen else None

    def _wound(
        self,
        kill: Kill,
        now_s: float,
        sync_ids: frozenset[str] | None,
        before: Sequence[OpenPosting] | None = None,
    ) -> Wound:
        postings = self.stores.open_postings() if before is None else before
        hit = [one for one in postings or () if sync_ids is None or one.sync_id in sync_ids]
        return self.wounds.add(kill, now_s, hit)


def _note_restart(wound: Wound, at_s: float) -> None:
    wound.restarted_at_s = at_s


def _kill(pid: int) -> bool:
    try:
        psutil.Process(pid).send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return False
    return True
