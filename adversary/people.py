"""What people do between and during the nights: to store, source, books, mapping tables and clock."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from types import MappingProxyType
from typing import Any

from adversary.closing import FOR_GOOD, close, month
from adversary.hands import DEEDS, lay_hands_on
from adversary.packages import OTHERS
from adversary.relations import block_code, change_relation
from adversary.script import Event
from adversary.store_copy import copy_store, restore_store
from adversary.world import World
from finance_hooks.mapping.folder import MAPPINGS

Deeds = list[dict[str, Any]]


def let_act(world: World, event: Event, deeds: Deeds) -> bool:
    """Do what the script says somebody does, note what has to be known to judge it; false if it cannot be."""
    if event.kind in DEEDS:
        return _lay_hands(world, event, deeds)
    if event.kind not in ACTS:
        raise ValueError(f"nobody does {event.kind}")
    return ACTS[event.kind](world, event) is not False


def mend(world: World) -> None:
    """Put back what was changed for one night."""
    if world.mappings != MAPPINGS:
        rmtree(world.mappings)
    world.mappings, world.skew_s = MAPPINGS, 0.0
    while world.undo:
        world.undo.pop()()


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


def _lay_hands(world: World, event: Event, deeds: Deeds) -> bool:
    reference = lay_hands_on(world.emulator, world.administration.target_administration, event)
    if reference is not None:
        deeds.append({"kind": DEEDS[event.kind], "reference": reference})
    return reference is not None


def _close(world: World, event: Event) -> None:
    """Close a month for this night or for good."""
    closed = month(world.now().date(), event.nth)
    if closed in world.closed:
        return
    world.closed.add(closed)
    close(world.emulator, world.closed)
    if event.value("nights", 1) != FOR_GOOD:
        world.undo.append(partial(_open, world, closed))


def _open(world: World, closed: str) -> None:
    world.closed.discard(closed)
    close(world.emulator, world.closed)


def _lead_astray(world: World, _event: Event) -> None:
    """Let the row of the administration name another one for a night, which the connection reaches too."""
    right = world.administration
    if right.target_administration != OTHERS[right.sync_id]:
        world.administration = replace(right, target_administration=OTHERS[right.sync_id])
        world.undo.append(lambda: setattr(world, "administration", right))


def _back_up(world: World, _event: Event) -> None:
    world.backup = copy_store(world.engine)


def _restore(world: World, event: Event) -> None:
    if world.backup:
        restore_store(world.engine, world.backup, tokens=event.value("tokens", otherwise=False))


def _lose_row(world: World, event: Event) -> None:
    world.mappings = without_row(world.administration.target, event.nth)


def _skew(world: World, event: Event) -> None:
    world.skew_s = float(event.value("seconds", 0))


ACTS: Mapping[str, Callable[[World, Event], bool | None]] = MappingProxyType(
    {
        "backup": _back_up,
        "restore": _restore,
        "cancel": _cancel,
        "mapping": _lose_row,
        "skew": _skew,
        "close": _close,
        "block": block_code,
        "relation": change_relation,
        "astray": _lead_astray,
    }
)
"""What people do but to bookings."""
