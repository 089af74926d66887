"""Keep the tokens of a grant, encrypted, so that a refresh token is used once and a new one is never lost.

A refresh is an attempt: noted before the request leaves, closed when the new tokens are saved. One that is
open tells the next worker that the vendor may have replaced the token without our knowing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.engine import StoreConnection, ready_engine, token_keys
from finance_hooks.store.held_lease import HeldLease, hold_patiently
from finance_hooks.store.leases import LeaseWish
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.store.patience import Sleep, write_patiently
from finance_hooks.store.sealing import Seal
from finance_hooks.store.token_table import SETTLED, digest_of, token


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTokens:
    """What the vendor gave; `refresh_token` is `None` where the old one stays."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTokens:
    """The tokens of a grant at the instant `read_at`; `attempts` counts open tries with this refresh token.

    `asked_at` is when these tokens were asked for, `attempt_at` when the latest open try with them began.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    asked_at: datetime
    obtained_at: datetime
    access_expires_at: datetime
    attempt_at: datetime | None
    attempts: int
    needs_consent_since: datetime | None
    needs_consent_why: str | None
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentAlert:
    """A grant that works again only after a person consents anew."""

    grant_key: str
    since: datetime
    why: str


class TokenStore:
    """Read and write tokens, each call in a transaction of its own."""

    def __init__(self, engine: sa.Engine, keys: Sequence[str], now: Now = database_now) -> None:
        """Encrypt with the first of `keys`, decrypt with any; ConfigurationError when one is malformed."""
        self._seal = Seal(keys)
        self._engine = engine
        self._now = now

    def read(self, grant_key: str) -> StoredTokens | None:
        """Return the tokens of a grant, `None` before the first consent."""
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(token).where(token.c.grant_key == grant_key)).one_or_none()
            return None if row is None else self._opened(row, self._now(connection))

    def hold(
        self,
        grant_key: str,
        *,
        owner: str,
        ttl_s: float,
        boot_s: Callable[[], float],
        sleep: Sleep,
        patience_s: float,
    ) -> HeldLease:
        """Wait until nobody else works on a grant; TemporaryFailure when patience ends before that."""
        wish = LeaseWish(name=f"grant:{grant_key}", owner=owner, ttl=timedelta(seconds=ttl_s))
        return hold_patiently(
            self._engine, wish, boot_s=boot_s, sleep=sleep, patience_s=patience_s, now=self._now
        )

    def begin_attempt(self, grant_key: str, refresh_token: str) -> datetime:
        """Note, before it leaves, that this refresh token is being used; returns when."""
        digest = digest_of(refresh_token)
        counted = sa.case((token.c.attempt_digest == digest, token.c.attempts + 1), else_=1)
        with self._engine.begin() as connection:
            at = self._now(connection)
            connection.execute(
                _used(grant_key, refresh_token).values(attempt_at=at, attempt_digest=digest, attempts=counted)
            )
        return at

    def withdraw_attempt(self, grant_key: str, before: StoredTokens, begun_at: datetime) -> None:
        """Put back what was known before an attempt that certainly changed nothing at the vendor.

        Nothing is put back when another worker has begun an attempt of its own meanwhile.
        """
        with self._engine.begin() as connection:
            connection.execute(
                _used(grant_key, before.refresh_token)
                .where(token.c.attempt_at == begun_at)
                .values(
                    attempt_at=before.attempt_at,
                    attempt_digest=digest_of(before.refresh_token) if before.attempt_at else None,
                    attempts=before.attempts,
                )
            )

    def save(self, grant_key: str, used: str, new: NewTokens, asked_at: datetime, *, sleep: Sleep) -> bool:
        """Store new tokens in place of the refresh token that was used for them, and withdraw the alert.

        False when other tokens stand there by now, unless they were asked for with the same refresh token
        and earlier: then the vendor has replaced them. The access token's life is counted from `asked_at`,
        its age from now. Waits through outages of the store.

        When another attempt with the same refresh token has been begun since and was not refused, its answer
        may have ended the tokens saved here: the one that was used stays at hand for `fall_back`.
        """
        digest = digest_of(used)
        is_older = (token.c.asked_with == digest) & (token.c.asked_at < asked_at)
        is_tried_again = (token.c.attempt_digest == digest) & (token.c.attempt_at > asked_at)
        is_refused = token.c.needs_consent_since.is_not(None)
        other = sa.case((is_tried_again & ~is_refused, self._seal.close(used)), else_=None)
        values = self._sealed(new, kept=used) | SETTLED | {"asked_with": digest, "other_token": other}

        def write(connection: sa.Connection) -> bool:
            times = _times(new, asked_at=asked_at, obtained_at=self._now(connection))
            replaced = sa.update(token).where(
                token.c.grant_key == grant_key,
                (token.c.refresh_digest == digest) | is_older,
            )
            return connection.execute(replaced.values(**values, **times)).rowcount == 1

        return write_patiently(self._engine, write, sleep=sleep)

    def fall_back(self, grant_key: str, refused: str) -> bool:
        """Put the other refresh token in place of one that the vendor refuses; false when none is left."""
        with self._engine.begin() as connection:
            other = connection.scalar(
                sa.select(token.c.other_token).where(
                    token.c.grant_key == grant_key, token.c.refresh_digest == digest_of(refused)
                )
            )
            if other is None:
                return False
            digest = digest_of(self._seal.open(other, grant_key))
            put_back = {"refresh_token": other, "refresh_digest": digest, "asked_with": None}
            connection.execute(_used(grant_key, refused).values(SETTLED | put_back))
            return True

    def save_consent(
        self, grant_key: str, new: NewTokens, *, sleep: Sleep, asked_ago_s: Callable[[], float] = lambda: 0
    ) -> None:
        """Store the tokens of a new consent, whatever stood there.

        `asked_ago_s` says, whenever the store can be reached, how long ago they were asked for.
        """
        if new.refresh_token is None:
            raise ConfigurationError("The vendor gave no refresh token; check the rights of the app.")
        values = self._sealed(new, kept=new.refresh_token) | SETTLED

        def write(connection: sa.Connection) -> None:
            at = self._now(connection)
            asked_at = at - timedelta(seconds=asked_ago_s())
            row = values | _times(new, asked_at=asked_at, obtained_at=at) | {"asked_with": None}
            connection.execute(
                insert(token)
                .values(grant_key=grant_key, **row)
                .on_conflict_do_update(index_elements=[token.c.grant_key], set_=row)
            )

        write_patiently(self._engine, write, sleep=sleep)

    def need_consent(self, grant_key: str, used: str, why: str, *, sleep: Sleep) -> bool:
        """Note that a refresh token is dead; true only for the first to say so, who raises the alert."""
        noted_at: list[datetime] = []

        def write(connection: sa.Connection) -> bool:
            # What was noted without our learning of it is recognised by its instant.
            since = token.c.needs_consent_since
            dead = _used(grant_key, used).where(since.is_(None) | since.in_(noted_at))
            noted_at[:] = noted_at or [self._now(connection)]
            values = {"needs_consent_since": noted_at[0], "needs_consent_why": why}
            return connection.execute(dead.values(**values)).rowcount == 1

        return write_patiently(self._engine, write, sleep=sleep)

    def alerts(self) -> list[ConsentAlert]:
        """Return every grant that waits for a person, the longest waiting first."""
        with self._engine.begin() as connection:
            rows = connection.execute(
                sa.select(token.c.grant_key, token.c.needs_consent_since, token.c.needs_consent_why)
                .where(token.c.needs_consent_since.is_not(None))
                .order_by(token.c.needs_consent_since, token.c.grant_key)
            )
            return [ConsentAlert(grant_key=key, since=since, why=why) for key, since, why in rows]

    def _sealed(self, new: NewTokens, *, kept: str) -> dict[str, Any]:
        refresh_token = new.refresh_token or kept
        return {
            "refresh_token": self._seal.close(refresh_token),
            "refresh_digest": digest_of(refresh_token),
            "access_token": self._seal.close(new.access_token),
        }

    def _opened(self, row: sa.Row[Any], read_at: datetime) -> StoredTokens:
        return StoredTokens(
            access_token=self._seal.open(row.access_token, row.grant_key),
            refresh_token=self._seal.open(row.refresh_token, row.grant_key),
            asked_at=row.asked_at or row.obtained_at,
            obtained_at=row.obtained_at,
            access_expires_at=row.access_expires_at,
            attempt_at=row.attempt_at,
            attempts=row.attempts,
            needs_consent_since=row.needs_consent_since,
            needs_consent_why=row.needs_consent_why,
            read_at=read_at,
        )


def open_tokens(connection: StoreConnection) -> TokenStore:
    """Open the tokens of connection `finance_store`; ConfigurationError says what store or key lack."""
    return TokenStore(ready_engine(connection), token_keys(connection.extra_dejson))


def _used(grant_key: str, refresh_token: str) -> sa.Update:
    return sa.update(token).where(
        token.c.grant_key == grant_key, token.c.refresh_digest == digest_of(refresh_token)
    )


def _times(new: NewTokens, *, asked_at: datetime, obtained_at: datetime) -> dict[str, datetime]:
    return {
        "asked_at": asked_at,
        "obtained_at": obtained_at,
        "access_expires_at": asked_at + timedelta(seconds=new.expires_in_s),
    }
