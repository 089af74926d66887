"""Call an emulator's control routes."""

from typing import Any

import requests

from emulators.server import EmulatorServer

TIMEOUT_S = 5


def control(server: EmulatorServer, route: str, body: Any = None) -> dict[str, Any]:
    """Read a route, or post to it when there is a body."""
    url = f"{server.url}/_emulator/{route}"
    answer = (
        requests.get(url, timeout=TIMEOUT_S)
        if body is None
        else requests.post(url, json=body, timeout=TIMEOUT_S)
    )
    assert answer.status_code == 200, answer.text
    decoded: dict[str, Any] = answer.json()
    return decoded
