"""Say by when a night has to be done, to Airflow and to the watch."""

import os
from datetime import date, datetime, time, timedelta

from airflow.sdk.definitions.callback import SyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.alert_settings import DONE_BY, DONE_BY_VARIABLE, read_done_by

CALLBACK = "finance_hooks.operators.watching.late"
"""Named, not imported: reading a DAG file needs nothing of what a message needs."""


def done_by() -> time:
    """Return by when a night has to be done; a wrong setting counts for nothing, and tasks name it."""
    try:
        return read_done_by(os.environ.get(DONE_BY_VARIABLE))
    except ConfigurationError:
        return DONE_BY


def deadline_of(sync_id: str, begins: time) -> DeadlineAlert:
    """Let Airflow itself tell of a run of an administration that is not done in time.

    It counts from when the run was queued. A run that was never made has no deadline: the watch tells of it.
    """
    day = date.min
    lasts = datetime.combine(day, done_by()) - datetime.combine(day, begins)
    return DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=lasts if lasts > timedelta() else lasts + timedelta(days=1),
        callback=SyncCallback(CALLBACK, kwargs={"sync_id": sync_id}),
        name=f"done by {done_by():%H:%M}",
    )
