"""What the mapping tables of the demo name exists, unblocked, in the charts that the packages show."""

import pytest

from finance_hooks.mapping.tables import read_tables
from tests.contract.benches import open_bench
from tests.integration.chain.offering import SYNC_IDS, administration

TABLES = {
    "journals.csv": ("journal", "journals"),
    "ledger_accounts.csv": ("target_account", "ledger_accounts"),
    "vat_codes.csv": ("target_vat_code", "vat_codes"),
    "cost_centres.csv": ("target_code", "cost_centres"),
    "payment_terms.csv": ("target_code", "payment_terms"),
}


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_every_mapped_code_exists_unblocked_in_the_chart(sync_id: str, store_url: str) -> None:
    books = administration(sync_id)
    bench = open_bench(books, store_url)
    chart = bench.hook().read_chart(books.target_administration)
    bench.close()
    frames = read_tables(books).frames

    for table, (column, part) in TABLES.items():
        usable = {code.code for code in getattr(chart, part).values() if not code.blocked}
        unknown = set(frames[table][column]) - {""} - usable
        # Some packages do not list their payment terms.
        assert unknown == set() or not usable, table


def test_exact_lists_every_kind_of_code(store_url: str) -> None:
    bench = open_bench(administration("exact_nl"), store_url)
    chart = bench.hook().read_chart("1234567")
    bench.close()

    assert all(getattr(chart, part) for _, part in TABLES.values())
