"""Look after one administration beside its runs: is the night done, and was everybody told of everything."""

import asyncio
from typing import Any

from airflow.sdk import BaseOperator

from finance_hooks.mapping.administrations import AdministrationRow, read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.problems import write_problems
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.consenting import grant_key_of
from finance_hooks.operators.telling import Context, Telephone, telephone_of
from finance_hooks.posting.tell import Teller, place_of, tell_beside_runs
from finance_hooks.store import messages
from finance_hooks.store.metadata import Now, database_now

SCHEDULED = "scheduled"


class WatchAdministrationOperator(BaseOperator):
    """Tell what no run has told; red while a message cannot be sent, so that somebody sees that too."""

    ui_color = "#e8e4d8"

    def __init__(self, *, sync_id: str, **settings: Any) -> None:  # noqa: ANN401 - Airflow's own arguments
        """Keep the sync_id; everything else is read when the task runs."""
        super().__init__(**settings)
        self.sync_id = sync_id

    def execute(self, context: Any) -> None:  # noqa: ANN401 - Airflow's own context
        """Tell, and raise TemporaryFailure when a message did not go out."""
        telephone = watch(self.sync_id, context)
        with telephone.engine.begin() as connection:
            messages.give_up_old(connection, at=telephone.now(connection))
            failed = messages.failed_deliveries(connection, self.sync_id)
        if failed:
            said = "; ".join(f"{one.channel}: {one.why} (tried {one.attempts} times)" for one in failed)
            raise TemporaryFailure(f"Messages that could not be sent: {said}")


async def late(sync_id: str, context: Context) -> None:
    """Tell that a run has passed Airflow's own deadline, in the triggerer; the watch tells no second time."""
    if context["dag_run"]["run_type"] == SCHEDULED:
        await asyncio.to_thread(watch, sync_id, context)


def watch(sync_id: str, context: Context, now: Now = database_now) -> Telephone:
    """Write what has to be told beside runs, and send what is due; ConfigurationError for wrong settings."""
    engine = open_store()
    telephone = telephone_of(engine, sync_id, context, now)
    row = next((one for one in read_administrations(mappings_folder()) if one.sync_id == sync_id), None)
    if row is not None and telephone.channels:
        tell_beside_runs(_teller(row, telephone))
        telephone.send_due()
    return telephone


def _teller(row: AdministrationRow, telephone: Telephone) -> Teller:
    administration = row.administration
    return Teller(
        engine=telephone.engine,
        sync_id=row.sync_id,
        place=row.sync_id if administration is None else place_of(administration),
        audience=telephone.audience(),
        grant_key=None if administration is None else grant_key_of(administration),
        wrong_row=write_problems(row.problems),
        now=telephone.now,
    )
