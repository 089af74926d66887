"""Run the benchmarks, several times each, and show the middle of what they measured and its spread.

Each is a program of its own (`python -m bench.<name>`), so that none inherits another's memory. The table
goes to standard output, everything to var/bench/results.json.

    python -m bench [--full] [--runs 3] [NAME …]
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any

from bench.other_environment import other_versions
from bench.report import machine, spread_table
from local.paths import PROJECT, state_directory

QUICK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dag_parsing": (),
        "calls": ("--documents", "1000"),
        "alternatives": ("--documents", "200"),
        "mapping_joins": ("--lines", "10000", "100000"),
        "store_rates": (),
        "growth": ("--documents", "1000"),
        "night": ("--documents", "1000"),
    }
)
FULL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dag_parsing": (),
        "calls": ("--documents", "1000"),
        "alternatives": ("--documents", "1000"),
        "mapping_joins": ("--lines", "10000", "100000", "1000000", "5000000"),
        "store_rates": (),
        "store_lookups": ("--postings", "10000000"),
        "growth": ("--documents", "1000", "10000", "100000"),
        "night": ("--documents", "1000", "10000"),
    }
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them, print the table, write the results; return 1 when a goal was not reached."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(FULL)}")
    parser.add_argument("--full", action="store_true", help="the sizes that docs/benchmarks.md tells of")
    parser.add_argument("--runs", type=int, default=1)
    asked = parser.parse_args(arguments)
    sizes = FULL if asked.full else QUICK
    unknown = set(asked.names) - set(sizes)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    described = machine(other_versions())
    rows = []
    for name in asked.names or sizes:
        runs = [_run(name, sizes[name]) for _ in range(asked.runs)]
        rows += [over(name, each) for each in zip(*runs, strict=True)]
    print(spread_table(rows))
    kept = state_directory() / "bench" / "results.json"
    kept.write_text(json.dumps({"machine": described, "rows": rows}, indent=2) + "\n", encoding="utf-8")
    print(f"written to {kept}")
    return 1 if any(one["held"] is False for one in rows) else 0


def _run(name: str, arguments: Sequence[str]) -> list[dict[str, Any]]:
    """Run one once and return its rows; what it prints goes to standard error."""
    command = [sys.executable, "-m", f"bench.{name}", *arguments]
    kept = state_directory() / "bench" / f"{name}.json"
    kept.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}
    print(f"{name} …", file=sys.stderr, flush=True)
    subprocess.run(command, cwd=PROJECT, env=environment, stdout=sys.stderr, check=False)  # noqa: S603 - our own programs
    if not kept.exists():
        raise SystemExit(f"bench.{name} did not come to an end; see above")
    rows: list[dict[str, Any]] = json.loads(Path(kept).read_text(encoding="utf-8"))["rows"]
    return rows


def over(name: str, same: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Make one row of the same row of several runs; a goal is reached when all of them reached it."""
    figures = [one["figure"] for one in same]
    held = None if same[0]["held"] is None else all(one["held"] for one in same)
    return {
        "benchmark": name,
        **same[0],
        "figure": median(figures),
        "least": min(figures),
        "most": max(figures),
        "held": held,
    }


if __name__ == "__main__":
    sys.exit(main())
