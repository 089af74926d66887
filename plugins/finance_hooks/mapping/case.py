"""Hold one document together with what is needed to map it."""

from dataclasses import dataclass

from finance_hooks.mapping.codes import Codes
from finance_hooks.mapping.trace import Trace
from finance_hooks.model.document import Document, EntryKind
from finance_hooks.model.masters import Masters


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One document, the source's masters, the table rows of its batch, and the findings so far."""

    document: Document
    masters: Masters
    codes: Codes
    trace: Trace

    @property
    def day(self) -> str:
        """The document date, by which rows are chosen, year first."""
        return self.document.document_date.isoformat()

    @property
    def is_memorial(self) -> bool:
        """Whether the document is a memorial."""
        return self.document.type.kind is EntryKind.MEMORIAL
