"""Map one document, and look at what came of it."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.model.document import Document, DocumentType
from finance_hooks.model.entry import Entry
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyKey, PartyLink
from tests.mapping.examples import ROWS, Limits, a_document, a_line


class MapOne(Protocol):
    """Map one document by the example tables, with other rows for the files named."""

    def __call__(
        self,
        document: Document,
        rows: Mapping[str, Iterable[str]] | None = None,
        *,
        masters: Masters | None = None,
        limits: Limits | None = None,
        links: Mapping[PartyKey, PartyLink] | None = None,
    ) -> MappedDocument: ...


def without(name: str, start: str) -> dict[str, list[str]]:
    return {name: [row for row in ROWS[name] if not row.startswith(start)]}


def a_memorial(*lines: tuple[str, str], **fields: str) -> Document:
    made = [a_line(number, account, amount, None) for number, (account, amount) in enumerate(lines, start=1)]
    return a_document(made, (), DocumentType.MEMORIAL, **fields)


def entry_of(map_one: MapOne, document: Document, rows: Mapping[str, Iterable[str]] | None = None) -> Entry:
    mapped = map_one(document, rows)
    assert mapped.reasons == ()
    assert mapped.entry is not None
    return mapped.entry


def reasons_of(
    map_one: MapOne, document: Document, rows: Mapping[str, Iterable[str]] | None = None
) -> list[ReasonCode]:
    mapped = map_one(document, rows)
    assert mapped.entry is None
    return [reason.code for reason in mapped.reasons]
