"""Task `keep_store`: purge what the store has kept long enough."""

from airflow.sdk import BaseHook, BaseOperator
from airflow.sdk.definitions.context import Context

from finance_hooks.model.retention import read_retention
from finance_hooks.posting.keep import Purge, keep
from finance_hooks.posting.work import BUSINESS_ZONE
from finance_hooks.store.engine import CONNECTION_ID, ready_engine
from finance_hooks.transport.clock import SystemClock


class KeepStoreOperator(BaseOperator):
    """Purge settled documents by the retention that connection `finance_store` states."""

    ui_color = "#e8e4d8"

    def execute(self, context: Context) -> dict[str, int]:
        """Purge, and hand out counts only."""
        connection = BaseHook.get_connection(CONNECTION_ID)
        purge = Purge(
            retention=read_retention(connection.extra_dejson),
            today=SystemClock().now().astimezone(BUSINESS_ZONE).date(),
            run_id=context["run_id"],
            who=context["ti"].dag_id,
        )
        counts = keep(ready_engine(connection), purge)
        self.log.info("purged %s", counts)
        return counts
