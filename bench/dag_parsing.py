"""Time how long Airflow takes to read the DAG file, by the number of administrations in it.

In a process of its own each time: Airflow is imported first, then the file is read, with all of its DAGs as
the DAG processor reads it, and with one as a task's process does.

    python -m bench.dag_parsing [TRIES]
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from finance_hooks.mapping.schemas import ADMINISTRATIONS
from finance_hooks.targets.registry import TARGETS
from local.paths import PROJECT

COUNTS = (1, 10, 100, 500)
TARGET = next(iter(TARGETS))
ROW = f"books_{{0:04}},org{{0:04}},qubz_default,{TARGET},books_nl,{{0:07}},NL,2024-01-01,,,park,"
READ = """
import json, runpy, sys, time
import airflow, airflow.sdk
from airflow.sdk.definitions.context import Context
from airflow.sdk.definitions._internal.dag_parsing_context import _airflow_parsing_context_manager as context
with context(dag_id=sys.argv[2] or None):
    began = time.perf_counter()
    found = runpy.run_path(sys.argv[1])
    took = time.perf_counter() - began
from airflow.sdk import DAG
print(json.dumps([took, sum(isinstance(one, DAG) for one in found.values())]))
"""


def main(tries: int = 5) -> None:
    """Print the time for each number of administrations, and what one more costs."""
    with tempfile.TemporaryDirectory() as folder:
        first_ms = 0.0
        for count in COUNTS:
            mappings = write_rows(Path(folder) / str(count), count)
            all_ms, dags = _read(mappings, "", tries)
            one_ms, own = _read(mappings, "sync_books_0001", tries)
            first_ms = first_ms or all_ms
            more = (
                "" if count == 1 else f", {(all_ms - first_ms) / (count - 1):.2f} ms for each after the first"
            )
            a_task = f"a task: {one_ms:.1f} ms for {own}"
            print(f"{count:4} administrations: {all_ms:7.1f} ms for {dags} DAGs{more}; {a_task}")


def write_rows(folder: Path, count: int) -> Path:
    """Write a folder of mapping files with so many administrations."""
    folder.mkdir()
    for target in (TARGET, "qubz"):
        (folder / target).symlink_to(PROJECT / "include" / "mappings" / target)
    rows = [",".join(ADMINISTRATIONS.header), *(ROW.format(number) for number in range(1, count + 1))]
    (folder / ADMINISTRATIONS.name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _read(mappings: Path, dag_id: str, tries: int) -> tuple[float, int]:
    """Return the median in milliseconds, and how many DAGs there are."""
    environment = {**os.environ, "FINANCE_MAPPINGS": str(mappings), "PYTHONPATH": str(PROJECT / "plugins")}
    command = [sys.executable, "-c", READ, str(PROJECT / "dags" / "sync.py"), dag_id]
    times: list[float] = []
    dags = 0
    for _ in range(tries):
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own program
        took, dags = json.loads(said.splitlines()[-1])
        times.append(1000 * took)
    return median(times), dags


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:]))
