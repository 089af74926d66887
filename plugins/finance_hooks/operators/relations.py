"""Task `relations`: bring the debtors and creditors that tonight's documents need up to date."""

from airflow.sdk.definitions.context import Context

from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.posting.relations import any_needed, has_work, relate
from finance_hooks.posting.work import Work


class RelateOperator(SyncOperator):
    """Find, update or make relations under the lease on the books; when nothing is new, make no call."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Relate unless policy says no; documents whose relation changed are mapped again at once."""
        is_off = work.administration.relations_policy is RelationsPolicy.OFF
        is_deaf = is_off or not resources.target.parties or not work.administration.can_be_asked
        if is_deaf or not any_needed(work):
            return {}
        # These bring pandas along, which reading the DAG file must not pay for.
        from finance_hooks.mapping.tables import read_tables  # noqa: PLC0415
        from finance_hooks.posting.prepare import Mapping, prepare  # noqa: PLC0415
        from finance_hooks.posting.relating_parts import relations_of  # noqa: PLC0415

        mapping = Mapping(
            masters=resources.source.read_masters(work.administration.organisation),
            tables=read_tables(work.administration, mappings_folder()),
            settings=resources.target.settings,
        )
        relations = relations_of(mapping, resources.target, work.business_date())
        if not has_work(work, relations):
            return {}
        with self.books(work, resources, context) as (hook, lease):
            counts = relate(work, resources.target.party_desk(hook), lease, relations)
        if counts.get("remapped"):
            prepare(work, resources.source, mapping)
        return counts
