"""Attach PDFs to entries in Exact Online: a document that names the entry, and the file in it."""

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
from finance_hooks.targets.exactonline import attachments
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.targets.exactonline.settings import ATTACHMENT_LIMITS
from finance_hooks.targets.exactonline.wire import UNEXPECTED


@dataclass(frozen=True, slots=True)
class AttachmentDesk:
    """Attach files by the calls of the hook; both posts can be lost, and either is found again."""

    hook: ExactOnlineHook
    limits: AttachmentLimits = ATTACHMENT_LIMITS

    def find(self, administration: str, bookings: Sequence[Booking]) -> Mapping[str, Held]:
        """Look up documents and files of ours, a call for each of the two."""
        client = self.hook.client
        try:
            documents = attachments.read_documents(
                client.read_rows(
                    administration,
                    attachments.DOCUMENTS,
                    select=attachments.DOCUMENT_FIELDS,
                    filtered=attachments.write_entries_filter(bookings),
                )
            )
            ids = [each for ids in documents.values() for each in ids]
            files = client.read_rows(
                administration,
                attachments.ATTACHMENTS,
                select=attachments.ATTACHMENT_FIELDS,
                filtered=attachments.write_documents_filter(ids),
            )
            return attachments.read_held(documents, files if ids else ())
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Exact's documents are not as expected: {error!r}") from error

    def attach(
        self, booking: Booking, file: AttachmentFile, held: Held | None
    ) -> Attached | NotTaken | Later | Unknown:
        """Make the document unless it is there, then put the file into it."""
        made = held.container_id if held is not None else self._make_document(booking)
        if not isinstance(made, str):
            return made
        body = attachments.write_attachment(made, file)
        put = self._post(booking, attachments.ATTACHMENTS, body)
        return Attached(reference=booking.entry.reference, attachment_id=put) if isinstance(put, str) else put

    def _make_document(self, booking: Booking) -> str | NotTaken | Later | Unknown:
        chart = self.hook.read_chart(booking.entry.administration)
        return self._post(booking, attachments.DOCUMENTS, attachments.write_document(booking, chart))

    def _post(self, booking: Booking, resource: str, body: str) -> str | NotTaken | Later | Unknown:
        sending = self.hook.client.post(booking.entry.administration, resource, body)
        return attachments.read_made(sending, booking.entry.reference, self.hook.transport.clock.now())


def open_desk(hook: ExactOnlineHook) -> AttachmentDesk | None:
    """Return who attaches files, `None` where the connection wants none."""
    return AttachmentDesk(hook) if hook.connection.attaches else None
