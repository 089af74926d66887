"""Run a command: `python -m finance_hooks.cli COMMAND`, or `airflow finance COMMAND`, which is the same."""

import sys
from collections.abc import Sequence

from finance_hooks.cli.command_line import run_command_line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; 2 when something keeps it from working."""
    given = sys.argv[1:] if arguments is None else arguments
    return run_command_line(given, program="python -m finance_hooks.cli")


if __name__ == "__main__":
    sys.exit(main())
