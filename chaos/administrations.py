"""The administrations that take part, as the rows of administrations.csv name them."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from local.connections import EMULATED
from local.paths import PROJECT

MAPPINGS = PROJECT / "include" / "mappings"
ROWS = "administrations.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What has to be known of an administration to feed and to judge it; `system` is its emulator."""

    sync_id: str
    organisation: str
    target: str
    target_administration: str
    system: str


def read_rows(mappings: Path) -> list[Row]:
    """Read the administrations of a folder of mapping tables."""
    with (mappings / ROWS).open(encoding="utf-8", newline="") as file:
        return [
            Row(
                sync_id=row["sync_id"],
                organisation=row["organisation"],
                target=row["target"],
                target_administration=row["target_administration"],
                system=_system(row["target_conn_id"]),
            )
            for row in csv.DictReader(file)
        ]


def copy_mappings(sync_ids: Sequence[str], folder: Path) -> Path:
    """Copy the demo's mapping tables without the rows of other administrations."""
    with (MAPPINGS / ROWS).open(encoding="utf-8", newline="") as rows:
        known = [row["sync_id"] for row in csv.DictReader(rows)]
    others = tuple(f"{sync_id}," for sync_id in known if sync_id not in sync_ids)
    for file in MAPPINGS.rglob("*.csv"):
        copy = folder / file.relative_to(MAPPINGS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not others or not line.startswith(others)]
        copy.write_text("".join(kept), encoding="utf-8")
    return folder


def _system(conn_id: str) -> str:
    fields = json.loads((EMULATED / f"{conn_id}.json").read_text(encoding="utf-8"))
    return str(fields["system"])
