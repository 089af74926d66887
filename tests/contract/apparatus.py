"""What stands between a bench and the hook it tests: one clock, a counter of calls, a cache."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from emulators.clock import EmulatorClock
from emulators.server import EmulatorServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass(slots=True)
class SharedClock:
    """The hook's clock: the emulator's own, so that waiting costs nothing."""

    emulated: EmulatorClock
    slept_s: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.emulated.now()

    def boot_s(self) -> float:
        return self.emulated.now().timestamp()

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.emulated.advance(seconds)


class CallCounter:
    """Stands before an emulator and counts how many calls were under way at the same time."""

    def __init__(self, server: EmulatorServer) -> None:
        self.most = 0
        self._under_way = 0
        self._lock = threading.Lock()
        self._application = server.emulator
        server._server.app = self

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with self._lock:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        try:
            return self._application(environ, start_response)
        finally:
            with self._lock:
                self._under_way -= 1


@dataclass(slots=True)
class KeptCache:
    """A cache that never grows old, and in which every emulator has the same address."""

    address: str
    kept: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        del max_age
        return self.kept.get((name, key.replace(self.address, "emulator")))

    def write(self, name: str, key: str, content: str) -> None:
        self.kept[name, key.replace(self.address, "emulator")] = content
