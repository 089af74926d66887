"""Read chunks of made-up documents, and their masters, as the product's own types."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from finance_hooks.model.document import (
    Document,
    DocumentLine,
    DocumentStatus,
    DocumentType,
    ExportStatus,
    Treatment,
    VatAmount,
    VatDirection,
)
from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.masters import Masters, Party, PaymentTerm, VatCode
from finance_hooks.model.money import ZERO
from tests.mapping.examples import an_organisation


def read_chunk(folder: Path, number: int) -> list[Document]:
    """Read one chunk's documents with their lines and VAT."""
    lines: dict[str, list[DocumentLine]] = defaultdict(list)
    for row in _rows(folder / f"lines-{number:04}.csv"):
        lines[row[0]].append(_line(row))
    vat: dict[str, list[VatAmount]] = defaultdict(list)
    for document, code, rate, base, amount in _rows(folder / f"vat-{number:04}.csv"):
        vat[document].append(
            VatAmount(
                vat_code=code,
                category="S",
                rate=Decimal(rate),
                base=Decimal(base),
                amount=Decimal(amount),
            )
        )
    return [
        _document(row, tuple(lines[row[0]]), tuple(vat[row[0]]))
        for row in _rows(folder / f"documents-{number:04}.csv")
    ]


def _line(row: list[str]) -> DocumentLine:
    _, number, description, amount, account, article, activity, vat_code, cost_centre, cost_unit = row
    return DocumentLine(
        number=int(number),
        description=description,
        amount=Decimal(amount),
        vat_code=vat_code or None,
        ledger_account=account or None,
        article=article or None,
        activity=activity or None,
        cost_centre=cost_centre or None,
        cost_unit=cost_unit or None,
    )


def _document(row: list[str], lines: tuple[DocumentLine, ...], vat: tuple[VatAmount, ...]) -> Document:
    number, kind, on, currency, rate, party, payment_term, net, total_vat, gross = row
    day = date.fromisoformat(on)
    return Document(
        key=DocumentKey(source_id="bench", organisation="100", document_type=kind, source_document_id=number),
        type=DocumentType(kind),
        number=number,
        status=DocumentStatus.FINAL,
        export_status=ExportStatus.READY,
        document_date=day,
        due_date=day,
        fiscal_year=day.year,
        period=day.month,
        journal=None,
        party=party,
        supplier_number=None,
        original_number=None,
        description="",
        currency=currency,
        exchange_rate=Decimal(rate) if rate else None,
        payment_term=payment_term,
        total_net=Decimal(net),
        total_vat=Decimal(total_vat),
        total_gross=Decimal(gross),
        g_account_amount=ZERO,
        lines=lines,
        vat_amounts=vat,
        changed_at=None,
    )


def read_masters(folder: Path) -> Masters:
    """Read the masters."""
    kept = json.loads((folder / "masters.json").read_text(encoding="utf-8"))
    vat = {
        one["vat_code"]: VatCode(
            code=one["vat_code"],
            name=one["vat_code"],
            rate=Decimal(one["rate"]),
            direction=VatDirection(one["direction"]) if one["direction"] else None,
            treatment=Treatment(one["treatment"]),
            category="S",
            country=one["country"],
        )
        for one in kept["vat_codes"]
    }
    terms = {str(days): PaymentTerm(code=str(days), days=days) for days in (14, 30, 99)}
    parties = {number: _party(number) for number in kept["parties"]}
    return Masters(organisation=an_organisation(), parties=parties, vat_codes=vat, payment_terms=terms)


def _party(number: str) -> Party:
    return Party(
        number=number,
        name=f"Relatie {number}",
        country="NL",
        is_debtor=True,
        is_creditor=True,
        debtor_number=number,
        creditor_number=number,
        vat_number=None,
        coc_number=None,
        payment_term="30",
        self_billing_agreement=False,
    )


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows
