"""The reads of other people's clients, as they send them: ForecastXL/accountview-ruby and a Go client."""

from csv import DictReader
from pathlib import Path
from typing import Any

import pytest

from emulators.accountview.charts import KEYS
from emulators.accountview.dictionary import seed_rows
from tests.emulators.accountview_client import AccountViewClient, line

PAGE = 200
RUBY: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("GL1", "LEDGER", "ledger.acct_nr, ledger.acct_name, ledger.acct_type", {}),
    ("PER", "PERIODS", "*", {}),
    ("ap1", "CONTACT", "contact.sub_nr, contact.src_code, contact.acct_name", {}),
    ("ar1", "CONTACT", "contact.sub_nr, contact.src_code, contact.acct_name", {}),
    ("CC1", "COST", "cost.cost_code, cost.cost_desc", {}),
    ("PJ1", "PROJECTS", "projects.rec_id, projects.proj_code,projects.sub_nr,project.pro_stat", {}),
    (
        "dbf",
        "DCT_FILE",
        "dct_file.obj_code,dct_file.dbf_des c,dct_file.dbf_name",
        {"Filter": "!EMPTY(dct_file.obj_code) AND dct_file.dbf_type=2"},
    ),
    (
        "FLD",
        "DCT_FLD",
        "dct_fld.field_name,dct_fld.field_le n,dct_fld.desc_fld,dct_fld.field_type",
        {"Filter": "dct_fld.dbf_name='DJ_LINE'"},
    ),
    (
        "GJ1",
        "TRANSACT",
        (
            "transact.acct_nr,transact.sub_nr,transact.cost_code,transact.proj_code,transact.src_type,"
            "transact.src_id,transact.rec_id,transact.trn_date,transact.trn_desc,transact.amount,transact.period"
        ),
        {},
    ),
)


@pytest.mark.parametrize(("code", "table", "fields", "more"), RUBY)
def test_the_ruby_client_reads_its_tables(
    client: AccountViewClient, code: str, table: str, fields: str, more: dict[str, Any]
) -> None:
    client.sales(1)
    asked = {"BusinessObject": code, "PageSize": PAGE, "Fields": fields, "BookDate": "2026-11-06"} | more

    found = client.get("AccountViewData", **asked).json()

    assert next(iter(found)) == table
    assert 0 < len(found[table]) < PAGE
    if fields != "*":
        wanted = {name.split(".")[1].replace(" ", "").upper() for name in fields.split(",")}
        assert set(found[table][0]) <= wanted | {"EXT_KEY", f"{table}_Id"}


def test_the_ruby_client_merges_pages_of_transactions_by_their_last_key(client: AccountViewClient) -> None:
    client.sale([line("8120", number, VAT_CODE="3") for number in range(1, 12)])
    found: list[str] = []
    page: list[dict[str, Any]] = []

    while not found or len(page) == 4:
        last = {"lastKey": found[-1]} if found else {}
        page = client.read("GJ1", PageSize=4, Fields="transact.rec_id", **last)["TRANSACT"]
        found += [row["REC_ID"] for row in page]

    assert len(found) == len(set(found)) == 12


def test_the_go_client_reads_a_table_of_the_dictionary_by_a_padded_name(client: AccountViewClient) -> None:
    asked = {
        "businessobject": "fld",
        "pagesize": 256,
        "FilterControlSource1": "DBF_NAME",
        "FilterOperator1": "Contains",
        "FilterValue1": "VAT     ",
        "FilterValueType1": "C",
        "SortFields": "FLD_DESC",
        "SortOrder": "Ascending",
        "Fields": "dct_fld.FLD_DESC,dct_fld.FIELD_NAME,dct_fld.FIELD_TYPE,dct_fld.INP_MAND,dct_fld.COM_BLK",
    }

    found = client.get("accountviewsystemdata", **asked).json()

    assert list(found) == ["DCT_FLD", "DCT_TAG"]
    names = {row["FIELD_NAME"]: row for row in found["DCT_FLD"]}
    assert len(names) == 19
    assert names["VAT_CODE"]["INP_MAND"]
    assert [row["FLD_DESC"] for row in found["DCT_FLD"]] == sorted(
        row["FLD_DESC"] for row in found["DCT_FLD"]
    )


@pytest.mark.parametrize("table", sorted(KEYS))
def test_the_seed_fits_the_dictionary(client: AccountViewClient, table: str) -> None:
    codes = {"DAILY": "DJ1", "LEDGER": "GL1", "VAT": "VA1", "COST": "CC1", "PROJECTS": "PJ1"}
    codes |= {"PAY_COND": "BT3", "CONTACT": "CON"}

    shown = {row[KEYS[table]] for row in client.read(codes[table])[table]}

    assert shown == {row[KEYS[table]] for row in seed_rows(table)}


def test_relations_are_those_of_the_source(client: AccountViewClient) -> None:
    seed = Path(__file__).parents[3] / "emulators" / "qubz" / "seed" / "relations.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        relations = [row for row in DictReader(file) if row["Organisation"] == "100"]
    debtors = {row["SUB_NR"]: row for row in client.read("AR1")["CONTACT"]}
    creditors = {row["SUB_NR"]: row for row in client.read("AP1")["CONTACT"]}

    for relation in relations:
        for number, known in ((relation["DebtorNumber"], debtors), (relation["CreditorNumber"], creditors)):
            if number:
                assert known[number]["VAT_NR"] == relation["VatNumber"]
                assert known[number]["ACCT_NAME"] == relation["Name"]
