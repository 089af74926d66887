"""Standings of documents, and reports on them, alike unless a test says otherwise."""

from decimal import Decimal
from typing import Any

from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.report import Proof, Report, make_report
from finance_hooks.store.proof import Standing
from tests.integration.posting.night import ADMINISTRATION

TONIGHT, EARLIER = "tonight", "last night"
ON_HOLD = Reason(code=ReasonCode.ON_HOLD, document="1")
UNMAPPED = Reason(code=ReasonCode.VAT_CODE_UNMAPPED, document="1", field="VatCode", value="VX99")


def standing(state: PostingState, gross: str | None = "100.00", **changes: Any) -> Standing:
    """Make a document's standing; what is booked was sent tonight, what is parked has been so for long."""
    values: dict[str, Any] = {
        "posting_id": 1,
        "document": "1",
        "purpose": Purpose.BOOK,
        "n": 1,
        "is_latest": True,
        "is_undone": False,
        "is_gone": False,
        "is_accepted": False,
        "target_entry_number": None,
        "sent_run_id": TONIGHT if state is PostingState.BOOKED else None,
        "lease_generation": 7 if state is PostingState.SENDING else None,
        "reasons": (UNMAPPED,) if state is PostingState.PARKED else (),
        "reasons_since_run": EARLIER if state is PostingState.PARKED else None,
        "waiting_why": None,
        "warnings": (),
        "reference": "QABCDEFGHIJ",
        "target_entry_id": None,
        "journal": "70",
        "period": None,
        "booked_at": None,
        "entry": None,
    }
    return Standing(state=state, gross=None if gross is None else Decimal(gross), **(values | changes))


def journal(books_gross: str, difference: str = "0.00", **changes: Any) -> dict[str, Any]:
    """Make one journal's comparison with the books."""
    values = {"books_gross": books_gross, "difference": difference, "conversion_residue": "0.00"}
    return values | {"not_ours": 0} | changes


def report_of(*standings: Standing, **changes: Any) -> Report:
    """Report on standings whose documents the source counts too, and whose bookings are in the books."""
    gross = sum(
        (one.gross or Decimal(0) for one in standings if one.state is PostingState.BOOKED), Decimal("0.00")
    )
    values: dict[str, Any] = {
        "run_id": TONIGHT,
        "standings": standings,
        "documents": len(standings),
        "before_start": 0,
        "withdrawn": 0,
        "comparisons": (journal(str(gross)),),
        "findings": (),
    }
    return make_report(ADMINISTRATION, Proof(**(values | changes)))
