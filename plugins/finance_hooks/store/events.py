"""Append what happened, in order, for ever; the database refuses to change or delete it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import metadata

event = sa.Table(
    "event",
    metadata,
    sa.Column("event_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, index=True),
    sa.Column("posting_id", sa.BigInteger, sa.ForeignKey("posting.posting_id"), index=True),
    sa.Column("document_id", sa.BigInteger, sa.ForeignKey("document.document_id"), index=True),
    sa.Column("detail", pg.JSONB, nullable=False, server_default="{}"),
)
"""Names are past participles of what happened; `detail` holds no secret and no whole document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """In which run and at which instant a change is made."""

    run_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Of what an event tells, and what else there is to say."""

    posting_id: int | None = None
    document_id: int | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


def append_event(
    connection: sa.Connection,
    name: str,
    stamp: Stamp,
    *,
    posting_id: int | None = None,
    document_id: int | None = None,
    detail: dict[str, object] | None = None,
) -> None:
    """Append one event in the caller's transaction."""
    told = Told(posting_id=posting_id, document_id=document_id, detail=detail or {})
    append_events(connection, name, stamp, [told])


def append_events(connection: sa.Connection, name: str, stamp: Stamp, told: Sequence[Told]) -> None:
    """Append events of one name all at once."""
    if told:
        columns = {"at": stamp.at, "name": name, "run_id": stamp.run_id}
        connection.execute(sa.insert(event), [columns | asdict(one) for one in told])


def read_events(connection: sa.Connection, posting_id: int) -> list[sa.Row[Any]]:
    """Read the history of one posting, oldest first."""
    chosen = sa.select(event).where(event.c.posting_id == posting_id).order_by(event.c.event_id)
    return list(connection.execute(chosen))
