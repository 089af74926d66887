"""Hold one document together with what is needed to map it."""

from collections.abc import Mapping
from dataclasses import dataclass

from finance_hooks.mapping.codes import Codes
from finance_hooks.mapping.trace import Trace
from finance_hooks.model.document import Document, EntryKind, VatDirection
from finance_hooks.model.masters import Masters
from finance_hooks.model.party import PartyKey, PartyLink

DIRECTIONS = {EntryKind.SALES: VatDirection.SALES, EntryKind.PURCHASE: VatDirection.PURCHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One document, the source's masters, the table rows of its batch, the links of its parties, the findings.

    `day` is the document date, year first, by which rows are chosen; `direction` that of its VAT, `None` on
    a memorial.
    """

    document: Document
    masters: Masters
    codes: Codes
    party_links: Mapping[PartyKey, PartyLink]
    trace: Trace
    day: str
    direction: VatDirection | None
    is_memorial: bool


def open_case(
    document: Document, masters: Masters, codes: Codes, party_links: Mapping[PartyKey, PartyLink]
) -> Case:
    """Begin to map a document."""
    kind = document.type.kind
    return Case(
        document=document,
        masters=masters,
        codes=codes,
        party_links=party_links,
        trace=Trace(document=document.number),
        day=document.document_date.isoformat(),
        direction=DIRECTIONS.get(kind),
        is_memorial=kind is EntryKind.MEMORIAL,
    )
