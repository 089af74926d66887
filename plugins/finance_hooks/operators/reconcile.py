"""Task `reconcile`: read the books again and compare them with the source, whatever happened before."""

from airflow.sdk.definitions.context import Context

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.posting.reconcile import note_nothing_to_reconcile, reconcile, reconciled
from finance_hooks.posting.vat_boxes import NO_BOXES, ReturnBoxes
from finance_hooks.posting.work import Work


class ReconcileBooksOperator(SyncOperator):
    """Compare per journal and period, and name every difference; without documents, make no call."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Reconcile the touched periods and those of the open window."""
        source_id = resources.source.source_id
        scope = reconciled(work, source_id)
        if not scope or not work.administration.can_be_asked:
            note_nothing_to_reconcile(work)
            return {}
        with self.books(work, resources, context) as (hook, _lease):
            comparisons = reconcile(work, hook, source_id, scope, self._boxes(work))
        return {
            "documents": sum(one.documents for one in comparisons),
            "entries": sum(one.entries for one in comparisons),
            "not_ours": sum(one.not_ours for one in comparisons),
        }

    def _boxes(self, work: Work) -> ReturnBoxes:
        """Read the boxes of the return; faulty tables keep nobody from comparing amounts."""
        # pandas takes a second to import, and a run without documents does not compare.
        from finance_hooks.posting.open_boxes import open_boxes  # noqa: PLC0415

        try:
            return open_boxes(work.administration)
        except ConfigurationError as faulty:
            self.log.warning("No boxes of the VAT return are compared: %s", faulty)
            return NO_BOXES
