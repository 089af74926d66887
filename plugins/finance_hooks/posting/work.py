"""Gather what every step of a run needs: whose books, which store, which run, whose time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from finance_hooks.model.administration import Administration
from finance_hooks.store.engine import Connection, Engine
from finance_hooks.store.events import Stamp
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.transport.clock import Clock

BUSINESS_ZONE = ZoneInfo("Europe/Amsterdam")
Checkpoint = Callable[[str], None]


def no_checkpoint(_name: str) -> None:
    """Pass every checkpoint; simulations stop or crash a run here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One run's work on one administration.

    `sends` is false while sending is stopped: the books are read, nothing leaves. `checkpoint` is called
    between statements that matter.
    """

    administration: Administration
    engine: Engine
    run_id: str
    clock: Clock
    now: Now = database_now
    sends: bool = True
    checkpoint: Checkpoint = no_checkpoint

    def stamp(self, connection: Connection) -> Stamp:
        """Stamp a change with this run and the present instant, by the clock that all workers share."""
        return Stamp(run_id=self.run_id, at=self.now(connection))

    def business_date(self) -> date:
        """Return today's date where the books are kept."""
        return self.clock.now().astimezone(BUSINESS_ZONE).date()
