"""Sample rows of the source, and short ways to read and check them."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from finance_hooks.model.document import Document, VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.masters import MasterRows, parse_masters, parse_organisation
from finance_hooks.sources.qubz.parse import ParsedDocument, parse_document
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.transport.json_text import read_json

SAMPLES = Path(__file__).parent / "samples"
RESOURCES = {"s": "salesinvoices", "p": "purchaseinvoices", "j": "memorials"}

Row = dict[str, Any]


def sample(name: str, **fields: object) -> Row:
    """Read one sample document, some of its fields replaced."""
    row = read_json((SAMPLES / f"{name}.json").read_bytes())
    assert isinstance(row, dict)
    return row | fields


def rows(name: str) -> list[Row]:
    """Read sample master data."""
    found = read_json((SAMPLES / f"{name}.json").read_bytes())
    assert isinstance(found, list)
    return found


def without(row: Row, *names: str) -> Row:
    """Leave fields out."""
    return {name: value for name, value in row.items() if name not in names}


def with_line(row: Row, position: int, **fields: object) -> Row:
    """Replace fields of one line."""
    changed = deepcopy(row)
    changed["Lines"][position] |= fields
    return changed


def with_vat(row: Row, position: int, **fields: object) -> Row:
    """Replace fields of one row of the VAT breakdown."""
    changed = deepcopy(row)
    changed["VatBreakdown"][position] |= fields
    return changed


def masters_of(contract: SourceContract, organisation: str) -> Masters:
    """Read the sample masters of one organisation."""
    row = next(row for row in rows("organisations") if row["Code"] == organisation)
    return parse_masters(
        parse_organisation(row, contract),
        MasterRows(
            relations=rows("relations"), vat_codes=rows("vatcodes"), payment_terms=rows("paymentterms")
        ),
        contract,
    )


def rounding(masters: Masters, method: VatRounding) -> Masters:
    """Let the organisation round VAT by another method."""
    return replace(masters, organisation=replace(masters.organisation, vat_rounding=method))


def received(row: object, resource: str, organisation: str = "100") -> ReceivedDocument:
    """Wrap a row as it would have been received."""
    own_id = str(row["Id"]) if isinstance(row, dict) and row.get("Id") else "digest:none"
    return ReceivedDocument(
        resource=resource,
        organisation=organisation,
        source_document_id=own_id,
        body=write_json(row),
        changed_at=None,
    )


def parse(
    row: object, contract: SourceContract, masters: Masters, resource: str = "salesinvoices"
) -> ParsedDocument:
    """Read one row."""
    return parse_document(
        received(row, resource, masters.organisation.code), contract=contract, masters=masters
    )


def document(
    row: Row, contract: SourceContract, masters: Masters, resource: str = "salesinvoices"
) -> Document:
    """Read one row that must be readable."""
    parsed = parse(row, contract, masters, resource)
    assert parsed.document is not None, parsed.reasons
    return parsed.document


def reasons(
    row: Row, contract: SourceContract, masters: Masters, resource: str = "salesinvoices"
) -> tuple[Reason, ...]:
    """Read and check one row."""
    return check_document(document(row, contract, masters, resource), masters).reasons


def codes(found: tuple[Reason, ...]) -> list[str]:
    """Name the codes of reasons."""
    return [reason.code.value for reason in found]
