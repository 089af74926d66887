"""Hold one document together with what is needed to map it."""

from dataclasses import dataclass

from finance_hooks.mapping.codes import Codes, KnownLegs
from finance_hooks.mapping.trace import Trace
from finance_hooks.model.document import Document, EntryKind, VatDirection
from finance_hooks.model.masters import Masters

DIRECTIONS = {EntryKind.SALES: VatDirection.SALES, EntryKind.PURCHASE: VatDirection.PURCHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One document, the source's masters, the table rows of its batch, and the findings so far.

    `day` is the document date, year first, by which rows are chosen, and `asks_on` the day that the batch
    asks about instead; `direction` that of its VAT, `None` on a memorial. `known_legs` were found for lines
    of the same day and direction.
    """

    document: Document
    masters: Masters
    codes: Codes
    trace: Trace
    day: str
    asks_on: str
    direction: VatDirection | None
    is_memorial: bool
    known_legs: KnownLegs


def open_case(document: Document, masters: Masters, codes: Codes) -> Case:
    """Begin to map a document."""
    kind = document.type.kind
    day, direction = document.document_date.isoformat(), DIRECTIONS.get(kind)
    asks_on = codes.spans.day_for(day)
    return Case(
        document=document,
        masters=masters,
        codes=codes,
        trace=Trace(document=document.number),
        day=day,
        asks_on=asks_on,
        direction=direction,
        is_memorial=kind is EntryKind.MEMORIAL,
        known_legs=codes.legs.setdefault((asks_on, direction), {}),
    )
