"""Write the books of a night as audit files, and prove them by these."""

import io
from pathlib import Path
from typing import Any

from emulators.audit_file import write_audit_file
from emulators.audit_file_style import Header, Style
from finance_hooks.model.entry import BookedEntry
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.reconcile_file import reconcile_files
from finance_hooks.posting.reconciliation import Asked, Reconciliation
from finance_hooks.posting.span import EVERYTHING_BOOKED, scope_of
from tests.integration.posting.night import SOURCE_ID, Night


def shown(booked: BookedEntry, **changes: Any) -> dict[str, Any]:
    """Write a booking as a control route shows it."""
    lines = [
        {
            "account": line.ledger_account,
            "debit": str(line.debit),
            "credit": str(line.credit),
            "in_currency": "0.00",
            "vat_code": line.vat_code,
            "is_vat": line.is_vat,
            "cost_centre": None,
            "party": booked.party if line.ledger_account == "1300" else None,
            "text": None,
        }
        for line in booked.lines
    ]
    entry = {
        "administration": "1",
        "journal": booked.journal,
        "number": booked.entry_number,
        "document": booked.number,
        "reference": " ".join(f"[{reference}]" for reference in booked.references) or None,
        "date": str(booked.entry_date),
        "period": f"{booked.period.fiscal_year}/{booked.period.number}",
        "party": booked.party,
        "currency": booked.currency,
        "rate": "1",
        "lines": lines,
    }
    return entry | changes


def file_of(folder: Path, entries: list[dict[str, Any]], name: str = "books", **header: str) -> AuditFile:
    known = {
        "company": "1",
        "fiscal_year": "2026",
        "first_day": "2026-01-01",
        "last_day": "2026-12-31",
        "made_on": "2026-11-06",
    }
    to = io.BytesIO()
    write_audit_file(to, Header(**(known | header)), entries, Style())
    path = folder / f"{name}.xaf"
    path.write_bytes(to.getvalue())
    return AuditFile(path)


def proved(night: Night, *files: AuditFile) -> Reconciliation:
    return reconcile_files(night.work("by hand"), files, asked(night))


def asked(night: Night) -> Asked:
    scope = scope_of(night.work("by hand"), SOURCE_ID, EVERYTHING_BOOKED)
    return Asked(source_id=SOURCE_ID, scope=scope)


def booked(night: Night) -> list[BookedEntry]:
    return [entry for _, entry in night.books.booked]
