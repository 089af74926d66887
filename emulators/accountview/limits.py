"""How many calls are taken, and that one change at a time is worked on per company. Nothing is published."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE_S = 60


@dataclass(slots=True, kw_only=True)
class Limits:
    """Calls counted in the running minute."""

    began_at: datetime | None = None
    calls: int = 0

    def take(self, now: datetime, per_minute: int, scale: float) -> int:
        """Count a call; return 0, or the seconds to wait when there are too many."""
        began_at = now.replace(second=0, microsecond=0)
        if self.began_at != began_at:
            self.began_at, self.calls = began_at, 0
        allowed = round(per_minute * scale)
        if allowed and self.calls >= allowed:
            return int((began_at + timedelta(minutes=1) - now).total_seconds()) or MINUTE_S
        self.calls += 1
        return 0


@dataclass(slots=True)
class Writers:
    """The changes under way per company; queued ones hold its lock one after the other."""

    _under_way: Counter[str] = field(default_factory=Counter)
    _count_lock: threading.Lock = field(default_factory=threading.Lock)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    @contextmanager
    def one(self, company: str, *, refuse: bool) -> Iterator[bool]:
        """Enter as a writer of a company; the result says whether it may go on."""
        with self._count_lock:
            taken = self._under_way[company] > 0
            lock = self._locks.setdefault(company, threading.Lock())
            if not (taken and refuse):
                self._under_way[company] += 1
        if taken and refuse:
            yield False
            return
        try:
            with lock:
                yield True
        finally:
            with self._count_lock:
                self._under_way[company] -= 1
