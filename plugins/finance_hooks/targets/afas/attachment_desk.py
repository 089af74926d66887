"""Attach PDFs to invoices in AFAS: a dossier item at the debtor and the invoice, with the file in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.attachment import (
    Attached,
    AttachmentFile,
    AttachmentLimits,
    Booking,
    Held,
    NotTaken,
)
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.targets.afas import attachments
from finance_hooks.targets.afas.hook import AfasHook
from finance_hooks.targets.afas.settings import ATTACHMENT_LIMITS
from finance_hooks.targets.afas.wire import UNEXPECTED


@dataclass(frozen=True, slots=True)
class AttachmentDesk:
    """Attach files by the calls of the hook, as dossier items of one type."""

    hook: AfasHook
    subject_type: int
    limits: AttachmentLimits = ATTACHMENT_LIMITS

    def find(self, administration: str, bookings: Sequence[Booking]) -> Mapping[str, Held]:
        """Look up the dossier items of ours by their titles, and their files."""
        del administration  # AFAS: dossier items belong to the environment
        client = self.hook.client
        try:
            subjects = attachments.read_subjects(
                client.read_rows(
                    attachments.SUBJECTS,
                    order=attachments.SUBJECT_ORDER,
                    columns=attachments.SUBJECT_COLUMNS,
                    alternatives=attachments.write_conditions(bookings),
                )
            )
            files = client.read_rows(
                attachments.FILES,
                order=attachments.FILE_ORDER,
                columns=attachments.FILE_COLUMNS,
                alternatives=attachments.write_subject_conditions(subjects.values()),
            )
            return attachments.read_held(subjects, files if subjects else ())
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AFAS's dossier items are not as expected: {error!r}") from error

    def attach(
        self, booking: Booking, file: AttachmentFile, held: Held | None
    ) -> Attached | NotTaken | Later | Unknown:
        """Make the dossier item with its file; AFAS makes neither without the other."""
        reference = booking.entry.reference
        if held is not None:
            why = f"dossier item {held.container_id} is there without its file; delete it in AFAS"
            return NotTaken(reference=reference, why=why)
        body = attachments.write_subject(booking, self.subject_type, file)
        sending = self.hook.client.post(body, attachments.UPDATE_CONNECTOR)
        return attachments.read_made(sending, reference, self.hook.transport.clock.now())


def open_desk(hook: AfasHook) -> AttachmentDesk | None:
    """Return who attaches files, `None` where the connection wants none."""
    subject_type = hook.connection.subject_type
    return None if subject_type is None else AttachmentDesk(hook, subject_type)
