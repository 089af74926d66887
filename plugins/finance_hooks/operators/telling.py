"""Send messages through Airflow's notifiers; whatever goes wrong, no booking and no colour changes for it."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from airflow.sdk import Variable
from airflow.sdk.configuration import conf

from finance_hooks.operators.alert_settings import (
    VARIABLE,
    Channel,
    channels_of,
    names_by_tone,
    read_channels,
)
from finance_hooks.operators.consenting import grant_key_of
from finance_hooks.operators.done_by import DONE_BY_VARIABLE, read_done_by
from finance_hooks.posting.tell import Audience, Teller, place_of
from finance_hooks.posting.work import Work
from finance_hooks.store import messages
from finance_hooks.store.engine import Engine
from finance_hooks.store.messages import Due
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.transport.redaction import redact_text

log = logging.getLogger(__name__)
LONGEST_WHY = 500
Context = Mapping[str, Any]
Telling = Callable[[Teller], bool]
"""Decides whether somebody is told, and writes the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """The ways to reach those who are told of one administration."""

    engine: Engine
    sync_id: str
    channels: Sequence[Channel]
    context: Context
    now: Now = database_now

    def audience(self) -> Audience:
        """Say who is told, and from which address the pages are served."""
        return Audience(
            channels=names_by_tone(self.channels),
            base_url=conf.get("api", "base_url", fallback=None) or "",
            done_by=read_done_by(os.environ.get(DONE_BY_VARIABLE)),
        )

    def send_due(self) -> None:
        """Send whatever has to be sent; what fails is noted and offered again."""
        by_name = {channel.name: channel for channel in self.channels}
        with self.engine.begin() as connection:
            waiting = messages.due(connection, self.sync_id, at=self.now(connection))
        for one in waiting:
            channel = by_name.get(one.channel)
            if channel is None:
                with self.engine.begin() as connection:
                    messages.give_up(connection, one, "there is no such channel", at=self.now(connection))
            else:
                self._send(one, channel)

    def _send(self, one: Due, channel: Channel) -> None:
        with self.engine.begin() as connection:
            if not messages.claim(connection, one, at=self.now(connection)):
                return
        try:
            notify(channel, one.content[channel.language], self.context)
        except Exception as failure:  # noqa: BLE001 - a notifier may raise anything
            why = redact_text(f"{type(failure).__name__}: {failure}")[:LONGEST_WHY]
            log.warning("Telling %s failed and is tried again: %s", channel.name, why)
            with self.engine.begin() as connection:
                messages.note_failed(connection, one, why)
            return
        with self.engine.begin() as connection:
            messages.note_sent(connection, one, at=self.now(connection))
        log.info("Told %s of %s", channel.name, self.sync_id)


def telephone_of(engine: Engine, sync_id: str, context: Context, now: Now = database_now) -> Telephone:
    """Find the channels of an administration; ConfigurationError says what is wrong with them."""
    channels = channels_of(read_channels(Variable.get(VARIABLE, default=None)), sync_id)
    return Telephone(engine=engine, sync_id=sync_id, channels=channels, context=context, now=now)


def tell(work: Work, context: Context, telling: Telling) -> None:
    """Write the message of a run that is due, if any, and send it with those left over; never raises."""
    administration = work.administration
    sync_id = administration.sync_id
    try:
        telephone = telephone_of(work.engine, sync_id, context, work.now)
        if not telephone.channels:
            return
        telling(
            Teller(
                engine=work.engine,
                sync_id=sync_id,
                place=place_of(administration),
                audience=telephone.audience(),
                run_id=work.run_id,
                grant_key=grant_key_of(administration),
                now=work.now,
            )
        )
        telephone.send_due()
    except Exception:
        log.exception("Nobody was told for %s; a later task tells", sync_id)


def notify(channel: Channel, content: Mapping[str, str], context: Context) -> None:
    """Hand a message to the notifier of a channel; in its arguments `finance` is the message."""
    notifier = resolve_name(channel.notifier)(**channel.arguments)
    notifier({**context, "finance": dict(content)})
