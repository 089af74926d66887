"""Keep what a person decided about a document, with who and why: hold it back, release it, offer it again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, Told, append_events
from finance_hooks.store.export_files import export_file
from finance_hooks.store.following import is_void
from finance_hooks.store.posting_moves import to_parked
from finance_hooks.store.postings import posting

P = PostingState
BY_HAND = "by hand"
"""The run of what no run did."""
NOT_UNDER_WAY = frozenset({P.PENDING, P.PARKED})
"""Where a posting can be held, and offered again."""

_NUMBER = sa.func.coalesce(document.c.number, document.c.source_document_id)


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
    chosen = _chosen(locked=locked).order_by(posting.c.sync_id, posting.c.posting_id)
    if name is None:
        chosen = chosen.where(*_is_parked())
    else:
        asked = name.strip()
        chosen = chosen.where((posting.c.reference == asked.strip("[]")) | _NUMBER.in_([asked]))
    if sync_id is not None:
        chosen = chosen.where(posting.c.sync_id == sync_id)
    return list(connection.execute(chosen))


def find_referenced(connection: sa.Connection, reference: str, *, sync_id: str) -> sa.Row[Any] | None:
    """Find and lock the posting of a reference, `None` where the administration has none."""
    chosen = _chosen(locked=True).where(posting.c.reference == reference, posting.c.sync_id == sync_id)
    return connection.execute(chosen).one_or_none()


def find_in_file(connection: sa.Connection, file: str, *, sync_id: str | None) -> list[sa.Row[Any]]:
    """Find and lock the postings that were last to be written to a file of this name."""
    in_file = sa.select(export_file.c.file_id).where(export_file.c.name == file)
    chosen = _chosen(locked=True).where(posting.c.file_id.in_(in_file))
    if sync_id is not None:
        chosen = chosen.where(posting.c.sync_id == sync_id)
    return list(connection.execute(chosen.order_by(posting.c.posting_id)))


def find_parked(
    connection: sa.Connection, sync_id: str, reason: ReasonCode, *, after: int, limit: int
) -> list[sa.Row[Any]]:
    """Find and lock what is parked for a reason in one administration, in the order of the postings' ids."""
    chosen = _chosen(locked=True).where(
        posting.c.sync_id == sync_id,
        posting.c.posting_id > after,
        posting.c.reasons.contains([{"code": reason.value}]),
        *_is_parked(),
    )
    return list(connection.execute(chosen.order_by(posting.c.posting_id).limit(limit)))


def _is_parked() -> tuple[sa.ColumnElement[bool], ...]:
    # Its index holds what is not booked, and has to be told that this is all that is wanted.
    return (posting.c.state == P.PARKED.value, posting.c.state != P.BOOKED.value, ~is_void())


def _chosen(*, locked: bool) -> sa.Select[Any]:
    chosen = sa.select(posting, _NUMBER.label("document_number"), document.c.document_date).join(
        document, document.c.document_id == posting.c.document_id
    )
    return chosen.with_for_update(of=posting) if locked else chosen


def hold(connection: sa.Connection, found: Sequence[sa.Row[Any]], decision: Decision) -> frozenset[int]:
    """Keep postings that are not under way from being sent until somebody releases them; returns which."""
    able = [one for one in found if P(one.state) in NOT_UNDER_WAY]
    reasons = {one.posting_id: (_on_hold(one.document_number, decision.why),) for one in able}
    _write(connection, able, held_at=decision.at, held_by=decision.who, held_why=decision.why)
    for one in able:
        if P(one.state) is P.PENDING:
            to_parked(connection, one.posting_id, reasons[one.posting_id], decision.stamp)
    parked = [one for one in able if P(one.state) is P.PARKED]
    _write_reasons(
        connection,
        {
            one.posting_id: [
                *(reason for reason in one.reasons if reason["code"] != ReasonCode.ON_HOLD),
                *reasons_to_plain(reasons[one.posting_id]),
            ]
            for one in parked
        },
    )
    return _told(connection, "held", able, decision)


def release(connection: sa.Connection, found: Sequence[sa.Row[Any]], decision: Decision) -> frozenset[int]:
    """Let held postings go: the next run maps them and sends them; returns which were held."""
    held = [one for one in found if one.held_at is not None]
    _write(connection, held, held_at=None, held_by=None, held_why=None)
    return _told(connection, "released", held, decision)


def retry(connection: sa.Connection, found: Sequence[sa.Row[Any]], decision: Decision) -> frozenset[int]:
    """Let the next run offer again what was refused tonight, or waits for an instant; returns which."""
    able = [
        one
        for one in found
        if P(one.state) in NOT_UNDER_WAY and (one.refused_on is not None or one.not_before is not None)
    ]
    _write(connection, able, refused_on=None, refused_digest=None, not_before=None, waiting_why=None)
    return _told(connection, "retried", able, decision)


def held_reasons(found: sa.Row[Any]) -> tuple[Reason, ...]:
    """Return the reason for which a posting is held back, nothing when it is not."""
    if found.held_at is None:
        return ()
    return (_on_hold(found.document_number, found.held_why),)


def _on_hold(document_number: str, why: str) -> Reason:
    return Reason(code=ReasonCode.ON_HOLD, document=document_number, detail=why)


def _write(connection: sa.Connection, found: Sequence[sa.Row[Any]], **columns: object) -> None:
    if found:
        mine = posting.c.posting_id == sa.any_(_ids([one.posting_id for one in found]))
        connection.execute(sa.update(posting).where(mine).values(**columns))


def _write_reasons(connection: sa.Connection, reasons: Mapping[int, Sequence[Mapping[str, Any]]]) -> None:
    if not reasons:
        return
    texts = pg.array([json.dumps(one) for one in reasons.values()], type_=sa.Text)
    given = sa.func.unnest(_ids(list(reasons)), texts).table_valued("posting_id", "reasons")
    given = given.render_derived("given")
    connection.execute(
        sa.update(posting)
        .where(posting.c.posting_id == given.c.posting_id)
        .values(reasons=sa.cast(given.c.reasons, pg.JSONB))
    )


def _ids(posting_ids: Sequence[int]) -> sa.ColumnElement[Any]:
    return pg.array(posting_ids, type_=sa.BigInteger)


def _told(
    connection: sa.Connection, name: str, found: Sequence[sa.Row[Any]], decision: Decision
) -> frozenset[int]:
    """Append the event of a decision for each posting, and return which they are."""
    told = [Told(posting_id=one.posting_id, detail=decision.detail) for one in found]
    append_events(connection, name, decision.stamp, told)
    return frozenset(one.posting_id for one in found)
