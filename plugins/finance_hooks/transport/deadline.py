"""Say until when a request may leave: the lease under which it is sent must outlive its time-out."""

from dataclasses import dataclass
from typing import Protocol

from finance_hooks.transport.clock import Clock


class Deadline(Protocol):
    """What is asked directly before a request leaves."""

    def why_not(self, timeout_s: float) -> str | None:
        """Return `None` when a request of this time-out may leave now, else why not."""
        ...


class NoDeadline:
    """For calls outside a lease, such as reading the source."""

    def why_not(self, timeout_s: float) -> str | None:  # noqa: ARG002 - the Protocol names the argument
        """Let every request leave."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promptly:
    """Another deadline, for a request that was announced: it leaves soon after that or not at all."""

    deadline: Deadline
    clock: Clock
    announced_at_s: float
    within_s: float

    def why_not(self, timeout_s: float) -> str | None:
        """Return `None` when the request may leave now, else why not."""
        waited_s = self.clock.boot_s() - self.announced_at_s
        if waited_s > self.within_s:
            return f"it was announced {waited_s:.0f} s ago and may leave within {self.within_s:.0f} s only"
        return self.deadline.why_not(timeout_s)
