"""The emulators, each a program of its own that keeps what it accepts before it answers."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import requests

from local.components import Component, own_program, start, wait_until
from local.emulators import START_TIMEOUT_S
from local.ports import LOOPBACK, free_port, is_free

PREFIX: Final = "emulator-"
SOURCE: Final = "qubz"
CALL_TIMEOUT_S: Final = 120.0
LIMITS_AWAY: Final = {"scale": 1000}


@dataclass(slots=True, kw_only=True)
class Vendors:
    """Emulators by system, on ports that they keep across restarts."""

    state: Path
    ports: dict[str, int] = field(default_factory=dict)

    def start_all(self, systems: Sequence[str]) -> list[Component]:
        """Start them all, wait until they serve, and take the vendors' limits away."""
        self.ports = {system: free_port() for system in systems}
        components = [self.start(system) for system in systems]
        wait_until(
            lambda: not any(is_free(port) for port in self.ports.values()),
            components=components,
            timeout_s=START_TIMEOUT_S,
            awaited="the emulators' start",
        )
        for system in systems:
            self.tell(system, "limits", LIMITS_AWAY)
        return components

    def start(self, system: str) -> Component:
        """Start one on its port; it finds its books again."""
        directory = self.state / "emulators"
        directory.mkdir(exist_ok=True)
        port = f"{system}={self.ports[system]}"
        wanted = ("--system", system, "--port", port, "--directory", str(directory), "--empty", "--durable")
        command = own_program("emulators", *wanted)
        return start(PREFIX + system, command, environment=os.environ, state=self.state)

    def tell(self, system: str, route: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Post to a control route."""
        return self._call("POST", system, route, body)

    def listed(self, system: str, name: str, administration: str | None = None) -> list[dict[str, Any]]:
        """Return all pages of a list that an emulator keeps."""
        chosen = "" if administration is None else f"&administration={administration}"
        found: list[dict[str, Any]] = []
        page: int | None = 1
        while page is not None:
            answer = self._call("GET", system, f"books?page={page}{chosen}", None)
            found += answer[name]
            page = answer["next"]
        return found

    def _call(self, method: str, system: str, route: str, body: object) -> Any:  # noqa: ANN401 - JSON
        # Not by the proxy: what people see of the books is not what goes wrong on the way.
        with requests.Session() as session:
            session.trust_env = False
            url = f"http://{LOOPBACK}:{self.ports[system]}/_emulator/{route}"
            answer = session.request(method, url, json=body, timeout=CALL_TIMEOUT_S)
        answer.raise_for_status()
        return answer.json()
