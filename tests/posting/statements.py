"""A statement of October for the tests, with something of everything."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.entry import Period
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.comparison import Comparison, Reading, empty, not_ours
from finance_hooks.posting.reconciliation import Fault, Reconciliation
from finance_hooks.posting.statement import Statement, Wish
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.statements import Decided, OpenDocument, OpenFinding
from tests.integration.posting.night import ADMINISTRATION
from tests.posting.entries import BOOKED, ENTRY, by_hand
from tests.posting.test_comparison import BOXES

AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
OCTOBER = Period(fiscal_year=2026, number=10)
DIFFERS = Fault(
    kind=FindingKind.AMOUNT_DIFFERS,
    posting_id=1,
    document="2026100123",
    subject="id-1",
    detail={
        "differences": [
            {"what": "VAT 4", "sent": "72.65", "booked": "72.66"},
            {"what": "day", "sent": "2026-10-31", "booked": "2026-11-01"},
            {"what": "party", "sent": "10045", "booked": "10046"},
        ]
    },
)
TWICE = replace(DIFFERS, kind=FindingKind.BOOKED_TWICE, detail={"number": "26709999", "journal": "70"})


def october(*, others: int = 0) -> Comparison:
    comparison = empty("70", OCTOBER)
    comparison.add(ENTRY.gross_in_books, ENTRY, (BOOKED,), Reading(boxes=BOXES))
    for number in range(others):
        comparison.add_other(not_ours(by_hand(entry_number=f"{number:03}")))
    return comparison


def found(*comparisons: Comparison, faults: tuple[Fault, ...] = (), **changes: Any) -> Reconciliation:
    return Reconciliation(
        comparisons=comparisons or (october(),), faults=faults, compared=(1,), at=AT, **changes
    )


def statement(
    language: Any = "nl", reconciliation: Reconciliation | None = None, **changes: Any
) -> Statement:
    wish = Wish(
        month=date(2026, 10, 1), language=language, made_by="Els", proved_by="Books", source_id="qubz"
    )
    values: dict[str, Any] = {
        "administration": ADMINISTRATION,
        "wish": wish,
        "found": reconciliation or found(),
        "documents": (),
        "findings": (),
        "decisions": (),
        "source_read_until": AT,
    }
    return Statement(**(values | changes))


def busy_statement(language: Any) -> Statement:
    """Make a statement with open points of every kind."""
    return statement(
        language,
        found(october(others=41), faults=(DIFFERS, TWICE), untold={"vat_codes": 2}, after_reading=3),
        documents=(
            OpenDocument(
                document="2026100200",
                dated_on=date(2026, 10, 30),
                state=PostingState.PARKED,
                gross=Decimal("1234.56"),
                reasons=(Reason(code=ReasonCode.ON_HOLD, document="2026100200", detail="klant belt"),),
                waiting_why=None,
                held_by="Anja",
            ),
            OpenDocument(
                document="2026100201",
                dated_on=None,
                state=PostingState.PENDING,
                gross=None,
                reasons=(),
                waiting_why="the day's limit",
                held_by=None,
            ),
        ),
        findings=(OpenFinding(kind="drift", document="2026100124", first_found_at=AT, detail={"a": 1}),),
        decisions=(Decided(at=AT, what="held", who="Anja", why="klant belt", document="2026100200"),),
        source_read_until=None,
    )
