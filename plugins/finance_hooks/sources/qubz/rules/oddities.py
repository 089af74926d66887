"""Find what looks odd about a document that is booked all the same."""

from collections import Counter
from collections.abc import Iterator

from finance_hooks.model.document import Document, EntryKind
from finance_hooks.model.document_warning import DocumentWarning, WarningCode
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import round_half_up
from finance_hooks.sources.qubz.derive import derive_period


def find_oddities(document: Document, masters: Masters) -> Iterator[DocumentWarning]:
    """Name every oddity; whether the original of a credit note is known here only the store can say."""
    yield from _period(document, masters)
    yield from _quantities(document)
    yield from _line_numbers(document)
    yield from _party(document, masters)


def _period(document: Document, masters: Masters) -> Iterator[DocumentWarning]:
    year, period = derive_period(document.document_date, masters.organisation.fiscal_year_start_month)
    if document.period != period or document.fiscal_year not in {year, year + 1}:
        yield DocumentWarning(
            code=WarningCode.PERIOD_DIFFERS,
            document=document.number,
            field="Period",
            value=f"{document.fiscal_year}/{document.period}",
            detail=f"{document.document_date} lies in {year}/{period}",
        )


def _quantities(document: Document) -> Iterator[DocumentWarning]:
    for line in document.lines:
        if line.quantity is None or line.unit_price is None:
            continue
        product = round_half_up(line.quantity * line.unit_price)
        if product != line.amount:
            yield DocumentWarning(
                code=WarningCode.QUANTITY_TIMES_PRICE,
                document=document.number,
                line=line.number,
                field="NetAmount",
                value=str(line.amount),
                detail=f"{line.quantity} x {line.unit_price} = {product}",
            )


def _line_numbers(document: Document) -> Iterator[DocumentWarning]:
    for number, times in Counter(line.number for line in document.lines).items():
        if times > 1:
            yield DocumentWarning(
                code=WarningCode.LINE_NUMBER_REPEATED,
                document=document.number,
                line=number,
                field="LineNumber",
                value=str(number),
                detail=f"{times} times",
            )


def _party(document: Document, masters: Masters) -> Iterator[DocumentWarning]:
    party = masters.parties.get(document.party or "")
    if party is None:
        return
    if not party.active:
        yield DocumentWarning(
            code=WarningCode.PARTY_INACTIVE,
            document=document.number,
            field="RelationNumber",
            value=party.number,
        )
    role = party.is_debtor if document.type.kind is EntryKind.SALES else party.is_creditor
    if not role:
        yield DocumentWarning(
            code=WarningCode.PARTY_ROLE,
            document=document.number,
            field="RelationNumber",
            value=party.number,
            detail=document.type.kind,
        )
