"""Keep what a person decided about a booked document: accept what was found, correct it, or book it anew."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import Decision
from finance_hooks.store.documents import document
from finance_hooks.store.events import append_event
from finance_hooks.store.findings import (
    BOOKS_DIFFER,
    SOURCE_CHANGED,
    FindingDecision,
    FindingKind,
    finding,
)
from finance_hooks.store.following import is_latest
from finance_hooks.store.posting_moves import to_parked
from finance_hooks.store.postings import posting


def find_findings(
    connection: sa.Connection,
    name: str | None,
    *,
    sync_id: str | None,
    kinds: Collection[FindingKind] = (*SOURCE_CHANGED, *BOOKS_DIFFER),
    locked: bool = True,
) -> list[sa.Row[Any]]:
    """Find open findings by document number, reference or entry number, without a name all; lock them."""
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    chosen = (
        sa.select(
            finding,
            posting.c.document_id,
            posting.c.sync_id,
            posting.c.books,
            posting.c.purpose,
            posting.c.adopted,
            posting.c.reference,
            posting.c.target_entry_number,
            number.label("document_number"),
            document.c.document_date,
            is_latest().label("is_latest"),
        )
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(finding.c.settled_at.is_(None), finding.c.kind.in_([kind.value for kind in kinds]))
        .order_by(posting.c.sync_id, finding.c.finding_id)
    )
    if locked:
        chosen = chosen.with_for_update(of=finding)
    if name is not None:
        asked = name.strip()
        chosen = chosen.where(
            sa.or_(
                number == asked,
                posting.c.reference == asked.strip("[]"),
                posting.c.target_entry_number == asked,
            )
        )
    if sync_id is not None:
        chosen = chosen.where(posting.c.sync_id == sync_id)
    return list(connection.execute(chosen))


def accept(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> str | None:
    """Leave things as they were found: they are not named again unless they change. Always done.

    A reversal of what has gone is void: what follows it goes without.
    """
    _decide(connection, found, FindingDecision.ACCEPT, decision, settled_at=decision.at)
    if found.kind == FindingKind.MISSING_IN_BOOKS:
        _let_go(connection, found.posting_id, decision)
        _void_reversal(connection, found, decision)
    return None


def correct(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> str | None:
    """Let the next run reverse a booking, and book the document as it is now; returns why not, if so."""
    if found.kind not in set(SOURCE_CHANGED):
        return "the source has not changed it"
    if found.adopted:
        return "somebody else booked it; correct it in the package, then accept the finding"
    if not found.is_latest:
        return "its correction is under way"
    _decide(connection, found, FindingDecision.CORRECT, decision)
    return None


def rebook(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> str | None:
    """Let the next run book a document anew whose booking has gone from the books; returns why not, if so."""
    if found.kind != FindingKind.MISSING_IN_BOOKS:
        return "its booking is in the books"
    if found.purpose == Purpose.REVERSE.value:
        return "a reversal is not made again; delete the booking it reversed, too, and accept both findings"
    if not found.is_latest:
        return "it has been reversed; accept the finding"
    _decide(connection, found, FindingDecision.REBOOK, decision)
    _let_go(connection, found.posting_id, decision)
    return None


def _let_go(connection: sa.Connection, posting_id: int, decision: Decision) -> None:
    mine = posting.c.posting_id == posting_id
    connection.execute(sa.update(posting).where(mine).values(gone_at=decision.at))


def _void_reversal(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> None:
    """Let go of the reversal of what has gone, too, unless it left already."""
    chosen = sa.select(posting.c.posting_id, posting.c.state).where(
        posting.c.follows == found.posting_id,
        posting.c.purpose == Purpose.REVERSE.value,
        posting.c.state.in_((PostingState.PENDING.value, PostingState.PARKED.value)),
        posting.c.frozen_at.is_(None),
    )
    reversal = connection.execute(chosen.with_for_update()).one_or_none()
    if reversal is None:
        return
    if reversal.state == PostingState.PENDING.value:
        gone = Reason(
            code=ReasonCode.REVERSED_MISSING,
            document=found.document_number,
            field="booking",
            value=found.target_entry_number or found.reference,
        )
        to_parked(connection, reversal.posting_id, (gone,), decision.stamp)
    _let_go(connection, reversal.posting_id, decision)


def _decide(
    connection: sa.Connection,
    found: sa.Row[Any],
    what: FindingDecision,
    decision: Decision,
    **columns: object,
) -> None:
    connection.execute(
        sa.update(finding)
        .where(finding.c.finding_id == found.finding_id)
        .values(
            decision=what.value,
            decided_at=decision.at,
            decided_by=decision.who,
            decided_why=decision.why,
            **columns,
        )
    )
    detail = decision.detail | {"decision": what.value, "finding": found.kind, "subject": found.subject}
    append_event(connection, "decided", decision.stamp, posting_id=found.posting_id, detail=detail)
