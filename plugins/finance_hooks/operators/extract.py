"""Task `extract`: store what the source offers and move the watermark."""

from typing import TYPE_CHECKING

from airflow.sdk.definitions.context import Context

from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.selection import Selection
from finance_hooks.operators.lineage_events import Told, stored_lineage, tell_stored
from finance_hooks.operators.plan_resources import PlanResources
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.selection import RunFacts, select, wants_plan
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.posting.receive import receive
from finance_hooks.posting.work import Work
from finance_hooks.store.runs import start_run, write_run
from finance_hooks.store.watermarks import read_watermark

if TYPE_CHECKING:
    from finance_hooks.operators.lineage_events import Lineage

LANGUAGE: Language = "nl"
"""Of the sentences in plans: as the reports of nights."""


class ExtractDocumentsOperator(SyncOperator):
    """Read the documents of this run's selection and store what is new or changed."""

    told: Told | None = None
    has_part_in_plans = True

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Choose the selection from the run, note it, and receive."""
        sync_id = work.administration.sync_id
        if wants_plan(context["dag_run"].conf or {}):
            counts = self._plan(work, context)
            self.told = tell_stored(context, work, resources.source.source_id)
            return counts
        with work.engine.begin() as connection:
            start_run(connection, sync_id, work.run_id, at=work.now(connection))
        selection = self._select(work, context)
        with work.engine.begin() as connection:
            write_run(connection, sync_id, work.run_id, selection=selection.to_plain())
        counts = receive(work, resources.source, selection)
        self.told = tell_stored(context, work, resources.source.source_id)
        return counts

    def _select(self, work: Work, context: Context) -> Selection:
        dag_run = context["dag_run"]
        with work.engine.begin() as connection:
            watermark = read_watermark(connection, work.administration.sync_id)
        return select(
            RunFacts(
                is_backfill=is_backfill(context),
                data_interval_start=dag_run.data_interval_start,
                asked=dag_run.conf or {},
                today=work.business_date(),
                starts_on=work.administration.starts_on,
                watermark=watermark,
            )
        )

    def _plan(self, work: Work, context: Context) -> dict[str, int]:
        """Say in the log and in files what a run would do; nothing is stored and nothing booked."""
        # These bring pandas along, which reading the DAG file must not pay for.
        from finance_hooks.operators.plan_files import keep_plan  # noqa: PLC0415
        from finance_hooks.operators.planning import Wish, plan_run  # noqa: PLC0415
        from finance_hooks.posting.plan_screen import write_plan  # noqa: PLC0415

        planned = PlanResources(work.administration)
        wish = Wish(
            selection=self._select(work, context), run_id=work.run_id, is_backfill=is_backfill(context)
        )
        plan = plan_run(planned, wish, lambda: self.books(work, planned, context))
        self.log.info("%s", write_plan(plan, LANGUAGE))
        for place in keep_plan(plan, LANGUAGE):
            self.log.info("The plan is kept in %s", place)
        return {place.value: number for place, number in plan.places.items()}

    def get_openlineage_facets_on_complete(self, _task_instance: object) -> "Lineage | None":
        """Tell OpenLineage which documents were stored."""
        return stored_lineage(self.told)
