"""Choose the command and run it."""

import argparse
import sys

from finance_hooks.cli import authorise, where
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure

COMMANDS = {"authorise": authorise, "where": where}
FAILED = 2


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code; 2 when something keeps it from working."""
    parser = argparse.ArgumentParser(prog="python -m finance_hooks.cli")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").partition(": ")[2]
        module.add_to(commands.add_parser(name, help=summary, description=summary))
    chosen = parser.parse_args(arguments)
    try:
        return int(COMMANDS[chosen.command].run(chosen))
    except (ConfigurationError, TemporaryFailure) as error:
        sys.stderr.write(f"{error}\n")
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
