"""Serve the emulators: `python -m emulators` prints one JSON object, system to base URL."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from emulators.clock import EmulatorClock
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def main(arguments: Sequence[str] | None = None) -> int:
    """Start one server per system, print their addresses, and serve until SIGTERM or SIGINT."""
    asked = _parser().parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    ports = {name: int(port) for name, _, port in (each.partition("=") for each in asked.port)}
    servers = {name: _start(name, ports.get(name, 0), asked) for name in asked.system or SYSTEMS}
    addresses = json.dumps({name: server.url for name, server in servers.items()})
    sys.stdout.write(addresses + "\n")
    sys.stdout.flush()
    if asked.port_file:
        unfinished = asked.port_file.with_suffix(".new")
        unfinished.write_text(addresses)
        unfinished.replace(asked.port_file)
    stopped.wait()
    for server in servers.values():
        server.close()
    return 0


def _start(name: str, port: int, asked: argparse.Namespace) -> EmulatorServer:
    emulator = build(name, seed=asked.seed, clock=EmulatorClock(), directory=asked.directory)
    if emulator.state_file is not None:
        emulator.state_file.is_durable = asked.durable
    if not emulator.restored and not asked.empty:
        today = asked.today or datetime.now(tz=AMSTERDAM).date()
        emulator.load_demo(today=today, documents=asked.documents)
        emulator.keep()
    return EmulatorServer(emulator, host=asked.host, port=port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="emulators", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--directory", type=Path, help="keep the books here; a restart finds them again")
    parser.add_argument("--durable", action="store_true", help="keep each change before it is answered")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--documents", type=int, default=0, help="generated documents beside the demo's")
    parser.add_argument("--empty", action="store_true", help="leave the demo's documents out")
    parser.add_argument("--today", type=date.fromisoformat, help="the day the demo is dated from")
    parser.add_argument("--port-file", type=Path, help="write the addresses here as well")
    parser.add_argument("--port", action="append", default=[], metavar="SYSTEM=PORT")
    parser.add_argument("--system", action="append", choices=sorted(SYSTEMS), help="serve only these")
    return parser


if __name__ == "__main__":
    sys.exit(main())
