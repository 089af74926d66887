"""The proxies before all emulators, served by one thread of this program."""

import asyncio
import threading
from collections import Counter
from collections.abc import Coroutine, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any, Final

from chaos.faults import Fault, draw_fault
from chaos.proxy import Proxy
from local.ports import LOOPBACK, free_port

SHARE: Final = 0.35
"""Of the connections that fail while the network is broken; some of them end before the fault strikes."""
LAG_S: Final = (0.02, 0.2)
"""How long an answer is under way while the network is broken, as those of real packages are."""
ANSWER_S: Final = 30.0


@dataclass(slots=True)
class Network:
    """One proxy for each emulator; calm until it is broken, and again when it is mended."""

    seed: int
    proxies: dict[str, Proxy] = field(default_factory=dict)
    _broken: bool = False
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def __post_init__(self) -> None:
        """Start the thread that serves."""
        threading.Thread(target=self._loop.run_forever, name="network", daemon=True).start()

    def put_before(self, upstream_ports: Mapping[str, int]) -> dict[str, str]:
        """Open a proxy before each port, and return the address of each system."""
        for number, (system, port) in enumerate(upstream_ports.items()):
            chance = Random(f"{self.seed} network {number}")  # noqa: S311 - repeatable chance
            proxy = Proxy(
                port=free_port(),
                upstream_port=port,
                draw=partial(self._draw, chance),
                lag_s=partial(self._lag_s, chance),
            )
            self._run(proxy.open()).result(ANSWER_S)
            self.proxies[system] = proxy
        return {system: f"http://{LOOPBACK}:{proxy.port}" for system, proxy in self.proxies.items()}

    def break_down(self) -> None:
        """Let connections fail from now on."""
        self._broken = True

    def mend(self) -> None:
        """Let no more connections fail; those that are failing already do so to their end."""
        self._broken = False

    def happened(self) -> Counter[str]:
        """Count what befell connections, by kind."""
        return sum((proxy.happened for proxy in self.proxies.values()), Counter())

    def connections(self) -> int:
        """Count the connections that were made, good and bad."""
        return sum(proxy.accepted for proxy in self.proxies.values())

    def close(self) -> None:
        """Close all proxies and end the thread."""
        for proxy in self.proxies.values():
            self._run(proxy.close()).result(ANSWER_S)
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _draw(self, chance: Random) -> Fault | None:
        return draw_fault(chance, SHARE) if self._broken else None

    def _lag_s(self, chance: Random) -> float:
        return chance.uniform(*LAG_S) if self._broken else 0.0

    def _run(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)
