"""Agree what the source offers to posting."""

from collections.abc import Iterator
from typing import Protocol

from finance_hooks.model.masters import Masters
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.parse import ParsedDocument
from finance_hooks.sources.qubz.received import ReceivedDocument


class Source(Protocol):
    """Read documents and what they refer to; parsing is pure and never raises."""

    @property
    def source_id(self) -> str:
        """The part of every document key that names the source."""
        ...

    def read_masters(self, organisation: str) -> Masters:
        """Read organisation, parties, VAT codes and payment terms."""
        ...

    def read_documents(self, organisation: str, selection: Selection) -> Iterator[ReceivedDocument]:
        """Read all documents of a selection, each key once."""
        ...

    def parse(self, received: ReceivedDocument, masters: Masters) -> ParsedDocument:
        """Turn one received row into a typed document, or into reasons."""
        ...
