"""The tables that come along lead to codes that the emulated environment knows and has not blocked."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.targets.afas.sample_chart import sample_chart

TABLES = Path(__file__).parents[3] / "include" / "mappings" / "afas"


def codes(table: str, column: str) -> Iterator[str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from (row[column] for row in csv.DictReader(file) if row[column])


@pytest.mark.parametrize(
    ("table", "column", "part"),
    [
        ("journals", "journal", "journals"),
        ("ledger_accounts", "target_account", "ledger_accounts"),
        ("vat_codes", "target_vat_code", "vat_codes"),
        ("vat_codes", "vat_account", "ledger_accounts"),
        ("vat_codes", "reverse_charge_account", "ledger_accounts"),
        ("cost_centres", "target_code", "cost_centres"),
        ("payment_terms", "target_code", "payment_terms"),
    ],
)
def test_code_of_a_table_exists_and_is_not_blocked(table: str, column: str, part: str) -> None:
    known = getattr(sample_chart().chart, part)

    assert [code for code in codes(table, column) if code not in known or known[code].blocked] == []


def test_vat_accounts_are_accounts_for_vat() -> None:
    accounts = sample_chart().accounts
    named = {*codes("vat_codes", "vat_account"), *codes("vat_codes", "reverse_charge_account")}

    assert [code for code in sorted(named) if not accounts[code].is_vat] == []
