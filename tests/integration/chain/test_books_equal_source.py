"""After a night Exact's books equal the source, leg by leg, for both organisations of the demo.

Both sides are the emulators' own accounts of what they hold; the product's report is not asked.
"""

import csv
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from emulators.qubz.demo import manifest
from finance_hooks.mapping.administrations import MAPPINGS
from tests.integration.chain.chain import Chain

Legs = frozenset[tuple[str, Decimal]]

VAT_ACCOUNTS = {
    "NL": {"16222": "16221", "16224": "16223"},
    "BE": {"451055": "451056", "451057": "451056"},
}
"""Exact keeps some VAT accounts apart that the source has as one."""

CO_CONTRACTOR = {"700430": "700450"}

S1 = {"1300": "418.60", "8000": "-150.00", "8010": "-12.50", "8020": "-176.70", "8030": "-6.75"}
PUBLISHED = {
    "2026100123": S1 | {"1650": "-72.65"},
    "2026100124": {"1300": "3531.05", "8100": "-3307.20", "8010": "-185.00", "1650": "-38.85"},
    "2026110007": {"8000": "18.75", "8030": "0.84", "1650": "4.11", "1300": "-23.70"},
    "ZF-2026-0031": {"7000": "1957.60", "1660": "411.10", "1600": "-1957.60", "1655": "-411.10"},
}
"""S1, S2, S3 and P1 as published: source accounts, debit positive."""


@pytest.mark.parametrize("country", ["NL", "BE"])
def test_every_leg_of_every_booked_sample_stands_in_the_books(
    country: str, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, country, monkeypatch)
    chain.source_emulator.load_demo(today=chain.today, documents=0)
    organisation = chain.administration.organisation
    to_be_booked = {
        sample["number"]
        for sample in manifest(chain.today)
        if sample["outcome"] == "booked" and sample["organisation"] == organisation
    }

    report = chain.night()

    booked = Counter(legs(entry, country) for entry in chain.exact.books())
    expected = Counter(
        translated(entry, chain.sync_id) for entry in chain.expected() if entry["number"] in to_be_booked
    )
    chain.close()
    assert booked == expected
    assert report.booked == len(to_be_booked)
    assert report.difference == 0


def test_published_postings_of_the_samples_stand_in_the_books(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.source_emulator.load_demo(today=chain.today, documents=0)
    accounts = ledger_accounts("exact_nl")

    chain.night()

    booked = {entry["document"]: legs(entry, "NL") for entry in chain.exact.books()}
    chain.close()
    for number, postings in PUBLISHED.items():
        wanted = {(accounts[account], Decimal(amount)) for account, amount in postings.items()}
        assert booked[number] == wanted


def legs(entry: dict[str, Any], country: str) -> Legs:
    """Sum the legs of a booking per ledger account, debit positive."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in entry["lines"]:
        account = VAT_ACCOUNTS[country].get(
            line["account"], CO_CONTRACTOR.get(line["account"], line["account"])
        )
        sums[account] += Decimal(line["debit"]) - Decimal(line["credit"])
    return frozenset((account, amount) for account, amount in sums.items() if amount)


def translated(entry: dict[str, Any], sync_id: str) -> Legs:
    """Sum the legs that the source wants per ledger account of Exact, in the books' currency."""
    accounts = ledger_accounts(sync_id)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in entry["lines"]:
        amount = (Decimal(line["debit"]) - Decimal(line["credit"])) * Decimal(entry["rate"])
        sums[accounts[line["account"]]] += amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return frozenset((account, amount) for account, amount in sums.items() if amount)


def ledger_accounts(sync_id: str) -> dict[str, str]:
    """Read the project's own table of ledger accounts."""
    with (MAPPINGS / "exactonline" / "ledger_accounts.csv").open(encoding="utf-8") as rows:
        return {
            row["source_account"]: row["target_account"]
            for row in csv.DictReader(rows)
            if row["administration"] == sync_id
        }
