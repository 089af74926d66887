"""After a night the books equal the source, leg by leg, for every administration of the demo.

Both sides are the emulators' own accounts of what they hold; the product's report is not asked.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from emulators.qubz.demo import manifest
from finance_hooks.mapping.folder import MAPPINGS
from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS

Legs = frozenset[tuple[str, Decimal]]

S1 = {"1300": "418.60", "8000": "-150.00", "8010": "-12.50", "8020": "-176.70", "8030": "-6.75"}
PUBLISHED = {
    "2026100123": S1 | {"1650": "-72.65"},
    "2026100124": {"1300": "3531.05", "8100": "-3307.20", "8010": "-185.00", "1650": "-38.85"},
    "2026110007": {"8000": "18.75", "8030": "0.84", "1650": "4.11", "1300": "-23.70"},
    "ZF-2026-0031": {"7000": "1957.60", "1660": "411.10", "1600": "-1957.60", "1655": "-411.10"},
}
"""S1, S2, S3 and P1 as published: source accounts, debit positive."""


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_every_leg_of_every_booked_sample_stands_in_the_books(
    sync_id: str, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.source_emulator.load_demo(today=chain.today, documents=0)
    organisation = chain.administration.organisation
    to_be_booked = {
        sample["number"]
        for sample in manifest(chain.today)
        if sample["outcome"] == "booked" and sample["organisation"] == organisation
    }

    accounts = ledger_accounts(chain)

    report = chain.night()

    booked = Counter(legs(entry, chain.bench.merged_accounts) for entry in chain.bench.books())
    expected = Counter(
        translated(entry, accounts) for entry in chain.expected() if entry["number"] in to_be_booked
    )
    chain.close()
    assert booked == expected
    assert report.booked == len(to_be_booked)
    assert report.difference == 0


@pytest.mark.parametrize("sync_id", [sync_id for sync_id in SYNC_IDS if sync_id.endswith("_nl")])
def test_published_postings_of_the_samples_stand_in_the_books(
    sync_id: str, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.source_emulator.load_demo(today=chain.today, documents=0)
    accounts = ledger_accounts(chain)

    chain.night()

    booked = {entry["document"]: legs(entry, chain.bench.merged_accounts) for entry in chain.bench.books()}
    chain.close()
    for number, postings in PUBLISHED.items():
        wanted = {(accounts[account], Decimal(amount)) for account, amount in postings.items()}
        assert booked[number] == wanted


def legs(entry: dict[str, Any], merged: Mapping[str, str]) -> Legs:
    """Sum the legs of a booking per ledger account, debit positive."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in entry["lines"]:
        account = merged.get(line["account"], line["account"])
        sums[account] += Decimal(line["debit"]) - Decimal(line["credit"])
    return frozenset((account, amount) for account, amount in sums.items() if amount)


def translated(entry: dict[str, Any], accounts: Mapping[str, str]) -> Legs:
    """Sum the legs that the source wants per ledger account of the package, in the books' currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in entry["lines"]:
        amount = (Decimal(line["debit"]) - Decimal(line["credit"])) * Decimal(entry["rate"])
        sums[accounts[line["account"]]] += amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return frozenset((account, amount) for account, amount in sums.items() if amount)


def ledger_accounts(chain: Chain) -> dict[str, str]:
    """Read the project's own table of ledger accounts."""
    with (MAPPINGS / chain.administration.target / "ledger_accounts.csv").open(encoding="utf-8") as rows:
        return {
            row["source_account"]: row["target_account"]
            for row in csv.DictReader(rows)
            if row["administration"] in {chain.sync_id, "*"}
        }
