"""Map lines by the product, by DuckDB and by Polars: lines per second and peak memory, and that all agree.

Every measurement is a process of its own that reads the same files, looks up the same codes and writes the
lines that have them all. DuckDB and Polars come from bench/requirements.lock, in an environment of their own.

    python -m bench.mapping_joins [--lines 10000 100000] [--python var/bench/venv/bin/python]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.mapping.files import write_input
from bench.other_environment import other_python, other_versions
from bench.report import Row, finish, machine, row
from local.paths import PROJECT

HERE = PROJECT / "bench" / "mapping"
OTHERS = ("duckdb", "polars")
SHARE = 0.5
"""The goal: at least so much of the faster one of the others."""
FLAT = 1.1
"""The goal: the peak of memory for the most lines is at most so many times that for 100,000."""


def measure(lines: Sequence[int] = (10_000, 100_000), python: Path | None = None) -> list[Row]:
    """Return the rows for every number of lines; `python` is an interpreter with DuckDB and Polars."""
    rows: list[Row] = []
    peaks: dict[int, float] = {}
    for count in lines:
        with tempfile.TemporaryDirectory(prefix="bench-mapping-") as place:
            measured = _measured(Path(place), count, python or other_python())
        peaks[count] = measured["product"]["peak_mb"]
        rows += _rows(count, measured)
    base = min((count for count in peaks if count >= 100_000), default=None)
    if base is not None and max(peaks) > base:
        name = f"product: peak memory for {max(peaks):,} lines, times that for {base:,}"
        rows.append(row(name, peaks[max(peaks)] / peaks[base], "times", at_most=FLAT))
    return rows


def _measured(folder: Path, count: int, python: Path) -> dict[str, dict[str, Any]]:
    write_input(folder, count)
    product = [sys.executable, "-m", "bench.mapping.product", str(folder)]
    measured = {"product, codes only": _run([*product, "codes"]), "product": _run([*product, "whole"])}
    for name in OTHERS:
        measured[name] = _run([str(python), str(HERE / f"{name}_joins.py"), str(folder)])
    missing = {name: one["missing"] for name, one in measured.items()}
    mapped = {name: _digest(folder / f"{name}.csv") for name in ("product", *OTHERS)}
    if len(set(missing.values())) != 1 or len(set(mapped.values())) != 1:
        raise AssertionError(f"they do not agree: missing {missing}, mapped {mapped}")
    return measured


def _rows(count: int, measured: dict[str, dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    join = {name: one["lines"] / one["seconds"]["join"] for name, one in measured.items()}
    whole = {name: one["lines"] / sum(one["seconds"].values()) for name, one in measured.items()}
    for name, one in measured.items():
        rows.append(row(f"{count:,} lines, {name}: looking up", join[name], "lines/s"))
        of_cpu = one["lines"] / one["cpu_seconds"]["join"]
        rows.append(row(f"{count:,} lines, {name}: looking up", of_cpu, "lines per second of a core"))
        if name != "product, codes only":
            rows.append(row(f"{count:,} lines, {name}: with reading and writing", whole[name], "lines/s"))
            rows.append(row(f"{count:,} lines, {name}: peak memory", one["peak_mb"], "MB"))
    faster = max(join[name] for name in OTHERS)
    share = join["product, codes only"] / faster
    rows.append(row(f"{count:,} lines: codes, of the faster one", share, "times", at_least=SHARE))
    share = whole["product"] / max(whole[name] for name in OTHERS)
    rows.append(row(f"{count:,} lines: whole entries, of the faster one", share, "times", at_least=SHARE))
    return rows


def _run(command: list[str]) -> dict[str, Any]:
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT).stdout  # noqa: S603 - our own programs
    measured: dict[str, Any] = json.loads(said.splitlines()[-1])
    return measured


def _digest(path: Path) -> tuple[int, int]:
    """Count the lines of a file and digest them whatever their order."""
    count = total = 0
    with path.open("rb") as file:
        for line in file:
            count += 1
            total = (total + (zlib.crc32(line) << 32) + zlib.adler32(line)) % 2**64
    return count, total


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.mapping_joins")
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--python", type=Path, help="an interpreter with DuckDB and Polars")
    given = parser.parse_args(arguments)
    python = given.python or other_python()
    before = machine(other_versions())
    return finish("mapping_joins", measure(given.lines, python), before)


if __name__ == "__main__":
    sys.exit(main())
