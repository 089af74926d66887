"""Task `load`: bring what is pending into the books, asking them first."""

from typing import TYPE_CHECKING

from airflow.sdk.definitions.context import Context

from finance_hooks.operators.lineage_events import Told, moved_lineage, tell_moved
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.operators.telling import tell
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.tell import tell_of_try
from finance_hooks.posting.work import Work

if TYPE_CHECKING:
    from finance_hooks.operators.lineage_events import Lineage


class LoadEntriesOperator(SyncOperator):
    """Send pending entries, or write them to files, under the lease on the books; none: take no lease."""

    told: Told | None = None

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Load unless the night is empty."""
        counts: dict[str, int] = {}
        if has_work(work):
            with self.books(work, resources, context) as (hook, lease):
                counts = load(work, hook, lease, resources.folders)
        self.told = tell_moved(context, work)
        return counts

    def after(self, work: Work, resources: Resources, context: Context) -> None:  # noqa: ARG002 - as inherited
        """Tell of the first parked or unclear document, before retries and everything that follows."""
        tell(work, context, tell_of_try)

    def get_openlineage_facets_on_complete(self, _task_instance: object) -> "Lineage | None":
        """Tell OpenLineage what was booked, field by field from where."""
        return moved_lineage(self.told)
