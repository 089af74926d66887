"""Pages of rows: by number, behind a key, of the size asked for."""

from typing import Any

import pytest

from tests.emulators.accountview_client import AccountViewClient, message


def test_page_size_is_needed_whole_and_capped(client: AccountViewClient) -> None:
    assert message(client.get(BusinessObject="VA1")) == "PageSize moet worden ingevoerd"
    assert client.get(BusinessObject="VA1", PageSize="x").status_code == 400
    assert client.get(BusinessObject="VA1", PageSize=0).status_code == 400

    client.switch(largest_page=5, page_size_missing="100")
    assert len(client.get(BusinessObject="VA1").json()["VAT"]) == 18
    assert len(client.read("VA1")["VAT"]) == 5
    client.switch(page_over_largest="refused")
    assert client.get(BusinessObject="VA1", PageSize=6).status_code == 400


def test_page_numbers_cut_the_whole_without_gap_or_overlap(client: AccountViewClient) -> None:
    whole = [row["ACCT_NR"] for row in client.read("GL1")["LEDGER"]]

    cut = [
        row["ACCT_NR"]
        for number in range(1, 8)
        for row in client.read("GL1", PageSize=7, PageNumber=number)["LEDGER"]
    ]

    assert cut == whole == sorted(whole)
    assert client.read("GL1", PageSize=7, PageNumber=8)["LEDGER"] == []


@pytest.mark.parametrize(
    ("code", "table", "key"),
    [("GL1", "LEDGER", "ACCT_NR"), ("AR1", "CONTACT", "SUB_NR"), ("PJ1", "PROJECTS", "PROJ_CODE")],
)
def test_the_last_key_continues_behind_the_last_row(
    client: AccountViewClient, code: str, table: str, key: str
) -> None:
    whole = [row[key] for row in client.read(code)[table]]

    found: list[str] = []
    while not found or len(found) % 4 == 0:
        last = {"LastKey": found[-1]} if found else {}
        page = client.read(code, PageSize=4, **last)[table]
        if not page:
            break
        found += [row[key] for row in page]

    assert found == whole


def test_transactions_continue_behind_a_record_id(client: AccountViewClient) -> None:
    client.sales(4)
    whole = [row["REC_ID"] for row in client.read("GJ1")["TRANSACT"]]

    rest = client.read("GJ1", PageSize=100, LastKey=whole[2])["TRANSACT"]

    assert [row["REC_ID"] for row in rest] == whole[3:]


def test_pages_continue_behind_their_number_unless_switched_off(client: AccountViewClient) -> None:
    client.sales(11)
    key = client.read("DJ2", PageSize=9)["DJ_PAGE"][-1]["PAGE_NRD"]

    rest = client.read("DJ2", PageSize=9, LastKey=key)["DJ_PAGE"]
    assert [row["INV_NR"] for row in rest] == ["F10", "F11"]

    client.switch(page_last_key="ignored")
    assert client.read("DJ2", PageSize=9, LastKey=key)["DJ_PAGE"][0]["INV_NR"] == "F1"
    client.switch(page_last_key="refused")
    assert client.get(BusinessObject="DJ2", PageSize=9, LastKey=key).status_code == 400


def test_the_dictionary_continues_behind_a_row_number(client: AccountViewClient) -> None:
    asked: dict[str, Any] = {
        "FilterControlSource1": "DBF_NAME",
        "FilterOperator1": "Contains",
        "FilterValueType1": "C",
        "FilterValue1": "DJ_LINE",
    }
    first = client.read("FLD", PageSize=30, **asked)["DCT_FLD"]

    rest = client.read("FLD", PageSize=30, LastKey=first[-1]["DCT_FLD_Id"], **asked)["DCT_FLD"]

    assert (len(first), len(rest)) == (30, 19)
    assert [row["DCT_FLD_Id"] for row in rest] == list(range(30, 49))
    assert client.get(BusinessObject="FLD", PageSize=1, LastKey="x").status_code == 400
