"""What people do between the nights: to store, source, books, mapping tables and clock."""

import csv
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

from adversary.hands import delete_booking, references
from adversary.script import Event
from adversary.store_copy import copy_store, restore_store
from adversary.world import World
from finance_hooks.mapping.folder import MAPPINGS

Deeds = list[dict[str, Any]]


def let_act(world: World, event: Event, deeds: Deeds) -> None:
    """Do what the script says somebody does, and note what has to be known to judge it."""
    match event.kind:
        case "backup":
            world.backup = copy_store(world.engine)
        case "restore":
            restore_store(world.engine, world.backup)
        case "delete":
            _delete(world, event, deeds)
        case "cancel":
            _cancel(world, event)
        case "mapping":
            world.mappings = without_row(world.administration.target, event.nth)
        case "skew":
            world.skew_s = float(event.value("seconds", 0))
        case _:
            raise ValueError(f"nobody does {event.kind}")


def mend(world: World) -> None:
    """Put back what was changed for one night."""
    if world.mappings != MAPPINGS:
        rmtree(world.mappings)
    world.mappings, world.skew_s = MAPPINGS, 0.0


def without_row(target: str, nth: int) -> Path:
    """Return mapping tables in which one ledger account of the source is not translated."""
    folder = Path(mkdtemp(prefix="mappings-"))
    copytree(MAPPINGS, folder, dirs_exist_ok=True)
    table = folder / target / "ledger_accounts.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    account = list(csv.DictReader([head, *rows]))[nth % len(rows)]["source_account"]
    kept = [row for row in rows if row.split(",")[1] != account]
    table.write_text("".join([head, *kept]), encoding="utf-8")
    return folder


def _cancel(world: World, event: Event) -> None:
    """Let the source take back one of its documents, booked or not."""
    rows = world.source_emulator.documents.rows["salesinvoices"]
    final = [row for row in rows.values() if row["Status"] == "Final"]
    if final:
        row = final[event.nth % len(final)]
        changed = {"Status": "Cancelled", "ChangedDate": world.now()}
        world.source_emulator.documents.put("salesinvoices", dict(row) | changed)


def _delete(world: World, event: Event, deeds: Deeds) -> None:
    administration = world.administration.target_administration
    there = references(world.emulator, administration)
    if there:
        reference = there[event.nth % len(there)]
        delete_booking(world.emulator, administration, reference)
        deeds.append({"kind": "deleted", "reference": reference})
