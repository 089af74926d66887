"""Hold a lease while working under it: renew it in the background, know at any moment how long it lasts."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store import lease_holder, leases
from finance_hooks.store.leases import Lease, LeaseRefused, LeaseWish
from finance_hooks.store.metadata import Now, database_now

logger = logging.getLogger(__name__)

RENEWALS_PER_TTL = 3


class HeldLease:
    """A lease with its renewal thread; enter it to work, leave it to give the name back.

    It is a deadline for `finance_hooks.transport.send`. The end is measured on the machine's own clock,
    started before the last transaction on the lease, so it never lies later than what the store says.
    """

    def __init__(
        self,
        *,
        engine: sa.Engine,
        wish: LeaseWish,
        lent: Lease,
        asked_at_s: float,
        boot_s: Callable[[], float],
        now: Now,
    ) -> None:
        """Keep the lease that was lent at `asked_at_s` of the local clock."""
        self._engine = engine
        self._wish = wish
        self._lent = lent
        self._boot_s = boot_s
        self._now = now
        self._expires_at = lent.expires_at
        self._ends_at_s = asked_at_s + wish.ttl.total_seconds()
        self._leaving = threading.Event()
        self._renewer = threading.Thread(target=self._keep_renewing, name=f"renew {lent.name}", daemon=True)

    @property
    def generation(self) -> int:
        """The generation of this lending."""
        return self._lent.generation

    @property
    def is_backfill(self) -> bool:
        """Whether the holder is a backfill, which nightly runs come before."""
        return self._wish.is_backfill

    @property
    def expires_at(self) -> datetime:
        """When it ends in the store's time, unless renewed once more."""
        return self._expires_at

    @property
    def previous_ended_at(self) -> datetime | None:
        """After this nothing left that was sent under a lending before this one; it may be still to come."""
        return self._lent.previous_ended_at

    def why_not(self, timeout_s: float) -> str | None:
        """Return `None` when a request of this time-out ends before the lease does, else why it must stay."""
        left_s = self._ends_at_s - self._boot_s()
        if left_s > timeout_s:
            return None
        return (
            f"the lease on {self._lent.name} lasts {max(left_s, 0):.0f} s, the request may take {timeout_s} s"
        )

    def assert_held(self, connection: sa.Connection) -> None:
        """Raise TemporaryFailure unless the lease is still ours; its row stays locked for the transaction."""
        leases.assert_held(connection, self._lent, self._now)

    def wanted_by_another(self) -> bool:
        """Say whether a nightly run waits for the name while this holder is a backfill."""
        if not self.is_backfill:
            return False
        with self._engine.begin() as connection:
            return leases.is_wanted(connection, self._lent.name, self._now)

    def renew(self) -> bool:
        """Prolong the lease; false once it has ended, it is then never renewed again."""
        asked_at_s = self._boot_s()
        with self._engine.begin() as connection:
            expires_at = leases.renew(connection, self._lent, self._wish.ttl, self._now)
        if expires_at is None:
            self._ends_at_s = 0
            return False
        self._expires_at = expires_at
        self._ends_at_s = asked_at_s + self._wish.ttl.total_seconds()
        return True

    def __enter__(self) -> Self:
        """Start renewing."""
        if self._wish.renews_itself:
            self._renewer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop renewing and give the name back; a store that cannot be reached leaves it to expire."""
        self._leaving.set()
        if self._renewer.is_alive():
            self._renewer.join()
        self._ends_at_s = 0
        try:
            with self._engine.begin() as connection:
                leases.release(connection, self._lent, self._now)
        except sa.exc.SQLAlchemyError as unreachable:
            logger.warning(
                "Lease %s stays until %s: %s", self._lent.name, self._expires_at, type(unreachable).__name__
            )

    def _keep_renewing(self) -> None:
        pause_s = self._wish.ttl.total_seconds() / RENEWALS_PER_TTL
        while not self._leaving.wait(pause_s):
            try:
                if not self.renew():
                    logger.warning("Lease %s, generation %d, has ended", self._lent.name, self.generation)
                    return
            except sa.exc.SQLAlchemyError as unreachable:
                logger.warning("Lease %s not renewed: %s", self._lent.name, type(unreachable).__name__)


def hold(
    engine: sa.Engine,
    wish: LeaseWish,
    *,
    boot_s: Callable[[], float],
    now: Now = database_now,
    is_gone: Callable[[str], bool] = lease_holder.is_gone,
) -> HeldLease | LeaseRefused:
    """Ask for a lease; `boot_s` is a local clock that never jumps and counts while the machine sleeps."""
    asked_at_s = boot_s()
    with engine.begin() as connection:
        lent = leases.acquire(connection, wish, now, is_gone)
    if isinstance(lent, LeaseRefused):
        return lent
    return HeldLease(engine=engine, wish=wish, lent=lent, asked_at_s=asked_at_s, boot_s=boot_s, now=now)


def hold_patiently(
    engine: sa.Engine,
    wish: LeaseWish,
    *,
    boot_s: Callable[[], float],
    sleep: Callable[[float], None],
    patience_s: float,
    now: Now = database_now,
) -> HeldLease:
    """Wait in this process for a name that is lent for seconds only; TemporaryFailure when patience ends."""
    give_up_at_s = boot_s() + patience_s
    pause_s = 0.05
    while isinstance(held := hold(engine, wish, boot_s=boot_s, now=now), LeaseRefused):
        if boot_s() + pause_s > give_up_at_s:
            raise TemporaryFailure(held.why, retry_after_s=30)
        sleep(pause_s)
        pause_s = min(pause_s * 2, 1.0)
    return held
