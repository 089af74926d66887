"""Type commands of Airflow, one after the other, in a process of their own.

Reads a list of commands as JSON from standard input, each a list of words; the first that fails ends it.
"""

import json
import sys

from airflow.cli.cli_parser import get_parser


def main() -> None:
    """Do every command as Airflow's own program does."""
    for words in json.load(sys.stdin):
        arguments = get_parser().parse_args(words)
        arguments.func(arguments)


if __name__ == "__main__":
    main()
