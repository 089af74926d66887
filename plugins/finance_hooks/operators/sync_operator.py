"""Run one step of a sync as an Airflow task, opening what the step works with."""

import os
import random
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from airflow.sdk import BaseOperator
from airflow.sdk.definitions.context import Context
from airflow.sdk.exceptions import AirflowRescheduleException, AirflowSkipException

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.operators.resources import Resources, open_resources
from finance_hooks.operators.selection import wants_plan
from finance_hooks.posting.work import Work
from finance_hooks.store.held_lease import HeldLease, hold_patiently
from finance_hooks.store.leases import LeaseWish
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.clock import SystemClock

ASK_AGAIN_S = (30, 35)
"""A refused task asks for the books again within this range; rescheduling costs no retry and no slot."""

NIGHT_WAITS_S = 15
"""How long a run that is no backfill waits for the books before that: a backfill gives them back sooner."""

BACKFILL = "backfill"


class SyncOperator(BaseOperator):
    """One step of one administration's run; `sync_id` names its row of administrations.csv."""

    ui_color = "#dcefe0"
    has_part_in_plans = False
    """Whether the step runs where only a plan is wanted."""

    def __init__(self, *, sync_id: str, **settings: Any) -> None:  # noqa: ANN401 - Airflow's own arguments
        """Keep the sync_id; everything else is read when the task runs."""
        super().__init__(**settings)
        self.sync_id = sync_id

    def execute(self, context: Context) -> dict[str, int]:
        """Open the resources, do the step, and hand out counts only."""
        if not self.has_part_in_plans and wants_plan(context["dag_run"].conf or {}):
            raise AirflowSkipException("This run only plans; nothing is changed.")
        resources = open_resources(self.sync_id)
        work = Work(
            administration=resources.administration,
            engine=resources.engine,
            run_id=context["run_id"],
            clock=SystemClock(),
            sends=resources.installation.sends,
        )
        try:
            counts = self.step(work, resources, context)
        except AirflowRescheduleException:
            raise
        except Exception:
            self.after(work, resources, context)
            raise
        self.after(work, resources, context)
        self.log.info("%s %s: %s", self.sync_id, self.task_id, counts or "nothing")
        return counts

    def on_kill(self) -> None:
        """Unwind on SIGTERM, so that the lease is given back; what is being sent stays `sending`.

        SystemExit passes every `except` on its way: no half-sent entry is taken for an unsent one.
        """
        raise SystemExit(f"{self.sync_id} {self.task_id} was told to stop")

    @abstractmethod
    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Do the work of this task and return how many of each thing happened."""

    def after(self, work: Work, resources: Resources, context: Context) -> None:
        """Do what follows a try of the step, come of it what may; never raises."""

    @contextmanager
    def books(
        self,
        work: Work,
        resources: Resources,
        context: Context,
        *,
        reads_anew: bool = False,
        leaves_reserve: bool = False,
    ) -> Iterator[tuple[TargetHook, HeldLease]]:
        """Open the package under the lease on the books; refused, the task is rescheduled and asks again.

        `leaves_reserve` keeps to the calls that a backfill may use.
        """
        owner = f"{context['ti'].dag_id} {work.run_id} {self.task_id} pid {os.getpid()}"
        wish = resources.books_wish(owner=owner, is_backfill=is_backfill(context))
        frugal = leaves_reserve or is_backfill(context)
        with self.hold(work, wish) as lease:
            hook = resources.target_hook(lease, owner=owner, is_backfill=frugal, reads_anew=reads_anew)
            yield hook, lease

    def hold(self, work: Work, wish: LeaseWish) -> HeldLease:
        """Take a lease; refused, the task is rescheduled and asks again."""
        patience_s = 0 if wish.is_backfill else NIGHT_WAITS_S
        boot_s, sleep = work.clock.boot_s, work.clock.sleep
        try:
            return hold_patiently(work.engine, wish, boot_s=boot_s, sleep=sleep, patience_s=patience_s)
        except TemporaryFailure as refused:
            self.log.info("%s; asking again shortly", refused)
            pause_s = random.uniform(*ASK_AGAIN_S)  # noqa: S311 - spreads load, guards nothing
            again_at = datetime.now(UTC) + timedelta(seconds=pause_s)
            raise AirflowRescheduleException(again_at) from None  # type: ignore[no-untyped-call]


def is_backfill(context: Context) -> bool:
    """Say whether the run was made by a backfill; its id does not tell."""
    run_type = context["dag_run"].run_type
    return str(getattr(run_type, "value", run_type)) == BACKFILL
