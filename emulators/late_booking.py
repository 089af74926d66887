"""A request that was accepted, and is carried out only later."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, kw_only=True)
class LateBooking:
    """A request that was accepted and is carried out once the emulator's clock reaches `due_at`."""

    due_at: datetime
    environ: dict[str, str]
    body: bytes = field(repr=False)
