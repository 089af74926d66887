"""Task `attach`: put the source's files to what is booked, after all bookings and never in their way."""

from airflow.sdk.definitions.context import Context

from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import SyncOperator, is_backfill
from finance_hooks.posting.attach import LONGEST_S, Attaching, attach, has_files_to_attach
from finance_hooks.posting.work import Work
from finance_hooks.store.proof import Owned
from finance_hooks.transport.deadline import NoDeadline


class AttachFilesOperator(SyncOperator):
    """Attach files under the lease on the books; where none are wanted, make no call and take no lease."""

    def step(self, work: Work, resources: Resources, context: Context) -> dict[str, int]:
        """Attach with calls that no booking needs: the reserve of every limit is left alone."""
        source, target = resources.source, resources.target
        backfills = is_backfill(context)
        takes_files = target.attachments and work.administration.can_be_asked
        if not takes_files or not has_files_to_attach(work, source.source_id, is_backfill=backfills):
            return {}
        asked = resources.target_hook(NoDeadline(), owner=self.task_id, is_backfill=True)
        if target.attachment_desk(asked) is None:
            return {}
        with self.books(work, resources, context, leaves_reserve=True) as (hook, lease):
            desk = target.attachment_desk(hook)
            if desk is None:
                return {}
            return attach(
                Attaching(
                    work=work,
                    owned=Owned(administration=work.administration, source_id=source.source_id),
                    files=source.files,
                    desk=desk,
                    lease=lease,
                    settle_s=target.settings.settle_s,
                    ends_at_s=work.clock.boot_s() + LONGEST_S,
                )
            )
