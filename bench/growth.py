"""Time and memory of a first night, by how many documents it has: its steps in one process, without Airflow.

Each number of documents is a process of its own, with emulators of its own and without vendors' limits.
Memory is the most until the end of a step.

    python -m bench.growth [--sync-id ID] [--documents 1000 10000 100000]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.one_administration import OneEmulation, row_of, without_airflow, write_own_mappings
from bench.report import Row, finish, machine, row
from chaos.administrations import MAPPINGS, read_rows
from local.components import ComponentError, own_program
from local.system import interrupted_by_sigterm


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth")
    parser.add_argument("--sync-id", default=read_rows(MAPPINGS)[0].sync_id)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000])
    asked = parser.parse_args(arguments)
    found = [one for documents in asked.documents for one in measure(asked.sync_id, documents)]
    return finish("growth", found, machine())


def measure(sync_id: str, documents: int) -> list[Row]:
    """Run the steps once and return seconds and memory of each."""
    administration = row_of(sync_id)
    with tempfile.TemporaryDirectory(prefix="finance-bench-") as folder, interrupted_by_sigterm():
        write_own_mappings(administration, Path(folder, "mappings"))
        state = Path(folder, "steps")
        state.mkdir()
        with without_airflow(OneEmulation(state, administration, documents)) as environment:
            command = own_program("bench.steps_alone", sync_id)
            done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise ComponentError(f"bench.steps_alone failed: {done.stderr[-2000:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    name = f"{sync_id}, {documents:,} documents"
    seconds = sum(told["seconds"].values())
    return [
        row(f"{name}: all steps", seconds, "s"),
        row(f"{name}: of a document", 1000 * seconds / documents, "ms"),
        *(row(f"{name}: {task}", taken, "s") for task, taken in told["seconds"].items()),
        *(
            row(f"{name}: most memory until the end of {task}", mb, "MB")
            for task, mb in told["peak_mb"].items()
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
