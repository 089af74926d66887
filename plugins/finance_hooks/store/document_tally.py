"""Tally what is not booked in one administration, by state and by reason, with what it comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.following import is_void
from finance_hooks.store.postings import posting
from finance_hooks.store.runs import run

P = PostingState
MOST = 20_000
"""No more documents of one state are tallied than these."""
NOT_BOOKED = tuple(state.value for state in P if state is not P.BOOKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Documents that have something in common: how many, what they come to, since when the first waits.

    `gross` sums those whose amount could be read, credit notes taken off; `unreadable` counts the others.
    `held` are held by a person; `retriable` were refused or wait, and can be offered again.
    """

    documents: int
    gross: Decimal
    unreadable: int
    since: datetime
    held: int
    retriable: int

    @property
    def is_bounded(self) -> bool:
        """Whether there are more than were tallied."""
        return self.documents > MOST


def by_state(connection: sa.Connection, sync_id: str) -> Mapping[str, Tally]:
    """Tally what is not booked by state."""
    states = (
        sa.func.unnest(pg.array(NOT_BOOKED, type_=sa.Text)).table_valued("state").render_derived("states")
    )
    each = _of_state(sync_id, states.c.state).correlate(states).lateral("each")
    chosen = (
        sa.select(states.c.state.label("key"), *_figures(each))
        .select_from(states.join(each, sa.true()))
        .group_by(states.c.state)
    )
    return _tallies(connection, chosen)


def by_reason(connection: sa.Connection, sync_id: str) -> Mapping[str, Tally]:
    """Tally what is parked by reason; a document counts with each of its reasons."""
    parked = _of_state(sync_id, sa.literal(P.PARKED.value)).subquery("parked")
    reason = sa.func.jsonb_array_elements(parked.c.reasons).table_valued("value").render_derived("reason")
    code = sa.cast(reason.c.value, pg.JSONB)["code"].astext
    codes = sa.select(code.label("code")).distinct().correlate(parked).lateral("codes")
    chosen = (
        sa.select(codes.c.code.label("key"), *_figures(parked))
        .select_from(parked.join(codes, sa.true()))
        .group_by(codes.c.code)
    )
    return _tallies(connection, chosen)


def _of_state(sync_id: str, state: sa.ColumnElement[str]) -> sa.Select[Any]:
    parked_in = (run.c.sync_id == posting.c.sync_id) & (run.c.run_id == posting.c.reasons_since_run)
    is_parked = posting.c.state == P.PARKED.value
    since = sa.case((is_parked, sa.func.coalesce(run.c.started_at, posting.c.held_at)))
    can_wait = posting.c.state.in_((P.PENDING.value, P.PARKED.value))
    return (
        sa.select(
            posting.c.reasons,
            document.c.gross,
            posting.c.held_at.is_not(None).label("is_held"),
            (can_wait & (posting.c.refused_on.is_not(None) | posting.c.not_before.is_not(None))).label(
                "is_retriable"
            ),
            sa.func.coalesce(since, posting.c.frozen_at, posting.c.created_at).label("since"),
        )
        .select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .join(run, parked_in, isouter=True)
        .where(
            posting.c.sync_id == sync_id,
            posting.c.state == state,
            posting.c.state != P.BOOKED.value,
            ~is_void(),
        )
        .limit(MOST + 1)
    )


def _figures(rows: sa.FromClause) -> list[sa.Label[Any]]:
    return [
        sa.func.count().label("documents"),
        sa.func.coalesce(sa.func.sum(rows.c.gross), 0).label("gross"),
        sa.func.count().filter(rows.c.gross.is_(None)).label("unreadable"),
        sa.func.min(rows.c.since).label("since"),
        sa.func.count().filter(rows.c.is_held).label("held"),
        sa.func.count().filter(rows.c.is_retriable).label("retriable"),
    ]


def _tallies(connection: sa.Connection, chosen: sa.Select[Any]) -> dict[str, Tally]:
    rows = connection.execute(chosen.order_by(sa.desc("documents"), sa.asc("key")))
    return {
        row.key: Tally(
            documents=row.documents,
            gross=Decimal(row.gross),
            unreadable=row.unreadable,
            since=row.since,
            held=row.held,
            retriable=row.retriable,
        )
        for row in rows
    }
