"""Turn a received row into a typed document, or into every reason why that cannot be done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from finance_hooks.model.document import Document, DocumentStatus, DocumentType, ExportStatus
from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.sources.qubz.assemble import assemble_document
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.rows import Fault, read_row
from finance_hooks.sources.qubz.values import YEARS, Reading, show
from finance_hooks.transport.json_text import read_json

NOT_OFFERED = frozenset({ExportStatus.NOT_READY, ExportStatus.EXCLUDED})
PERIODS = range(100)
"""Openings and closings have numbers below 100 in every package."""
KINDS = {"salesinvoices": "sales", "purchaseinvoices": "purchase", "memorials": "memorial"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """What could be read of a row: the whole document, or its key and the reasons why not.

    `key_is_final` is false while id, type or sequence could not be read: the key changes once they can.
    `take_up` is false for what the source has not offered (not ready, excluded) or has cancelled; `status`
    and `export_status` say which.
    """

    resource: str
    key: DocumentKey
    key_is_final: bool
    take_up: bool
    number: str | None
    document_date: date | None
    party: str | None
    currency: str | None
    status: DocumentStatus | None
    export_status: ExportStatus | None
    document: Document | None
    reasons: tuple[Reason, ...]

    @property
    def name(self) -> str:
        """Name the document as people know it."""
        return self.number or f"{self.resource} {self.key.source_document_id}"


def parse_document(
    received: ReceivedDocument, *, contract: SourceContract, masters: Masters
) -> ParsedDocument:
    """Read one row; never raises: what cannot be read comes back with its reasons.

    `masters` serve to derive what the document leaves out (due date, VAT per code, currency of a memorial).
    """
    try:
        row = read_json(received.body)
    except ValueError as error:
        return _unreadable(received, contract, str(error))
    if not isinstance(row, dict):
        return _unreadable(received, contract, "expected an object")
    return _parse_row(row, received, contract, masters)


def _unreadable(received: ReceivedDocument, contract: SourceContract, why: str) -> ParsedDocument:
    reason = Reason(
        code=ReasonCode.UNREADABLE,
        document=f"{received.resource} {received.source_document_id}",
        value=show(received.body.decode("utf-8", "backslashreplace")),
        detail=why,
    )
    return ParsedDocument(
        resource=received.resource,
        key=_key({}, received, contract),
        key_is_final=False,
        take_up=True,
        number=None,
        document_date=None,
        party=None,
        currency=None,
        status=None,
        export_status=None,
        document=None,
        reasons=(reason,),
    )


def _parse_row(
    row: dict[str, object], received: ReceivedDocument, contract: SourceContract, masters: Masters
) -> ParsedDocument:
    reading = contract.reading(masters.organisation.country)
    values, faults = read_row(row, contract.tables.fields[received.resource], reading)
    _fill(values)
    faults += _misplaced(values, received)
    name = values["number"] or f"{received.resource} {received.source_document_id}"
    reasons = [fault.reason(name) for fault in faults]
    nested = {
        part: _read_nested(values.get(part), f"{received.resource}/{part}", name, contract, reading, reasons)
        for part in ("lines", "vat_amounts")
    }
    key = _key(values, received, contract)
    return ParsedDocument(
        resource=received.resource,
        key=key,
        key_is_final=None not in (values["id"], values["type"], values["export_sequence"]),
        take_up=_is_taken_up(values),
        number=values["number"],
        document_date=values["document_date"],
        party=values.get("party"),
        currency=values.get("currency"),
        status=values["status"],
        export_status=values["export_status"],
        document=None if reasons else assemble_document(key, values, nested, contract.credit_sign, masters),
        reasons=tuple(reasons),
    )


def _fill(values: dict[str, Any]) -> None:
    for field, enum in (("type", DocumentType), ("status", DocumentStatus), ("export_status", ExportStatus)):
        values[field] = enum(values[field]) if values[field] is not None else None


def _misplaced(values: dict[str, Any], received: ReceivedDocument) -> list[Fault]:
    faults = []
    document_type: DocumentType | None = values["type"]
    if document_type is not None and document_type.kind != KINDS[received.resource]:
        faults.append(_fault("type", document_type, f"no document type of {received.resource}"))
    organisation = values["organisation"]
    if organisation is not None and organisation != received.organisation:
        faults.append(_fault("organisation", organisation, f"asked for {received.organisation}"))
    for field, known in (("fiscal_year", YEARS), ("period", PERIODS)):
        if values[field] is not None and values[field] not in known:
            faults.append(_fault(field, str(values[field]), "the number is out of range"))
    return faults


def _fault(field: str, value: str, detail: str) -> Fault:
    return Fault(code=ReasonCode.FIELD_UNREADABLE, field=field, value=value, detail=detail)


def _read_nested(
    rows: list[dict[str, object]] | None,
    resource: str,
    name: str,
    contract: SourceContract,
    reading: Reading,
    reasons: list[Reason],
) -> list[dict[str, Any]]:
    read = []
    for position, row in enumerate(rows or [], start=1):
        values, faults = read_row(row, contract.tables.fields[resource], reading)
        line = (values.get("number") or position) if resource.endswith("/lines") else None
        reasons.extend(fault.reason(name, line) for fault in faults)
        read.append(values)
    return read


def _key(values: dict[str, Any], received: ReceivedDocument, contract: SourceContract) -> DocumentKey:
    return DocumentKey(
        source_id=contract.source_id,
        organisation=received.organisation,
        document_type=values.get("type") or received.resource,
        source_document_id=values.get("id") or received.source_document_id,
        export_sequence=values.get("export_sequence") or 1,
    )


def _is_taken_up(values: dict[str, Any]) -> bool:
    """Decide by what the source says; what cannot be read is taken up, so that people hear of it."""
    status, export_status = values["status"], values["export_status"]
    if status is DocumentStatus.CANCELLED or export_status in NOT_OFFERED:
        return False
    # A source without export status offers what is final, and nothing else.
    return export_status is not None or status in (DocumentStatus.FINAL, None)
