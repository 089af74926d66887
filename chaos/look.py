"""Look at source, store and books after a run, without asking the product for anything."""

from pathlib import Path

import sqlalchemy as sa

from adversary.packages import MERGED_ACCOUNTS
from adversary.picture import Picture, read_accounts, read_entered, read_issued
from adversary.postings import read_posted
from chaos.administrations import Row
from chaos.vendors import SOURCE, Vendors


def look(row: Row, *, mappings: Path, vendors: Vendors, store_url: str) -> Picture:
    """Take the picture of one administration that is judged."""
    table = mappings / row.target / "ledger_accounts.csv"
    accounts = read_accounts(table.read_text(encoding="utf-8").splitlines(), row.sync_id)
    engine = sa.create_engine(store_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        posted = read_posted(connection, row.sync_id)
    return Picture(
        administration=row.target_administration,
        issued=read_issued(vendors.listed(SOURCE, "entries", row.organisation), accounts),
        posted=posted,
        entered=read_entered(vendors.listed(row.system, "entries"), MERGED_ACCOUNTS[row.sync_id]),
        deeds={},
    )
