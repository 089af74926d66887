"""What people do to debtors and ledger accounts: in the source for good, in the package for a night."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from adversary.blocks import DEBTORS, block, codes_in_use
from adversary.script import Event
from adversary.world import World

Row = dict[str, Any]

CHANGES: Mapping[str, Callable[[Row], Row]] = MappingProxyType(
    {
        "name": lambda row: {"Name": f"{row['Name']} N.V."},
        "vat": lambda _row: {"VatNumber": None},
        "inactive": lambda row: {"Active": not row["Active"]},
    }
)
"""What becomes of a relation of the source."""


def change_relation(world: World, event: Event) -> None:
    """Let the source call a debtor otherwise, forget its VAT number, or not use it any more."""
    rows = world.source_emulator.documents.rows["relations"].values()
    own = [
        row
        for row in rows
        if row["Organisation"] == world.administration.organisation and row["IsDebtor"] is True
    ]
    row = own[event.nth % len(own)]
    changed = CHANGES[event.value("what", "name")](row)
    world.source_emulator.documents.put("relations", row | changed | {"ChangedDate": world.now()})


def block_code(world: World, event: Event) -> bool:
    """Block a debtor or an account of the package until the night is over; false where none is in use."""
    emulator, administration = world.emulator, world.administration.target_administration
    part = event.value("part", DEBTORS)
    there = codes_in_use(emulator, administration, part)
    free = block(emulator, administration, part, there[event.nth % len(there)]) if there else None
    if free is not None:
        world.undo.append(free)
    return free is not None
