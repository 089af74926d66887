"""A plan of a few documents, one in every place."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from finance_hooks.model.document import EntryKind
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.selection import Selection
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_calls import Counted
from finance_hooks.posting.plan_clock import Limit
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.targets.foresight import Calls
from finance_hooks.transport.budget import Room
from tests.integration.chain.offering import administration
from tests.targets.exactonline.samples import SAMPLES

AT = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)
REASON = Reason(code=ReasonCode.VAT_CODE_UNMAPPED, document="F1", line=2, field="vat_code", value="H9")
SECOND = Reason(code=ReasonCode.PARTY_UNMAPPED, document="F1", field="party", value="10001")
SELECTION = Selection(
    changed_since=None, dated_from=date(2026, 11, 1), dated_until=date(2026, 11, 5), moves_watermark=False
)
CALLS = (
    Calls(step="load", what="chart", count=8),
    Calls(step="load", what="entries", count=1, units=3, changes_books=True),
)


def planned(place: Place, **fields: Any) -> Planned:
    """Describe a document in a place."""
    wanted: dict[str, Any] = {
        "document_key": f"qubz/100/sales_invoice/{place}/1",
        "number": f"F-{place}",
        "kind": EntryKind.SALES,
        "dated_on": date(2026, 11, 3),
        "party": "10001",
        "place": place,
    }
    return Planned(**wanted | fields)


DOCUMENTS = (
    planned(Place.BOOK, entry=SAMPLES["S1"], reference=SAMPLES["S1"].reference, warnings=("odd",)),
    planned(Place.PARKED, number="F1", reasons=(REASON, SECOND)),
    planned(Place.BOOKED, why="26700001", has_changed=True),
    planned(Place.BEFORE_START, dated_on=None),
)


def plan(**fields: Any) -> Plan:
    """Make a plan; `fields` replace its own."""
    foreseen = Foreseen(
        selection=SELECTION,
        read=5,
        not_offered=1,
        planned=DOCUMENTS,
        proved=frozenset(),
        dated_from=date(2026, 9, 20),
        dated_until=date(2026, 11, 4),
        today=date(2026, 11, 4),
        stopped=None,
        sent_until=None,
        at=AT,
    )
    room = Room(length_s=60, remaining=40, limit=60, reserve=10, left_s=29.6)
    made = Plan(
        administration=administration("exact_nl"),
        target="Exact Online",
        at=AT,
        foreseen=foreseen,
        planned=DOCUMENTS,
        counted=Counted(calls=CALLS, planned=DOCUMENTS, later=2),
        limits=(Limit(name="calls", room=room, is_backfill=False),),
        unit="calls",
        pace_s=0.5,
        done_at=AT,
        made_calls=9,
        uncounted=("relations",),
        books_why_not=None,
    )
    return replace(made, **fields)
