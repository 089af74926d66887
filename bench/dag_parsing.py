"""Time how long Airflow takes to read the DAG file, by the number of administrations in it.

In a process of its own each time: Airflow is imported first, then the file is read, with all of its DAGs as
the DAG processor reads it, and with one as a task's process does.

    python -m bench.dag_parsing [--tries 5]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.report import Row, finish, machine, row
from finance_hooks.mapping.schemas import ADMINISTRATIONS
from finance_hooks.targets.registry import TARGETS
from local.paths import PROJECT

COUNTS = (1, 10, 100, 500)
MORE_MS = 2.5
"""The goal for each administration after the first."""
TARGET = next(iter(TARGETS))
ROW = f"books_{{0:04}},org{{0:04}},qubz_default,{TARGET},books_nl,{{0:07}},NL,2024-01-01,,,park,"
READ = """
import json, resource, runpy, sys, time
import airflow, airflow.sdk
from airflow.sdk.definitions.context import Context
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager as context
with context(dag_id=sys.argv[2] or None):
    began = time.perf_counter()
    found = runpy.run_path(sys.argv[1])
    took = time.perf_counter() - began
from airflow.sdk import DAG
peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([took, sum(isinstance(one, DAG) for one in found.values()), peak_kb]))
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.dag_parsing")
    parser.add_argument("--tries", type=int, default=5)
    return finish("dag_parsing", measure(parser.parse_args(arguments).tries), machine())


def measure(tries: int = 5) -> list[Row]:
    """Return the time for each number of administrations, what one more costs, and the memory."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        first_ms = 0.0
        for count in COUNTS:
            mappings = write_rows(Path(folder) / str(count), count)
            every, own = _read(mappings, "", tries), _read(mappings, "sync_books_0001", tries)
            if (every.dags, own.dags) != (count, 1):
                raise AssertionError(f"{count} administrations: {every.dags} DAGs, {own.dags} of its own")
            first_ms = first_ms or every.ms
            said = f"{count:,} administrations"
            rows.append(row(f"{said}: reading the DAG file", every.ms, "ms"))
            if count > 1:
                goal = MORE_MS if count == max(COUNTS) else None
                more_ms = (every.ms - first_ms) / (count - 1)
                rows.append(row(f"{said}: each after the first", more_ms, "ms", at_most=goal))
            rows.append(row(f"{said}: a task's process reads its own DAG", own.ms, "ms"))
            rows.append(row(f"{said}: peak memory of the reader", every.peak_mb, "MB"))
    return rows


def write_rows(folder: Path, count: int) -> Path:
    """Write a folder of mapping files with so many administrations."""
    folder.mkdir()
    for target in (TARGET, "qubz"):
        (folder / target).symlink_to(PROJECT / "include" / "mappings" / target)
    rows = [",".join(ADMINISTRATIONS.header), *(ROW.format(number) for number in range(1, count + 1))]
    (folder / ADMINISTRATIONS.name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The median time of a reading, how many DAGs it found, and the most memory that it took."""

    ms: float
    dags: int
    peak_mb: float


def _read(mappings: Path, dag_id: str, tries: int) -> Reading:
    environment = {**os.environ, "FINANCE_MAPPINGS": str(mappings), "PYTHONPATH": str(PROJECT / "plugins")}
    command = [sys.executable, "-c", READ, str(PROJECT / "dags" / "sync.py"), dag_id]
    times, dags, peaks = [], [], []
    for _ in range(tries):
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program
        took, found, peak_kb = json.loads(said.splitlines()[-1])
        times.append(1000 * took)
        dags.append(found)
        peaks.append(peak_kb / 1024)
    return Reading(ms=median(times), dags=max(dags), peak_mb=max(peaks))


if __name__ == "__main__":
    sys.exit(main())
