"""Audit files for the tests: one booking of the sample entry, written in the ways of packages."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from emulators.audit_file import write_audit_file
from emulators.audit_file_style import Header, Style
from finance_hooks.posting.audit_file import AuditFile, AuditTransaction
from finance_hooks.posting.audit_file_entries import Seen, as_booked
from tests.posting.entries import ENTRY

HEADER = Header(
    company="1", fiscal_year="2026", first_day="2026-01-01", last_day="2026-12-31", made_on="2026-11-06"
)


def leg(account: str, debit: str, credit: str, **fields: Any) -> dict[str, Any]:
    known = {"account": account, "debit": debit, "credit": credit, "in_currency": "0.00", "is_vat": False}
    empty = dict.fromkeys(("vat_code", "cost_centre", "party", "text"))
    return known | empty | fields


SALE: dict[str, Any] = {
    "administration": "1",
    "journal": "70",
    "number": "26700001",
    "document": "2026100123",
    "reference": "Contract C-2201 [QABCDEFGHIJ]",
    "date": "2026-10-31",
    "period": "2026/10",
    "party": "10045",
    "currency": "EUR",
    "rate": "1",
    "lines": [
        leg("1300", "418.60", "0.00", party="10045", text="Contract C-2201"),
        leg("8000", "0.00", "345.95", vat_code="4", cost_centre="INZ"),
        leg("1650", "0.00", "72.65", vat_code="4", is_vat=True),
    ],
}


def written(
    folder: Path, style: Style, entries: Sequence[dict[str, Any]] = (SALE,), header: Header = HEADER
) -> AuditFile:
    to = io.BytesIO()
    write_audit_file(to, header, entries, style)
    path = folder / "books.xaf"
    path.write_bytes(to.getvalue())
    return AuditFile(path)


def read(folder: Path, style: Style, entries: Sequence[dict[str, Any]] = (SALE,)) -> list[AuditTransaction]:
    return list(written(folder, style, entries).transactions())


def seen(folder: Path, style: Style, entry: Any = ENTRY, sale: dict[str, Any] = SALE) -> Seen:
    file = written(folder, style, [sale])
    transaction = list(file.transactions())[-1]
    return as_booked(
        transaction, entry, fiscal_year=2026, vat_accounts=file.vat_accounts, currency=file.currency or ""
    )
