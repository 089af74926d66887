"""Move postings from state to state, each move with its event, in the caller's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.outcome import Booked
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.events import Stamp, Told, append_event, append_events
from finance_hooks.store.following import waits_for_reversal
from finance_hooks.store.postings import posting

P = PostingState
NOT_WAITING: Mapping[str, Any] = {"not_before": None, "waiting_why": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Under which generation of the lease entries are sent, and when that lease ends; into which file."""

    generation: int
    sent_until: datetime
    file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    origins: frozenset[PostingState]
    to: PostingState
    columns: Mapping[str, Any]
    detail: dict[str, object] = field(default_factory=dict)
    generation: int | None = None


def claim(
    connection: sa.Connection, wanted: Mapping[int, str], claimed: Claim, stamp: Stamp
) -> frozenset[int]:
    """Move pending postings to sending and freeze their entries; returns those that really moved.

    `wanted` are the digests of the entries as the caller has them: one that was mapped anew meanwhile stays,
    and so does what waits for a reversal. The caller checks in the same transaction that it holds the lease.
    """
    moved = connection.execute(
        sa.update(posting)
        .where(
            sa.tuple_(posting.c.posting_id, posting.c.entry_digest).in_(sorted(wanted.items())),
            posting.c.state == P.PENDING.value,
            ~waits_for_reversal(),
        )
        .values(
            state=P.SENDING.value,
            frozen_at=sa.func.coalesce(posting.c.frozen_at, stamp.at),
            lease_generation=claimed.generation,
            sent_until=claimed.sent_until,
            sent_run_id=stamp.run_id,
            file_id=claimed.file_id,
            **NOT_WAITING,
        )
        .returning(posting.c.posting_id)
    )
    posting_ids = sorted(int(row.posting_id) for row in moved)
    detail = {"generation": claimed.generation}
    append_events(connection, "sending", stamp, [Told(posting_id=one, detail=detail) for one in posting_ids])
    return frozenset(posting_ids)


def orphans_to_unknown(
    connection: sa.Connection, books: str, *, generation: int, ended_at: datetime | None, stamp: Stamp
) -> int:
    """Turn every sending of an older generation of the lease into unknown; returns how many.

    `ended_at` is when the lending before the present one ended: nothing was sent under it after that.
    """
    moved = connection.execute(
        sa.update(posting)
        .where(
            posting.c.books == books,
            posting.c.state == P.SENDING.value,
            posting.c.lease_generation < generation,
        )
        .values(state=P.UNKNOWN.value, sent_until=ended_at or stamp.at)
        .returning(posting.c.posting_id)
    ).all()
    detail = {"why": "the sender disappeared before it noted an answer"}
    told = [Told(posting_id=row.posting_id, detail=detail) for row in moved]
    append_events(connection, "unknown", stamp, told)
    return len(moved)


def to_booked(
    connection: sa.Connection, posting_id: int, booked: Booked, stamp: Stamp, *, adopted: bool = False
) -> bool:
    """Note that the books have the entry; `adopted` when somebody else booked it.

    Always believed, from whichever generation of the lease the news comes: it is a fact about the books.
    """
    sent_run_id = None if adopted else posting.c.sent_run_id
    return _move(
        connection,
        posting_id,
        _Move(
            origins=frozenset({P.SENDING, P.UNKNOWN, P.PENDING, P.DELIVERED}),
            to=P.BOOKED,
            columns={
                "adopted": adopted,
                "target_entry_id": booked.id,
                "target_entry_number": booked.number,
                "booked_at": stamp.at,
                "sent_run_id": sent_run_id,
                "frozen_at": None,
                "reasons": [],
                "reasons_since_run": None,
                **NOT_WAITING,
            },
            detail={"id": booked.id, "number": booked.number, "adopted": adopted},
        ),
        stamp,
    )


def to_parked(
    connection: sa.Connection,
    posting_id: int,
    reasons: tuple[Reason, ...],
    stamp: Stamp,
    *,
    refused_on: date | None = None,
    generation: int | None = None,
) -> bool:
    """Park a posting for a person; `refused_on` is the business date on which the target refused it.

    With `generation` only a sending of that generation of the lease is moved: a sender that froze and came
    back has no say any more.
    """
    plain = reasons_to_plain(reasons)
    same = posting.c.reasons == sa.cast(sa.literal(plain, pg.JSONB), pg.JSONB)
    columns: dict[str, Any] = {
        "reasons": plain,
        "reasons_since_run": sa.case(
            (same & posting.c.reasons_since_run.is_not(None), posting.c.reasons_since_run),
            else_=stamp.run_id,
        ),
        "frozen_at": None,
        **NOT_WAITING,
    }
    if refused_on is not None:
        columns |= {"refused_on": refused_on, "refused_digest": posting.c.entry_digest}
    detail: dict[str, object] = {
        "reasons": [reason["code"] for reason in plain],
        "refused": refused_on is not None,
    }
    origins = frozenset({P.PENDING, P.SENDING, P.UNKNOWN, P.DELIVERED})
    move = _Move(origins=origins, to=P.PARKED, columns=columns, detail=detail, generation=generation)
    return _move(connection, posting_id, move, stamp)


def to_delivered(
    connection: sa.Connection, posting_id: int, file: str, stamp: Stamp, *, generation: int | None = None
) -> bool:
    """Note that an entry stands in a file that may have been imported already."""
    move = _Move(
        origins=frozenset({P.SENDING, P.UNKNOWN, P.PENDING}),
        to=P.DELIVERED,
        columns={"delivered_at": stamp.at, "reasons": [], "reasons_since_run": None, **NOT_WAITING},
        detail={"file": file},
        generation=generation,
    )
    return _move(connection, posting_id, move, stamp)


def to_unknown(
    connection: sa.Connection, posting_id: int, why: str, stamp: Stamp, *, generation: int
) -> bool:
    """Note that the answer about an entry sent under this generation of the lease was lost."""
    move = _Move(
        origins=frozenset({P.SENDING}),
        to=P.UNKNOWN,
        columns={"sent_until": stamp.at},
        detail={"why": why},
        generation=generation,
    )
    return _move(connection, posting_id, move, stamp)


def to_pending(
    connection: sa.Connection,
    posting_id: int,
    why: str,
    stamp: Stamp,
    *,
    not_before: datetime | None = None,
    generation: int | None = None,
) -> bool:
    """Offer a posting again: never sent, proven absent from the books, or its reason is gone."""
    move = _Move(
        origins=frozenset({P.SENDING, P.UNKNOWN, P.PARKED}),
        to=P.PENDING,
        columns={"not_before": not_before, "waiting_why": why if not_before else None},
        detail={"why": why},
        generation=generation,
    )
    return _move(connection, posting_id, move, stamp)


def _move(connection: sa.Connection, posting_id: int, move: _Move, stamp: Stamp) -> bool:
    ours = sa.true() if move.generation is None else posting.c.lease_generation == move.generation
    origins = [origin.value for origin in move.origins]
    moved = connection.execute(
        sa.update(posting)
        .where(posting.c.posting_id == posting_id, posting.c.state.in_(origins), ours)
        .values(state=move.to.value, **move.columns)
        .returning(posting.c.posting_id)
    ).one_or_none()
    if moved is not None:
        append_event(connection, move.to.value, stamp, posting_id=posting_id, detail=move.detail)
    return moved is not None
