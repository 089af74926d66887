"""Keep what a person decided about a document, with who and why: hold it back, release it, offer it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.following import is_void
from finance_hooks.store.posting_moves import to_parked
from finance_hooks.store.postings import posting

P = PostingState
BY_HAND = "by hand"
"""The run of what no run did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decided, when, and why."""

    who: str
    why: str
    at: datetime

    @property
    def stamp(self) -> Stamp:
        """Stamp the events of this decision."""
        return Stamp(run_id=BY_HAND, at=self.at)

    @property
    def detail(self) -> dict[str, object]:
        """Say in an event who decided and why."""
        return {"who": self.who, "why": self.why}


def find_unsettled(
    connection: sa.Connection, name: str | None, *, sync_id: str | None, locked: bool = True
) -> list[sa.Row[Any]]:
    """Find postings by reference or document number, without a name all that are parked.

    They are locked for who decides about them; who only looks must keep no run from its work.
    """
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    chosen = (
        sa.select(posting, number.label("document_number"), document.c.document_date)
        .join(document, document.c.document_id == posting.c.document_id)
        .order_by(posting.c.sync_id, posting.c.posting_id)
    )
    if locked:
        chosen = chosen.with_for_update(of=posting)
    if name is None:
        chosen = chosen.where(posting.c.state == P.PARKED.value, ~is_void())
    else:
        asked = name.strip()
        chosen = chosen.where((posting.c.reference == asked.strip("[]")) | (number == asked))
    if sync_id is not None:
        chosen = chosen.where(posting.c.sync_id == sync_id)
    return list(connection.execute(chosen))


def hold(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> bool:
    """Keep a posting that is not under way from being sent until somebody releases it."""
    if P(found.state) not in {P.PENDING, P.PARKED}:
        return False
    held = Reason(code=ReasonCode.ON_HOLD, document=found.document_number, detail=decision.why)
    _write(connection, found, held_at=decision.at, held_by=decision.who, held_why=decision.why)
    if P(found.state) is P.PENDING:
        to_parked(connection, found.posting_id, (held,), decision.stamp)
    else:
        others = [reason for reason in found.reasons if reason["code"] != ReasonCode.ON_HOLD]
        _write(connection, found, reasons=[*others, *reasons_to_plain((held,))])
    append_event(connection, "held", decision.stamp, posting_id=found.posting_id, detail=decision.detail)
    return True


def release(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> bool:
    """Let a held posting go: the next run maps it and sends it."""
    if found.held_at is None:
        return False
    _write(connection, found, held_at=None, held_by=None, held_why=None)
    append_event(connection, "released", decision.stamp, posting_id=found.posting_id, detail=decision.detail)
    return True


def retry(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> bool:
    """Let the next run offer again what was refused tonight, or waits for an instant."""
    if P(found.state) not in {P.PENDING, P.PARKED} or (found.refused_on is None and found.not_before is None):
        return False
    _write(connection, found, refused_on=None, refused_digest=None, not_before=None, waiting_why=None)
    append_event(connection, "retried", decision.stamp, posting_id=found.posting_id, detail=decision.detail)
    return True


def held_reasons(found: sa.Row[Any]) -> tuple[Reason, ...]:
    """Return the reason for which a posting is held back, nothing when it is not."""
    if found.held_at is None:
        return ()
    return (Reason(code=ReasonCode.ON_HOLD, document=found.document_number, detail=found.held_why),)


def _write(connection: sa.Connection, found: sa.Row[Any], **columns: object) -> None:
    mine = posting.c.posting_id == found.posting_id
    connection.execute(sa.update(posting).where(mine).values(**columns))
