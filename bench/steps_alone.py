"""The steps of a night one after the other in one process without Airflow, and every request they sent.

Run in the environment of a task. Writes the seconds of each task, the most memory until its end in MB, its
counts, and the number of requests as JSON to standard output; and the requests with their answers' statuses
to a file. Without a file none is kept, and the memory is the product's alone.

    python -m bench.steps_alone SYNC_ID [FILE_OF_REQUESTS]
"""

import json
import resource
import sys
import time
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bench.sent import Sent, recorded, write_sent
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.operators.sync_dag import build_sync_dag

RUN = "bench"


def main(sync_id: str, file: Path | None = None) -> None:
    """Run every step once, keep what was sent, and say how long each took."""
    with recorded() if file else nullcontext(list[Sent]()) as sent:
        told = run_steps(sync_id)
    if file:
        write_sent(file, sent)
    print(json.dumps({**told, "requests": len(sent)}))


def run_steps(sync_id: str) -> dict[str, Any]:
    """Run every step once; return what is told of them, each by the tasks' names."""
    rows = {row.sync_id: row for row in read_administrations(mappings_folder())}
    dag = build_sync_dag(rows[sync_id])
    context = _context(dag.dag_id)
    told: dict[str, dict[str, Any]] = {"seconds": {}, "peak_mb": {}, "counts": {}}
    for task in dag.topological_sort():
        started = time.perf_counter()
        told["counts"][task.task_id] = task.execute(context)
        told["seconds"][task.task_id] = time.perf_counter() - started
        told["peak_mb"][task.task_id] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return told


def _context(dag_id: str) -> Any:  # noqa: ANN401 - as much of Airflow's context as the steps look at
    ti = SimpleNamespace(dag_id=dag_id, get_task_states=lambda **_: {})
    return {
        "run_id": RUN,
        "dag_run": SimpleNamespace(conf={}, run_type="manual", data_interval_start=None, run_after=None),
        "ti": ti,
        "outlet_events": defaultdict(SimpleNamespace),
    }


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
