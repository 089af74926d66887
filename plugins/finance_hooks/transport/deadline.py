"""Say until when a request may leave: the lease under which it is sent must outlive its time-out."""

from typing import Protocol


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
