"""Put the values read from one row together into a document, with what it left out derived."""

from decimal import Decimal
from typing import Any

from finance_hooks.model.document import (
    Document,
    DocumentLine,
    DocumentStatus,
    DocumentType,
    ExportStatus,
    VatAmount,
)
from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import ZERO
from finance_hooks.sources.qubz.derive import (
    complete_vat_amount,
    derive_due_date,
    derive_period,
    derive_vat_amounts,
)
from finance_hooks.sources.qubz.signs import LINE_AMOUNTS, TOTALS, VAT_AMOUNTS, CreditSign, is_turned, turn

NOT_IN_DOCUMENT = frozenset({"id", "organisation", "export_sequence"})
_Values = dict[str, Any]


def assemble_document(
    key: DocumentKey,
    values: _Values,
    nested: dict[str, list[_Values]],
    credit_sign: CreditSign,
    masters: Masters,
) -> Document:
    """Build the document from values that were all readable."""
    content = {name: value for name, value in values.items() if name not in NOT_IN_DOCUMENT}
    content |= _dates(content, masters)
    content["description"] = content["description"] or ""
    content["currency"] = (content["currency"] or masters.organisation.currency).upper()
    content["export_status"] = content["export_status"] or (
        ExportStatus.READY if content["status"] is DocumentStatus.FINAL else ExportStatus.NOT_READY
    )
    if content["type"] is DocumentType.MEMORIAL:
        return Document(key=key, **(content | _memorial(nested["lines"], content)))
    return Document(key=key, **(content | _invoice(content, nested, credit_sign, masters)))


def _dates(content: _Values, masters: Masters) -> _Values:
    year, period = derive_period(content["document_date"], masters.organisation.fiscal_year_start_month)
    party = masters.parties.get(content.get("party") or "")
    payment_term = content.get("payment_term") or (party.payment_term if party else None)
    due_date = content.get("due_date")
    if due_date is None:
        due_date = derive_due_date(content["type"], content["document_date"], payment_term, masters)
    return {
        "fiscal_year": year if content["fiscal_year"] is None else content["fiscal_year"],
        "period": period if content["period"] is None else content["period"],
        "payment_term": payment_term,
        "due_date": due_date,
    }


def _invoice(
    content: _Values, nested: dict[str, list[_Values]], credit_sign: CreditSign, masters: Masters
) -> _Values:
    totals = {name: content[name] for name in TOTALS}
    line_values, vat_values = nested["lines"], nested["vat_amounts"]
    if content["type"].is_credit and is_turned(credit_sign, totals):
        totals = turn(totals, TOTALS)
        line_values = [turn(values, LINE_AMOUNTS) for values in line_values]
        vat_values = [turn(values, VAT_AMOUNTS) for values in vat_values]
    lines = tuple(_invoice_line(values) for values in line_values)
    vat_values = vat_values or derive_vat_amounts(lines, totals["total_vat"], masters)
    vat_amounts = tuple(complete_vat_amount(values, lines, content["type"], masters) for values in vat_values)
    totals["g_account_amount"] = totals["g_account_amount"] or ZERO
    return {**totals, "lines": lines, "vat_amounts": vat_amounts}


def _invoice_line(values: _Values) -> DocumentLine:
    if values["quantity"] is None and values["unit_price"] is None:
        values = values | {"quantity": Decimal(1), "unit_price": values["amount"]}
    return DocumentLine(**values)


def _memorial(line_values: list[_Values], content: _Values) -> _Values:
    lines = tuple(_memorial_line(values, content["description"]) for values in line_values)
    debit = sum((line.amount for line in lines if line.amount > 0), ZERO)
    no_vat: tuple[VatAmount, ...] = ()
    return {
        "party": None,
        "supplier_number": None,
        "original_number": None,
        "payment_term": None,
        "due_date": None,
        "total_net": debit,
        "total_vat": ZERO,
        "total_gross": debit,
        "g_account_amount": ZERO,
        "lines": lines,
        "vat_amounts": no_vat,
    }


def _memorial_line(values: _Values, description: str) -> DocumentLine:
    debit, credit = values.pop("debit") or ZERO, values.pop("credit") or ZERO
    return DocumentLine(
        **(values | {"amount": debit - credit, "description": values["description"] or description})
    )
