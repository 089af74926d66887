"""Park the documents that use a faulty mapping row: give them the fault as a reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.model.entry import EntryLine
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault, fault_texts

FOR_ALL_DOCUMENTS = frozenset({FaultCode.COUNTRY_DIFFERS})
"""Faults of the administration itself for which nothing is booked; the others are for people only."""
SAID_BY_MAPPING = frozenset({FaultCode.SOURCE_ACCOUNT_UNMAPPED})
"""Faults that mapping finds on its own in every document concerned."""
MEETS: Mapping[FaultCode, Callable[[EntryLine], bool]] = {
    FaultCode.VAT_NOT_ALLOWED: lambda line: line.vat_code is not None,
    FaultCode.COST_CENTRE_REQUIRED: lambda line: line.cost_centre is None,
    FaultCode.COST_CENTRE_NOT_ALLOWED: lambda line: line.cost_centre is not None,
}
"""Which lines a condition makes wrong; those of a party stand on its own account."""


def add_faults(mapped: MappedDocument, faults: Sequence[PreflightFault]) -> MappedDocument:
    """Add a reason for every fault that concerns the document; with any it has no entry."""
    return replace(mapped, reasons=mapped.reasons + tuple(_reasons(mapped, faults)))


def _reasons(mapped: MappedDocument, faults: Sequence[PreflightFault]) -> Iterator[Reason]:
    places = {content: at for at, content in mapped.mapping_rows.items()}
    for fault in faults:
        if not fault.concerns(mapped.document.document_date) or fault.code in SAID_BY_MAPPING:
            continue
        if fault.content is None:
            if fault.code in FOR_ALL_DOCUMENTS:
                yield _reason(mapped, fault, fault.file, None)
        elif fault.content in places:
            at = places[fault.content]
            lines = _lines(mapped, fault, at)
            if lines or not fault.is_condition:
                yield _reason(mapped, fault, at, lines[0] if lines else None)


def _lines(mapped: MappedDocument, fault: PreflightFault, at: str) -> list[EntryLine]:
    """Return the lines that use the row, of a condition those that it makes wrong."""
    lines = () if mapped.entry is None else mapped.entry.lines
    using = [line for line in lines if at in line.mapping_rows]
    if not fault.is_condition:
        return using
    return [line for line in using if line.party is None and MEETS[fault.code](line)]


def _reason(mapped: MappedDocument, fault: PreflightFault, at: str, line: EntryLine | None) -> Reason:
    text = fault_texts()[fault.code]
    detail = f": {fault.detail}" if fault.detail else ""
    return Reason(
        code=text.reason,
        document=mapped.document.number,
        line=line.source_lines[0] if line and line.source_lines else None,
        field=fault.column,
        value=fault.value,
        detail=f"{at}: {text.en}{detail}",
    )
