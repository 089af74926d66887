"""Task `extract`: store what the source offers and move the watermark."""

from typing import TYPE_CHECKING

from airflow.sdk.definitions.context import Context

from finance_hooks.operators.lineage_events import Told, stored_lineage, tell_stored
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.selection import RunFacts, select
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.posting.receive import receive
from finance_hooks.posting.work import Work
from finance_hooks.store.runs import start_run, write_run
from finance_hooks.store.watermarks import read_watermark

if TYPE_CHECKING:
    from finance_hooks.operators.lineage_events import Lineage


class ExtractDocumentsOperator(SyncOperator):
    """Read the documents of this run's selection and store what is new or changed."""

    told: Told | None = None

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Choose the selection from the run, note it, and receive."""
        sync_id = work.administration.sync_id
        dag_run = context["dag_run"]
        with work.engine.begin() as connection:
            start_run(connection, sync_id, work.run_id, at=work.now(connection))
            watermark = read_watermark(connection, sync_id)
        selection = select(
            RunFacts(
                is_backfill=is_backfill(context),
                data_interval_start=dag_run.data_interval_start,
                asked=dag_run.conf or {},
                today=work.business_date(),
                starts_on=work.administration.starts_on,
                watermark=watermark,
            )
        )
        with work.engine.begin() as connection:
            write_run(connection, sync_id, work.run_id, selection=selection.to_plain())
        counts = receive(work, resources.source, selection)
        self.told = tell_stored(context, work, resources.source.source_id)
        return counts

    def get_openlineage_facets_on_complete(self, _task_instance: object) -> "Lineage | None":
        """Tell OpenLineage which documents were stored."""
        return stored_lineage(self.told)
