"""A source, a package and mapping tables with as many administrations as wanted, without vendors' limits."""

import csv
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chaos.administrations import MAPPINGS, ROWS, Row, read_rows
from chaos.vendors import LIMITS_AWAY, PREFIX, SOURCE, Vendors
from local.components import Component, own_program, start, wait_until
from local.emulators import START_TIMEOUT_S
from local.ports import LOOPBACK, free_port, is_free

COPIED = read_rows(MAPPINGS)[-1]
"""The administration of the demo that all of them are like; its emulator can make further ones."""
FIRST_ORGANISATION = 9001
DATED_WITHIN = timedelta(days=5)
IDS_OF_AN_ORGANISATION = 100_000


def make_rows(count: int) -> list[Row]:
    """Name so many administrations."""
    return [
        Row(
            sync_id=f"company_{number:03}",
            organisation=str(FIRST_ORGANISATION + number),
            target=COPIED.target,
            target_administration=f"C{number:03}",
            system=COPIED.system,
        )
        for number in range(count)
    ]


def write_mappings(rows: Sequence[Row], folder: Path) -> None:
    """Write mapping tables in which all administrations are mapped as the one of the demo is."""
    shutil.copytree(MAPPINGS, folder)
    for file in (folder / COPIED.target).glob("*.csv"):
        own = file.read_text(encoding="utf-8")
        file.write_text(own.replace(f"\n{COPIED.sync_id},", "\n*,"), encoding="utf-8")
    _repeat(
        folder / ROWS,
        "sync_id",
        COPIED.sync_id,
        [
            {
                "sync_id": row.sync_id,
                "organisation": row.organisation,
                "target_administration": row.target_administration,
            }
            for row in rows
        ],
    )
    articles = folder / SOURCE / "article_accounts.csv"
    _repeat(
        articles, "organisation", COPIED.organisation, [{"organisation": row.organisation} for row in rows]
    )


class Emulation:
    """A source and one package, both without documents of the demo and without a file to keep."""

    def __init__(self, state: Path, rows: Sequence[Row], documents: int) -> None:
        """Remember what is to be issued: so many documents per administration."""
        self.vendors = Vendors(state=state)
        self.rows = rows
        self.documents = documents

    def start(self, state: Path) -> tuple[list[Component], dict[str, str]]:
        """Start both, make the administrations, issue the documents; return where they are reached."""
        components = start_empty(self.vendors, (SOURCE, COPIED.system), state)
        companies = {row.organisation: row.target_administration for row in self.rows}
        self.vendors.tell(SOURCE, "load", {"copies": {COPIED.organisation: companies}})
        self.vendors.tell(
            COPIED.system, "load", {"copies": {COPIED.target_administration: list(companies.values())}}
        )
        for place, organisation in enumerate(companies):
            issue(self.vendors, organisation, self.documents, seed=place)
        return components, addresses(self.vendors)


def start_empty(vendors: Vendors, systems: Sequence[str], state: Path) -> list[Component]:
    """Start emulators without documents, each a program of its own, and take the vendors' limits away."""
    vendors.ports = {system: free_port() for system in systems}
    components = [_start(system, port, state) for system, port in vendors.ports.items()]
    wait_until(
        lambda: not any(is_free(port) for port in vendors.ports.values()),
        components=components,
        timeout_s=START_TIMEOUT_S,
        awaited="the emulators' start",
    )
    for system in systems:
        vendors.tell(system, "limits", LIMITS_AWAY)
    return components


def issue(vendors: Vendors, organisation: str, count: int, *, seed: int) -> None:
    """Let the source issue so many documents of the last days."""
    today = datetime.now(tz=UTC).date()
    wanted = {
        "count": count,
        "seed": seed,
        "from": str(today - DATED_WITHIN),
        "until": str(today),
        "organisations": [organisation],
        "first_id": (1 + seed) * IDS_OF_AN_ORGANISATION,
    }
    vendors.tell(SOURCE, "load", {"generate": wanted})


def addresses(vendors: Vendors) -> dict[str, str]:
    """Return where each emulator is reached."""
    return {system: f"http://{LOOPBACK}:{port}" for system, port in vendors.ports.items()}


def _start(system: str, port: int, state: Path) -> Component:
    command = own_program("emulators", "--system", system, "--port", f"{system}={port}", "--empty")
    return start(PREFIX + system, command, environment={}, state=state)


def _repeat(file: Path, column: str, copied: str, changes: Sequence[dict[str, str]]) -> None:
    """Keep of a table only copies of the rows of one administration, each with these cells."""
    with file.open(encoding="utf-8", newline="") as table:
        reader = csv.DictReader(table)
        columns = list(reader.fieldnames or ())
        rows = [row for row in reader if row[column] == copied]
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | changed for changed in changes for row in rows)
