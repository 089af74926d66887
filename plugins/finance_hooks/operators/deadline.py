"""Say by when a night has to be done: to Airflow as the deadline of its scheduled runs, and to the watch.

Airflow's own references do not fit: with a deadline counted from when a run was queued Airflow 3.3.2 cannot
clear its tasks, and one counted from its logical date is missed by every backfill before it begins.
"""

import os
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import BaseDeadlineReference, DeadlineAlert

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.done_by import DONE_BY, DONE_BY_VARIABLE, read_done_by

CALLBACK = "finance_hooks.operators.watching.late"
"""Named, so that processes which only load the plugin import nothing of what a message needs."""

ZONE = ZoneInfo("Europe/Amsterdam")
SCHEDULED = "scheduled"


@dataclass(frozen=True)
class NightDeadline(BaseDeadlineReference):
    """The time of day by which a scheduled run is done, evaluated by the scheduler; other runs have none."""

    done_by: str

    required_kwargs = frozenset({"dag_id", "run_id"})

    def serialize_reference(self) -> dict[str, Any]:
        """Write the reference into the serialised DAG."""
        return {**super().serialize_reference(), "done_by": self.done_by}

    @classmethod
    def deserialize_reference(cls, reference_data: dict[str, Any]) -> Self:
        """Read the reference from a serialised DAG."""
        return cls(reference_data["done_by"])

    def _evaluate_with(self, *, session: Any, dag_id: str, run_id: str) -> datetime | None:  # noqa: ANN401 - SQLAlchemy's
        # Airflow's models are no public interface, and only the scheduler may use them.
        from airflow.models import DagRun  # noqa: PLC0415

        run = session.query(DagRun).filter_by(dag_id=dag_id, run_id=run_id).one_or_none()
        if run is None:
            return None
        return deadline_of_run(run.run_type, run.run_after, time.fromisoformat(self.done_by))


def deadline_of_run(run_type: str, run_after: datetime, done_by: time) -> datetime | None:
    """Return until when a run that may start at an instant has to be done, `None` unless it was scheduled."""
    if str(getattr(run_type, "value", run_type)) != SCHEDULED:
        return None
    begins = run_after.astimezone(ZONE)
    day = begins.date() if begins.time() < done_by else begins.date() + timedelta(days=1)
    return datetime.combine(day, done_by, tzinfo=ZONE)


def done_by() -> time:
    """Return by when a night has to be done; a wrong setting counts for nothing, and tasks name it."""
    try:
        return read_done_by(os.environ.get(DONE_BY_VARIABLE))
    except ConfigurationError:
        return DONE_BY


def deadline_alert(sync_id: str) -> DeadlineAlert:
    """Let Airflow tell of a run that is not done in time; of one that was never made the watch tells."""
    return DeadlineAlert(
        reference=NightDeadline(f"{done_by():%H:%M}"),
        interval=timedelta(0),
        callback=AsyncCallback(CALLBACK, kwargs={"sync_id": sync_id}),
        name=f"done by {done_by():%H:%M}",
    )
