"""Tasks that hold the mapping rows against the live chart: within a run, and once a week."""

from typing import TYPE_CHECKING

from airflow.sdk.definitions.context import Context

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.preflight_fault import fault_sentence
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.posting.work import Work

if TYPE_CHECKING:
    from finance_hooks.mapping.tables import Tables


class PreflightTablesOperator(SyncOperator):
    """Find the faulty rows before documents are prepared; without any to prepare, make no call."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Read the chart under the lease on the books; a backfill makes do with one of today."""
        # These bring pandas along, which reading the DAG file must not pay for.
        from finance_hooks.posting.preflight import has_work, preflight_or_later  # noqa: PLC0415

        if not work.administration.can_be_asked or not has_work(work, resources.source.source_id):
            return {}
        tables = read_rows(work)
        with self.books(work, resources, context, reads_anew=not is_backfill(context)) as (hook, _lease):
            return preflight_or_later(work, hook, tables)


class CheckTablesOperator(SyncOperator):
    """Find the faulty rows whatever there is to prepare, and fail with all of them."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Read the chart anew; ConfigurationError names every fault."""
        from finance_hooks.posting.preflight import preflight  # noqa: PLC0415 - as above

        tables = read_rows(work)
        if not work.administration.can_be_asked:
            return {}
        with self.books(work, resources, context, reads_anew=True) as (hook, _lease):
            faults = preflight(work, hook, tables).faults
        named = [fault_sentence(fault, "en") for fault in faults if not fault.is_condition]
        if named:
            raise ConfigurationError("\n".join([f"{len(named)} faults:", *named]))
        return {"faults": 0}


def read_rows(work: Work) -> "Tables":
    """Read the administration's tables; ConfigurationError names what is wrong with the files themselves."""
    from finance_hooks.mapping.tables import read_tables  # noqa: PLC0415 - as above

    return read_tables(work.administration, mappings_folder())
