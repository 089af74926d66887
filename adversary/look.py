"""Look at a world after its script, without asking the product for anything."""

from typing import Any

import sqlalchemy as sa

from adversary.packages import MERGED_ACCOUNTS
from adversary.picture import Picture, read_accounts, read_entered, read_issued
from adversary.play import Play
from adversary.postings import read_posted
from finance_hooks.model.administration import ClosedPeriodPolicy

LAST_REPORT = sa.text("""
    SELECT report FROM run WHERE sync_id = :sync_id AND report IS NOT NULL ORDER BY concluded_at DESC LIMIT 1
""")


def look(play: Play) -> Picture:
    """Take the picture that is judged."""
    world = play.world
    administration = world.administration
    table = world.mappings / administration.target / "ledger_accounts.csv"
    accounts = read_accounts(table.read_text(encoding="utf-8").splitlines(), administration.sync_id)
    with world.engine.connect() as connection:
        posted = read_posted(connection, administration.sync_id)
        report = connection.execute(LAST_REPORT, {"sync_id": administration.sync_id}).scalar() or {}
    others = [other for one in report.get("journals", ()) for other in one["not_ours_entries"]]
    return Picture(
        administration=administration.target_administration,
        issued=read_issued(world.source_emulator.books(administration.organisation, None), accounts),
        posted=posted,
        entered=read_entered(world.emulator.books(None, None), MERGED_ACCOUNTS[administration.sync_id]),
        deeds=_deeds(play.deeds),
        moves_on=administration.closed_period_policy is ClosedPeriodPolicy.NEXT_OPEN,
        closed=frozenset(world.closed),
        told_moved=frozenset((str(one["document"]), str(one["to"])) for one in report.get("moved", ())),
        was_restored=any(event.kind == "restore" for event in world.script.events),
        forgotten=frozenset(other["reference"] for other in others if other["reference"]),
        is_beyond=any(event.value("beyond", otherwise=False) for event in world.script.events),
    )


def _deeds(done: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    by_reference: dict[str, tuple[str, ...]] = {}
    for deed in done:
        by_reference[deed["reference"]] = (*by_reference.get(deed["reference"], ()), deed["kind"])
    return by_reference
