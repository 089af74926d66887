"""One clock for both emulators and the product, on which waiting costs nothing."""

from dataclasses import dataclass
from datetime import datetime

from emulators.clock import EmulatorClock
from finance_hooks.store.held_lease import HeldLease

RENEW_EVERY_S = 30


@dataclass(slots=True)
class RenewingClock:
    """The clock of both emulators; sleeping on it renews the lease as the thread of a real holder would."""

    emulated: EmulatorClock
    lease: HeldLease | None = None
    slept_s: float = 0

    def now(self) -> datetime:
        return self.emulated.now()

    def boot_s(self) -> float:
        return self.emulated.now().timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds
        while seconds > 0:
            step_s = min(seconds, RENEW_EVERY_S)
            self.emulated.advance(step_s)
            seconds -= step_s
            if self.lease is not None:
                self.lease.renew()
