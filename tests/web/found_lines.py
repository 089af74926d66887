"""Lines of documents as tests of pages want them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.document_search import Found
from finance_hooks.store.one_document import NotedFinding, OneDocument, Standing
from finance_hooks.store.provenance import Provenance
from finance_hooks.store.sought_documents import Place

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
LINE = Found(
    place=Place(dated_on=date(2026, 10, 1), document_id=1, posting_id=1),
    sync_id="exact_nl",
    reference="QAAAAAAAAAA",
    purpose="book",
    document_number="2026-1",
    document_type="sales_invoice",
    document_date=date(2026, 10, 1),
    party_code="R1",
    party_name="Voorbeeld B.V.",
    gross=Decimal("121.00"),
    state=PostingState.PARKED,
    is_void=False,
    reasons=(),
    since=AT,
)
STANDING = Standing(
    journal=None,
    fiscal_year=None,
    period=None,
    entry_id=None,
    entry_number=None,
    adopted=False,
    gone_at=None,
    held=None,
    released=False,
    can_retry=False,
    waits_until=None,
    waits_why=None,
    warnings=(),
    bookings=(),
    confirmed=None,
    is_in_file=False,
)
PROVENANCE = Provenance(
    document_key="key",
    document_number="2026-1",
    sync_id="exact_nl",
    books="exactonline:1",
    state="parked",
    reference=LINE.reference,
    target_entry_id=None,
    target_entry_number=None,
    sent_run_id=None,
    entry=None,
    reasons=(),
    mapping_rows={},
    resource="salesinvoices",
    source={},
    purged_at=None,
    history=(),
)
FINDING = NotedFinding(
    kind="drift",
    reference=LINE.reference,
    detail={},
    first_found_at=AT,
    last_found_at=AT,
    settled_at=None,
    decision=None,
    decided_by=None,
    decided_why=None,
    decided_at=None,
    kept_back=(),
)


def line(number: int, **changed: Any) -> Found:
    """Return a line with a place of its own."""
    return replace(LINE, place=replace(LINE.place, document_id=number, posting_id=number), **changed)


def document(state: PostingState = PostingState.PARKED, **standing: Any) -> OneDocument:
    """Return one document in a state."""
    mine = replace(LINE, state=state)
    return OneDocument(
        line=mine,
        standing=replace(STANDING, **standing),
        provenance=PROVENANCE,
        chain=(mine,),
        findings=(),
        file=None,
    )
