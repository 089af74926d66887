"""Look at a world after its script, without asking the product for anything."""

from adversary.packages import MERGED_ACCOUNTS
from adversary.picture import Picture, read_accounts, read_entered, read_issued
from adversary.play import Play
from adversary.postings import read_posted


def look(play: Play) -> Picture:
    """Take the picture that is judged."""
    world = play.world
    administration = world.administration
    table = world.mappings / administration.target / "ledger_accounts.csv"
    accounts = read_accounts(table.read_text(encoding="utf-8").splitlines(), administration.sync_id)
    with world.engine.connect() as connection:
        posted = read_posted(connection, administration.sync_id)
    return Picture(
        administration=administration.target_administration,
        issued=read_issued(world.source_emulator.books(administration.organisation, None), accounts),
        posted=posted,
        entered=read_entered(world.emulator.books(None, None), MERGED_ACCOUNTS[administration.sync_id]),
        deeds={deed["reference"]: deed["kind"] for deed in play.deeds if "reference" in deed},
        is_beyond=any(event.value("beyond", otherwise=False) for event in world.script.events),
    )
