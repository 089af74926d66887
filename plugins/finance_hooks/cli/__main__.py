"""Choose the command and run it."""

import argparse
import sys

from finance_hooks.cli.authorise import AUTHORISE
from finance_hooks.cli.decide import HOLD, RELEASE, RETRY
from finance_hooks.cli.parked import PARKED
from finance_hooks.cli.plan import PLAN
from finance_hooks.cli.sending import RESUME, STOP
from finance_hooks.cli.where import WHERE
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure

COMMANDS = {
    "authorise": AUTHORISE,
    "hold": HOLD,
    "parked": PARKED,
    "plan": PLAN,
    "release": RELEASE,
    "resume": RESUME,
    "retry": RETRY,
    "stop": STOP,
    "where": WHERE,
}
FAILED = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; 2 when something keeps it from working."""
    parser = argparse.ArgumentParser(prog="python -m finance_hooks.cli")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.add_to(commands.add_parser(name, help=command.summary, description=command.summary))
    chosen = parser.parse_args(arguments)
    try:
        return int(COMMANDS[chosen.command].run(chosen))
    except (ConfigurationError, TemporaryFailure) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
