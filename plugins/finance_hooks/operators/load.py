"""Task `load`: bring what is pending into the books, asking them first."""

from airflow.sdk.definitions.context import Context

from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.work import Work


class LoadEntriesOperator(SyncOperator):
    """Send pending entries under the lease on the books; without any, make no call and take no lease."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Load unless the night is empty."""
        if not has_work(work):
            return {}
        with self.books(work, resources, context) as (hook, lease):
            return load(work, hook, lease)
