"""Pictures of a night on which all is well, to be spoilt."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from adversary.judge import judge
from adversary.picture import Entered, Issued, Picture, Posted

OURS = "QABCDEFGHIJ"
SUMS = {"13011": Decimal("121.00"), "80000": Decimal("-100.00"), "16221": Decimal("-21.00")}

DAY = "2026-10-30"

ISSUED = Issued(number="2026100123", dated_on=DAY, lines=2, sums=SUMS)
POSTED = Posted(
    reference=OURS,
    number="2026100123",
    purpose="book",
    state="booked",
    reasons=(),
    history=("prepared", "sending", "booked"),
    is_gone=False,
    findings=frozenset(),
)
ENTERED = Entered(
    administration="1234567",
    document="2026100123",
    dated_on=DAY,
    references=frozenset({OURS}),
    sums=SUMS,
)


def a_picture(**changes: Any) -> Picture:
    """Return a picture of one document that is booked as it was issued, but for the changes."""
    well = Picture(administration="1234567", issued=(ISSUED,), posted=(POSTED,), entered=(ENTERED,), deeds={})
    return replace(well, **changes)


def kinds(**changes: Any) -> list[str]:
    """Return what the judge calls that picture, one word a violation."""
    return [violation.kind for violation in judge(a_picture(**changes))]
