"""Task `write_back`: tell the source what became of its documents, whatever happened before."""

import os

from airflow.sdk.definitions.context import Context

from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.posting.work import Work
from finance_hooks.posting.write_back import has_untold, write_back


class TellSourceOperator(SyncOperator):
    """Tell what the source does not know yet; where it cannot be told, or nothing is new, make no call."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Tell under a lease of its own: no package's books are touched, and only one run tells at a time."""
        source = resources.source
        if source.results is None or not has_untold(work, source.source_id, is_backfill=is_backfill(context)):
            return {}
        wish = resources.results_wish(
            owner=f"{context['ti'].dag_id} {work.run_id} {self.task_id} pid {os.getpid()}",
            is_backfill=is_backfill(context),
        )
        with self.hold(work, wish) as lease:
            desk = resources.source_within(lease).results
            return {} if desk is None else write_back(work, source.source_id, desk, lease)
