"""Task `transform`: map stored documents to entries with today's tables, or name all that is wrong."""

from airflow.sdk.definitions.context import Context

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.posting.work import Work


class TransformDocumentsOperator(SyncOperator):
    """Map everything that is new, unsent or parked."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:  # noqa: ARG002 - as inherited
        """Read the tables and the source's masters, and prepare postings."""
        # These bring pandas along, which reading the DAG file must not pay for.
        from finance_hooks.mapping.tables import read_tables  # noqa: PLC0415
        from finance_hooks.posting.prepare import Mapping, prepare  # noqa: PLC0415

        mapping = Mapping(
            masters=resources.source.read_masters(work.administration.organisation),
            tables=read_tables(work.administration, mappings_folder()),
            settings=resources.target.settings,
        )
        return prepare(work, resources.source, mapping)
