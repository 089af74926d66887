"""Show what a benchmark measured as a table, and keep it with the machine it was measured on as JSON.

A benchmark has `measure(...) -> list[dict]`; its rows are made by `row`. Its `main` ends with `finish`.
"""

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local.paths import state_directory

Row = dict[str, Any]
"""name, figure, unit; goal as text and held as a bool where there is a goal, else None."""

PACKAGES = ("apache-airflow", "pandas", "psycopg2-binary", "sqlalchemy")
HELD = {True: "held", False: "NOT HELD", None: ""}


def row(
    name: str, value: float, unit: str, *, at_least: float | None = None, at_most: float | None = None
) -> Row:
    """Make one row; it has a goal when a limit is given."""
    goal = held = None
    if at_least is not None:
        goal, held = f"at least {figure(at_least)}", value >= at_least
    elif at_most is not None:
        goal, held = f"at most {figure(at_most)}", value <= at_most
    return {"name": name, "figure": value, "unit": unit, "goal": goal, "held": held}


def table(rows: Sequence[Row]) -> str:
    """Return the rows in columns: name, figure, unit, goal, and whether the goal is held."""
    return _columns(
        [
            (one["name"], figure(one["figure"]), one["unit"], one["goal"] or "", HELD[one["held"]])
            for one in rows
        ]
    )


def spread_table(rows: Sequence[Row]) -> str:
    """Return rows of several runs in columns: the middle, from least to most, whether all held the goal."""
    return _columns(
        [
            (
                f"{one['benchmark']}: {one['name']}",
                figure(one["figure"]),
                f"({figure(one['least'])} to {figure(one['most'])})",
                one["unit"],
                one["goal"] or "",
                HELD[one["held"]],
            )
            for one in rows
        ]
    )


def _columns(cells: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place == 1 else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def machine(versions: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Describe this machine now; `versions` of packages that this process does not have may be added."""
    return {
        "cores": os.cpu_count(),
        "cpu": _cpu_model(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": [round(one, 2) for one in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES} | dict(versions or {}),
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def write(name: str, rows: Sequence[Row], machine: Mapping[str, Any]) -> Path:
    """Write the results of one benchmark as one JSON object to var/bench/<name>.json."""
    path = state_directory() / "bench" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"name": name, "machine": dict(machine), "rows": list(rows)}
    path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return path


def finish(name: str, rows: Sequence[Row], machine: Mapping[str, Any]) -> int:
    """Print the table, write the JSON, and return how many goals are not held, for `sys.exit`."""
    print(table(rows))
    print(f"written to {write(name, rows, machine)}")
    return sum(one["held"] is False for one in rows)


def figure(value: float) -> str:
    """Write a figure with as many decimals as say something."""
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def _cpu_model() -> str:
    """Return the name that the kernel gives the processor."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
