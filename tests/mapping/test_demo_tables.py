"""The tables of the project fit the demo: no problems, no code missing but those left out on purpose."""

import csv
from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.administration import Administration

PROJECT = Path(__file__).parents[2]
SEED = PROJECT / "emulators" / "qubz" / "seed"
LEFT_OUT = {"VOUD19", "BVOUD"}
ADMINISTRATIONS = [row.administration for row in read_administrations() if row.administration]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(administration: Administration) -> str:
    return administration.sync_id


def test_tables_of_the_project_have_no_problems() -> None:
    assert check_mappings() == []
    assert [(one.sync_id, one.organisation, one.country) for one in ADMINISTRATIONS] == [
        ("exact_nl", "100", "NL"),
        ("exact_be", "200", "BE"),
        ("twinfield_nl", "300", "NL"),
        ("afas_nl", "400", "NL"),
        ("accountview_nl", "500", "NL"),
    ]


@pytest.mark.parametrize("administration", ADMINISTRATIONS, ids=named)
def test_every_code_of_the_source_is_mapped_but_those_left_out(administration: Administration) -> None:
    frames = read_tables(administration).frames
    vat_codes = {
        row["Code"]
        for row in rows_of(SEED / "vatcodes.csv")
        if row["Organisation"] == ("200" if administration.country == "BE" else "100")
    }

    assert {row["Code"] for row in rows_of(SEED / "ledgeraccounts.csv")} == set(
        frames["ledger_accounts.csv"]["source_account"]
    )
    assert vat_codes - set(frames["vat_codes.csv"]["source_vat_code"]) == vat_codes & LEFT_OUT
    assert {row["Code"] for row in rows_of(SEED / "costcentres.csv")} == set(
        frames["cost_centres.csv"]["source_code"]
    )
    assert {row["Code"] for row in rows_of(SEED / "costunits.csv")} == set(
        frames["cost_units.csv"]["source_code"]
    )
    assert {row["Code"] for row in rows_of(SEED / "paymentterms.csv")} == set(
        frames["payment_terms.csv"]["source_code"]
    )


@pytest.mark.parametrize("administration", ADMINISTRATIONS, ids=named)
def test_article_gives_the_account_that_the_source_has_for_it(administration: Administration) -> None:
    frame = read_tables(administration).frames["article_accounts.csv"]
    accounts = dict(
        zip(zip(frame["article"], frame["activity"], strict=True), frame["source_account"], strict=True)
    )

    for article in rows_of(SEED / "articles.csv"):
        keys = [(article["Code"], ""), ("", article["Activity"])]
        found = next((accounts[key] for key in keys if key in accounts), None)

        assert found == article["LedgerAccount"], article["Code"]
