"""Run the whole system on this machine: `python -m local sync|up|down|clean-state|browser|inside`.

python -m local [--executor local|celery] [--workers 2] up
"""

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console

from local.components import ComponentError
from local.paths import state_directory

INTERRUPTED = 130
PLAIN_WIDTH = 160
MOST_WORKERS = 32


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("command", choices=("sync", "up", "down", "clean-state", "browser", "inside"))
    parser.add_argument("--executor", choices=("local", "celery"), default="local")
    parser.add_argument("--workers", type=int, choices=range(1, MOST_WORKERS + 1), default=2, metavar="N")
    parser.add_argument("program", nargs=argparse.REMAINDER, help="inside: a module and its arguments")
    asked = parser.parse_args(arguments)
    if asked.program and asked.command != "inside":
        parser.error(f"{asked.command} takes no arguments")
    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    try:
        return _run(asked, console)
    except ComponentError as stopped:
        console.print(str(stopped), markup=False, highlight=False, style="red")
        return 1
    except KeyboardInterrupt:
        console.print("Interrupted; everything was stopped", markup=False)
        return INTERRUPTED


def _run(asked: argparse.Namespace, console: Console) -> int:
    command = asked.command
    # Each command imports only what it needs: `down` must work when the rest does not.
    if command == "browser":
        from local.browser import ensure_browser  # noqa: PLC0415

        console.print(f"Browser tests use {ensure_browser()}", markup=False)
        return 0
    state = state_directory()
    workers = asked.workers if asked.executor == "celery" else 0
    if command == "sync":
        from local.sync import sync  # noqa: PLC0415

        return sync(state, console=console, workers=workers)
    if command == "inside":
        from local.inside import inside  # noqa: PLC0415

        return inside(state, asked.program)
    from local import background  # noqa: PLC0415

    if command == "up":
        return background.up(state, console=console, workers=workers)
    commands = {"down": background.down, "clean-state": background.clean_state}
    return commands[command](state, console=console)


if __name__ == "__main__":
    sys.exit(main())
