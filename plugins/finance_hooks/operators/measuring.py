"""Hand the figures of a run to Airflow's own metrics, StatsD or OpenTelemetry, whichever it is set to."""

import logging
from collections.abc import Iterable

from airflow.sdk.exceptions import AirflowNotFoundException
from airflow.sdk.observability import stats

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.resources import Resources
from finance_hooks.posting.gauges import Gauge, measure_run
from finance_hooks.posting.work import Work
from finance_hooks.store.budgets import BudgetStore, Room
from finance_hooks.store.to_tell import open_documents, read_concluded
from finance_hooks.transport.deadline import NoDeadline

log = logging.getLogger(__name__)


def measure(work: Work, resources: Resources) -> None:
    """Measure a concluded run; never raises, and makes no call to the package."""
    sync_id = work.administration.sync_id
    try:
        with work.engine.begin() as connection:
            at = work.now(connection)
            run = read_concluded(connection, sync_id, work.run_id)
            documents = open_documents(connection, sync_id)
        if run is not None:
            emit(sync_id, measure_run(run.report, documents, _rooms(resources), at=at))
    except Exception:
        log.exception("Nothing was measured for %s", sync_id)


def emit(sync_id: str, gauges: Iterable[Gauge]) -> None:
    """Set each gauge twice: under a name that says everything, and with tags for what knows them."""
    for gauge in gauges:
        stats.gauge(gauge.plain_name(sync_id), gauge.value)
        stats.gauge(f"finance.{gauge.name}", gauge.value, tags={"administration": sync_id, **gauge.part})


def _rooms(resources: Resources) -> list[Room]:
    """Look at what the package's limits leave; a package whose connection is wrong has none."""
    try:
        hook = resources.target_hook(NoDeadline(), owner="metrics")
        counters = resources.target.foresee(hook, resources.administration.target_administration).counters
    except (AirflowNotFoundException, ConfigurationError):
        return []
    budgets = BudgetStore(resources.engine)
    return [room for counter in counters for room in budgets.look(counter)]
