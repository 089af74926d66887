"""The systems there are emulators for; a new one is one line here."""

from importlib import import_module
from pathlib import Path

from emulators.clock import EmulatorClock
from emulators.emulator import Emulator

SYSTEMS: dict[str, tuple[str, dict[str, str]]] = {
    "qubz": ("emulators.qubz.app:QubzEmulator", {}),
    "exactonline": ("emulators.exactonline.app:ExactOnlineEmulator", {"country": "nl"}),
    "exactonline_be": ("emulators.exactonline.app:ExactOnlineEmulator", {"country": "be"}),
    "twinfield": ("emulators.twinfield.app:TwinfieldEmulator", {}),
    "afas": ("emulators.afas.app:AfasEmulator", {}),
    "accountview": ("emulators.accountview.app:AccountViewEmulator", {}),
}


def build(
    system: str, *, seed: int = 0, clock: EmulatorClock | None = None, directory: Path | None = None
) -> Emulator:
    """Make the emulator of one system; its state file is named after the system."""
    location, settings = SYSTEMS[system]
    module, _, name = location.partition(":")
    emulator: Emulator = getattr(import_module(module), name)(
        seed=seed, clock=clock, directory=directory, **settings
    )
    return emulator
