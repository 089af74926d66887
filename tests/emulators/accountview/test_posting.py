"""When a page is posted, where it then stands, and what of it can still be changed."""

import pytest
import requests

from tests.emulators.accountview_client import BASE, AccountViewClient, Body, line, message

LINES = [line("8120", 100, VAT_CODE="1", VAT_AMT=21)]


def _shown(client: AccountViewClient) -> tuple[int, int, int]:
    pages = [len(client.read(code)["DJ_PAGE"]) for code in ("DJ2", "DJ2P")]
    return pages[0], pages[1], len(client.read("GJ1")["TRANSACT"])


@pytest.mark.parametrize(
    ("position", "before", "after"),
    [
        ("both", (1, 1, 0), (1, 1, 3)),
        ("dj2p", (1, 0, 0), (0, 1, 3)),
        ("gj1", (1, 1, 0), (0, 0, 3)),
    ],
)
def test_a_posted_page_stands_where_the_switch_says(
    client: AccountViewClient,
    position: str,
    before: tuple[int, int, int],
    after: tuple[int, int, int],
) -> None:
    client.switch(posted_pages=position, posted_after_s=600)
    client.sale(LINES)

    assert _shown(client) == before
    client.control("clock", {"advance_s": 600})
    assert _shown(client) == after


def test_a_page_may_never_be_posted(client: AccountViewClient) -> None:
    client.switch(posted_after_s=-1)
    client.sale(LINES)
    client.control("clock", {"advance_s": 3000})

    assert _shown(client) == (1, 1, 0)
    assert client.read("OI4")["OPENITEM"] == []
    assert client.filtered("GL1", "ACCT_NR", "1210")["LEDGER"][0]["DR_AMT"] == 0


def test_a_page_for_the_workflow_and_one_not_to_be_posted_wait(client: AccountViewClient) -> None:
    held = client.sale(LINES, DJ_CODE="VRW").json()["DJ_PAGE"][0]
    client.sale(LINES, NO_POST=True)

    assert held["APPR_STATE"] == 1
    assert _shown(client) == (2, 2, 0)


def test_a_refused_line_may_leave_the_page_behind_with_those_before_it(client: AccountViewClient) -> None:
    client.switch(refused_line="page_stays")

    answer = client.sale([*LINES, line("9998", 5), line("8130", 7, VAT_CODE="3")])

    assert message(answer) == "Regel 2: Rekeningnr '9998' bestaat niet"
    assert _shown(client) == (1, 1, 0)
    assert client.read("DJ2")["DJ_PAGE"][0]["PAGE_AMT"] == 121.0


def _header_body(fields: Body, number: str) -> Body:
    return {
        "BookDate": "2026-10-31",
        "BusinessObject": "DJ2",
        "id": number,
        "Table": {
            "Definition": {
                "Name": "DJ_PAGE",
                "Fields": [{"Name": name, "FieldType": "C"} for name in fields],
            }
        },
        "TableData": {"Data": {"Rows": [{"Values": list(fields.values())}]}},
    }


def _delete(client: AccountViewClient, number: str) -> requests.Response:
    asked = {"BusinessObject": "DJ2", "id": number, "BookDate": "2026-10-31"}
    return client.session.delete(f"{BASE}/api/v3/accountviewdata", params=asked, timeout=5)


def test_pages_cannot_be_changed_or_deleted(client: AccountViewClient) -> None:
    number = client.sale(LINES).json()["DJ_PAGE"][0]["PAGE_NRD"]

    assert "Wijzigen is niet mogelijk" in message(client.send("PUT", _header_body({"HDR_DESC": "x"}, number)))
    assert "Verwijderen is niet mogelijk" in message(_delete(client, number))


def test_unposted_pages_may_be_changed_where_that_works(client: AccountViewClient) -> None:
    client.switch(pages_change=True, posted_after_s=60)
    number = client.sale(LINES).json()["DJ_PAGE"][0]["PAGE_NRD"]

    changed = client.send("PUT", _header_body({"HDR_DESC": "Anders"}, number))
    assert changed.json()["DJ_PAGE"][0]["HDR_DESC"] == "Anders"
    assert "SUB_NR" in message(client.send("PUT", _header_body({"SUB_NR": "10046"}, number)))
    assert client.send("PUT", _header_body({"HDR_DESC": "x"}, "VRK        99")).status_code == 404

    client.control("clock", {"advance_s": 60})
    assert "geboekte bladzijde" in message(client.send("PUT", _header_body({"HDR_DESC": "x"}, number)))


def test_unposted_pages_may_be_deleted_where_that_works(client: AccountViewClient) -> None:
    client.switch(pages_change=True, posted_after_s=60, duplicate_inv_nr="in_journal")
    number = client.sale(LINES).json()["DJ_PAGE"][0]["PAGE_NRD"]

    assert _delete(client, number).status_code == 200
    assert _delete(client, number).status_code == 404
    assert client.control("books")["entries"] == []
    assert client.sale(LINES).status_code == 200
    memorial = client.memorial([line("1250", 1), line("9999", -1)]).json()["DJ_PAGE"][0]
    assert _delete(client, memorial["PAGE_NRD"]).status_code == 200


def test_only_one_row_is_changed_per_call(client: AccountViewClient) -> None:
    body = _header_body({"CITY": "X"}, "10045") | {"BusinessObject": "AR1"}
    body["Table"]["Definition"]["Name"] = "CONTACT"
    body["Table"]["Definition"]["Fields"].insert(0, {"Name": "RowId", "FieldType": "C"})
    rows = [{"Values": [str(place), "X"]} for place in (1, 2)]
    body["TableData"]["Data"]["Rows"] = rows

    assert "een hoofdregel" in message(client.send("PUT", body))
