"""The emulated vendors: one program, a loopback port per system, books kept in the state folder."""

import json
import os
from pathlib import Path
from typing import Final

from local.components import Component, own_program, start, wait_until
from local.ports import is_free

NAME: Final = "emulators"
START_TIMEOUT_S: Final = 30.0


def start_emulators(state: Path) -> Component:
    """Start the emulators on the ports of the last time as far as these are free.

    Grants and leases are named after a host and its port, so a new port would need a new consent.
    """
    directory = state / NAME
    directory.mkdir(exist_ok=True)
    kept = _addresses_file(state)
    ports = [f"{system}={url.rpartition(':')[2].strip('/')}" for system, url in kept_addresses(state).items()]
    free = [
        argument for port in ports if is_free(int(port.partition("=")[2])) for argument in ("--port", port)
    ]
    kept.unlink(missing_ok=True)
    command = own_program("emulators", "--directory", str(directory), "--port-file", str(kept), *free)
    return start(NAME, command, environment=os.environ, state=state)


def wait_for_addresses(component: Component, *, state: Path) -> dict[str, str]:
    """Wait until the emulators serve, and return the base address of each system."""
    kept = _addresses_file(state)
    wait_until(kept.exists, components=[component], timeout_s=START_TIMEOUT_S, awaited="the emulators' start")
    return kept_addresses(state)


def emulate(state: Path) -> tuple[list[Component], dict[str, str]]:
    """Start the emulators, and return them with the base address of each system."""
    component = start_emulators(state)
    return [component], wait_for_addresses(component, state=state)


def _addresses_file(state: Path) -> Path:
    return state / NAME / "addresses.json"


def kept_addresses(state: Path) -> dict[str, str]:
    """Return the base address of each system as it was last served; empty before the first time."""
    kept = _addresses_file(state)
    if not kept.exists():
        return {}
    addresses: dict[str, str] = json.loads(kept.read_text(encoding="utf-8"))
    return addresses
