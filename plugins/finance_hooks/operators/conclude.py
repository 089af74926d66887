"""Task `conclude`: write the report of the run and decide its colour."""

from airflow.sdk.definitions.context import Context
from airflow.sdk.exceptions import AirflowNotFoundException

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.measuring import measure
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.selection import wants_plan
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.operators.telling import tell
from finance_hooks.posting.conclude import conclude
from finance_hooks.posting.problem import ProblemKind, runbook_line
from finance_hooks.posting.tell import tell_of_run
from finance_hooks.posting.work import Work

FAILED = frozenset({"failed", "upstream_failed"})


class ConcludeRunOperator(SyncOperator):
    """Report the run; it is red when a person has to look. A plan is not reported; without one it is red."""

    has_part_in_plans = True

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Make the report and raise ConfigurationError with everything that makes the run red."""
        failed = self._failed_tasks(context)
        if wants_plan(context["dag_run"].conf or {}):
            if failed:
                raise ConfigurationError("No plan was made: the log of task extract says why.")
            return {}
        report = conclude(
            work,
            source_id=resources.source.source_id,
            failed_tasks=failed,
            books_lease=_books_lease(resources),
        )
        for reason in report.reasons:
            self.log.warning("Parked: %s", " ".join(reason["sentences"]))
        if report.reasons:
            self.log.warning(runbook_line(ProblemKind.PARKED))
        if report.red:
            raise ConfigurationError("; ".join(report.red))
        return {
            "documents": report.documents,
            "booked": report.booked,
            "already_booked": report.already_booked,
            "parked": report.parked,
            "waiting": report.waiting,
            "delivered": report.delivered,
        }

    def after(self, work: Work, resources: Resources, context: Context) -> None:
        """Tell what came of the run, and measure it."""
        if not wants_plan(context["dag_run"].conf or {}):
            backfills = is_backfill(context)
            tell(work, context, lambda teller: tell_of_run(teller, is_backfill=backfills))
            measure(work, resources)

    def _failed_tasks(self, context: Context) -> tuple[str, ...]:
        ti = context["ti"]
        states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[context["run_id"]])
        tasks = states.get(context["run_id"], {})
        return tuple(sorted(task for task, state in tasks.items() if state in FAILED))


def _books_lease(resources: Resources) -> str | None:
    """Name the lease on the books; a run without a connection to the package is reported all the same."""
    try:
        return resources.books_lease()
    except AirflowNotFoundException:
        return None
