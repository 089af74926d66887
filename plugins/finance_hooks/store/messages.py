"""Keep what people are told: each message once per occasion, and each sending of it.

A message is written before it is sent and noted as sent after that. Whoever dies in between leaves a sending
that is begun again after `ABANDONED_AFTER`: at least once, and twice only then.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.metadata import Instant, metadata
from finance_hooks.store.told_problems import note_told

ABANDONED_AFTER = timedelta(minutes=10)
"""A sending that nobody has ended by then is taken over: its sender is gone."""

OFFERED_FOR = timedelta(days=3)
"""How long a message that could not be sent is offered again."""


class DeliveryState(StrEnum):
    """How far the sending of a message through one channel is."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    GIVEN_UP = "given_up"


D = DeliveryState
ENDED = (D.SENT.value, D.GIVEN_UP.value)

message = sa.Table(
    "message",
    metadata,
    sa.Column("message_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("occasion", sa.Text, nullable=False),
    sa.Column("tone", sa.Text, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
    # Both are kept until nobody has to be sent it any more: one names documents, the other may be long.
    sa.Column("content", pg.JSONB(none_as_null=True)),
    sa.Column("problems", pg.JSONB, nullable=False, server_default="{}"),
    sa.UniqueConstraint("sync_id", "occasion"),
)
"""`occasion` is the run or deadline it tells of; `content` is by language, `problems` are kinds by key."""

delivery = sa.Table(
    "delivery",
    metadata,
    sa.Column("message_id", sa.BigInteger, sa.ForeignKey("message.message_id"), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("claimed_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("why", sa.Text),
)
sa.Index(
    "ix_delivery_open",
    delivery.c.message_id,
    postgresql_where=sa.text("state NOT IN ('sent', 'given_up')"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to be sent: `content` is by language, `problems` the kind of each problem by its key."""

    sync_id: str
    occasion: str
    tone: str
    content: Mapping[str, Mapping[str, str]]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One sending that is to be made."""

    message_id: int
    channel: str
    tone: str
    content: Mapping[str, Mapping[str, str]]


def is_made(connection: sa.Connection, sync_id: str, occasion: str) -> bool:
    """Say whether the message of an occasion was made."""
    mine = (message.c.sync_id == sync_id) & (message.c.occasion == occasion)
    return connection.execute(sa.select(message.c.message_id).where(mine)).first() is not None


def write_message(
    connection: sa.Connection, new: NewMessage, channels: Collection[str], *, at: datetime
) -> bool:
    """Write a message with its sendings; returns whether it is the first of its occasion."""
    values = {
        "sync_id": new.sync_id,
        "occasion": new.occasion,
        "tone": new.tone,
        "made_at": at,
        "content": dict(new.content) if channels else None,
        "problems": dict(new.problems) if channels else {},
    }
    insert = pg.insert(message).values(values).on_conflict_do_nothing()
    message_id = connection.execute(insert.returning(message.c.message_id)).scalar_one_or_none()
    if message_id is None:
        return False
    rows = [{"message_id": message_id, "channel": one, "state": D.PENDING.value} for one in sorted(channels)]
    if rows:
        connection.execute(sa.insert(delivery), rows)
    return True


def due(connection: sa.Connection, sync_id: str, *, at: datetime) -> list[Due]:
    """Return the sendings of an administration that have to be made, oldest message first."""
    chosen = (
        sa.select(message.c.message_id, delivery.c.channel, message.c.tone, message.c.content)
        .join(delivery, delivery.c.message_id == message.c.message_id)
        .where(message.c.sync_id == sync_id, _may_begin(at))
        .order_by(message.c.message_id, delivery.c.channel)
    )
    return [
        Due(message_id=row.message_id, channel=row.channel, tone=row.tone, content=row.content)
        for row in connection.execute(chosen)
    ]


def claim(connection: sa.Connection, one: Due, *, at: datetime) -> bool:
    """Begin a sending; returns false when somebody else has begun or ended it."""
    claimed = connection.execute(
        sa.update(delivery)
        .where(_is(one), _may_begin(at))
        .values(state=D.SENDING.value, claimed_at=at, attempts=delivery.c.attempts + 1)
        .returning(delivery.c.message_id)
    )
    return claimed.first() is not None


def note_sent(connection: sa.Connection, one: Due, *, at: datetime) -> None:
    """Note that a message has gone out, and that somebody knows of its problems from now on."""
    row = connection.execute(
        sa.select(message.c.sync_id, message.c.problems).where(message.c.message_id == one.message_id)
    ).one()
    note_told(connection, row.sync_id, row.problems, at=at)
    _end(connection, one, D.SENT, at)


def note_failed(connection: sa.Connection, one: Due, why: str) -> None:
    """Note that a sending failed; it is offered again."""
    connection.execute(sa.update(delivery).where(_is(one)).values(state=D.FAILED.value, why=why))


def give_up(connection: sa.Connection, one: Due, why: str, *, at: datetime) -> None:
    """End a sending that nobody can make any more."""
    connection.execute(sa.update(delivery).where(_is(one)).values(why=why))
    _end(connection, one, D.GIVEN_UP, at)


def give_up_old(connection: sa.Connection, *, at: datetime) -> int:
    """End the sendings of messages that are no news any more, and forget their words; returns how many."""
    old = sa.select(message.c.message_id).where(message.c.made_at < at - OFFERED_FOR)
    ended = connection.execute(
        sa.update(delivery)
        .where(delivery.c.message_id.in_(old), delivery.c.state.not_in(ENDED))
        .values(state=D.GIVEN_UP.value, ended_at=at)
    ).rowcount
    _forget_words(connection)
    return ended


def being_told(connection: sa.Connection, sync_id: str) -> frozenset[str]:
    """Return the problems of messages that are still to be sent."""
    chosen = (
        sa.select(message.c.problems)
        .join(delivery, delivery.c.message_id == message.c.message_id)
        .where(message.c.sync_id == sync_id, delivery.c.state.not_in(ENDED))
    )
    return frozenset(key for problems in connection.execute(chosen).scalars() for key in problems)


def failed_deliveries(connection: sa.Connection, sync_id: str) -> list[sa.Row[Any]]:
    """Read the sendings that failed last time: channel, why, and how often it was tried."""
    chosen = (
        sa.select(delivery.c.channel, delivery.c.why, delivery.c.attempts)
        .join(delivery, delivery.c.message_id == message.c.message_id)
        .where(message.c.sync_id == sync_id, delivery.c.state == D.FAILED.value)
        .order_by(message.c.message_id, delivery.c.channel)
    )
    return list(connection.execute(chosen))


def _end(connection: sa.Connection, one: Due, state: DeliveryState, at: datetime) -> None:
    connection.execute(sa.update(delivery).where(_is(one)).values(state=state.value, ended_at=at))
    _forget_words(connection, one.message_id)


def _forget_words(connection: sa.Connection, message_id: int | None = None) -> None:
    is_open = (delivery.c.message_id == message.c.message_id) & delivery.c.state.not_in(ENDED)
    chosen = [message.c.content.is_not(None), ~sa.exists().where(is_open).correlate(message)]
    if message_id is not None:
        chosen.append(message.c.message_id == message_id)
    connection.execute(sa.update(message).where(*chosen).values(content=None, problems={}))


def _is(one: Due) -> sa.ColumnElement[bool]:
    return (delivery.c.message_id == one.message_id) & (delivery.c.channel == one.channel)


def _may_begin(at: datetime) -> sa.ColumnElement[bool]:
    is_abandoned = (delivery.c.state == D.SENDING.value) & (delivery.c.claimed_at < at - ABANDONED_AFTER)
    return delivery.c.state.in_((D.PENDING.value, D.FAILED.value)) | is_abandoned
