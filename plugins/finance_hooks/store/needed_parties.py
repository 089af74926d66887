"""Find the parties that documents wait for which are not booked yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.administration import Administration
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyKey, PartyNeed
from finance_hooks.model.plain import needs_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store import outbox
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting

P = PostingState
ABOUT_PARTIES = frozenset(
    {
        ReasonCode.PARTY_PROPOSED,
        ReasonCode.PARTY_AMBIGUOUS,
        ReasonCode.PARTY_COLLIDES,
        ReasonCode.PARTY_BLOCKED,
        ReasonCode.PARTY_CODE_UNFIT,
        ReasonCode.PARTY_SIDE_MISSING,
        ReasonCode.PARTY_NOT_WRITTEN,
        ReasonCode.PARTY_REFUSED,
    }
)
"""The reasons that relations give; a document parked for these alone still needs its parties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededParty:
    """A party that documents need; `refused` when the package refused one of them before."""

    need: PartyNeed
    refused: bool


def needed_parties(connection: sa.Connection, administration: Administration) -> list[NeededParty]:
    """Return the parties of documents to be sent, each with its side once, by number."""
    found: dict[PartyNeed, bool] = {}
    for row in _rows(connection, administration):
        if row.state == P.PARKED.value and not _about_parties(row.reasons):
            continue
        for need in needs_from_plain(row.parties):
            found[need] = found.get(need, False) or row.refused_digest is not None
    ordered = sorted(found, key=lambda need: (need.party, need.role))
    return [NeededParty(need=need, refused=found[need]) for need in ordered]


def let_wait(
    connection: sa.Connection,
    administration: Administration,
    keys: Collection[PartyKey],
    until: datetime,
    why: str,
) -> int:
    """Let the pending documents that need any of these parties wait; returns how many."""
    waiting = [
        int(row.posting_id)
        for row in _rows(connection, administration)
        if row.state == P.PENDING.value
        and any((need.party, need.role) in keys for need in needs_from_plain(row.parties))
    ]
    outbox.wait_until(connection, waiting, until, why)
    return len(waiting)


def _rows(connection: sa.Connection, administration: Administration) -> list[sa.Row[Any]]:
    chosen = (
        sa.select(
            posting.c.posting_id,
            posting.c.state,
            posting.c.parties,
            posting.c.reasons,
            posting.c.refused_digest,
        )
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.books == administration.books,
            document.c.organisation == administration.organisation,
            posting.c.state.in_((P.PENDING.value, P.PARKED.value)),
            posting.c.frozen_at.is_(None),
            posting.c.parties != sa.text("'[]'::jsonb"),
        )
    )
    return list(connection.execute(chosen))


def _about_parties(reasons: list[dict[str, Any]]) -> bool:
    return all(reason["code"] in ABOUT_PARTIES for reason in reasons)
