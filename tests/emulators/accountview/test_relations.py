"""Relations: added, changed, deleted."""

from typing import Any

import pytest
import requests

from tests.emulators.accountview_client import (
    BASE,
    AccountViewClient,
    line,
    message,
    relation_body,
)

NEW = {"SRC_CODE": "NIEUW", "ACCT_NAME": "Nieuwe klant", "ACCT_NR": "1210"}


def _delete(client: AccountViewClient, code: str, number: str) -> requests.Response:
    return client.session.delete(
        f"{BASE}/api/v3/accountviewdata", params={"BusinessObject": code, "Id": number}, timeout=5
    )


def test_a_relation_without_number_is_numbered(client: AccountViewClient) -> None:
    answer = client.send("POST", relation_body("AR1", NEW))

    assert answer.status_code == 200
    assert answer.json()["CONTACT"][0]["SUB_NR"] == "99003"
    assert answer.json()["USR_LINK"] == []
    assert client.filtered("AR1", "SUB_NR", "99003")["CONTACT"][0]["ACCT_NAME"] == "Nieuwe klant"
    assert client.filtered("AP1", "SUB_NR", "99003")["CONTACT"] == []
    assert client.sale([line("8120", 1, VAT_CODE="3")], SUB_NR="99003").status_code == 200


def test_a_go_client_leaves_the_number_empty_and_sends_a_row_id(client: AccountViewClient) -> None:
    empty = dict.fromkeys(("ADDRESS1", "CNT_CODE", "DEB_NR", "MAIL_BUS", "POST_CODE", "SUB_NR", "VAT_NR"), "")

    answer = client.send("POST", relation_body("AR1", NEW | empty | {"RowId": "0"}))

    assert answer.json()["CONTACT"][0]["SUB_NR"] == "99003"


def test_relation_in_small_letters_is_another_one_where_letters_are_kept(client: AccountViewClient) -> None:
    client.switch(capitals="kept")
    client.send("POST", relation_body("AR1", NEW | {"SUB_NR": "k1"}))
    client.send("POST", relation_body("AR1", NEW | {"SUB_NR": "K1"}))

    changed = client.send("PUT", relation_body("AR1", {"CITY": "Elders"}, id="k1"))

    assert changed.json()["CONTACT"][0]["SUB_NR"] == "k1"
    client.switch(prefix_equal=False)
    assert client.filtered("AR1", "SUB_NR", "K1")["CONTACT"][0]["CITY"] in {None, ""}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"SUB_NR": "10045"}, "Debiteur-/crediteurnummer '10045' bestaat al"),
        ({"ACCT_NAME": None}, "moet worden ingevoerd"),
        ({"SRC_CODE": None}, "moet worden ingevoerd"),
        ({"ACCT_NR": None}, "moet worden ingevoerd"),
        ({"ACCT_NR": "9998"}, "'9998' bestaat niet"),
        ({"ACCT_NR": "1510"}, "'1510' is geen verzamelrekening"),
        ({"DISC_CODE": "99"}, "'99' bestaat niet"),
        ({"TRANS_NR": 1}, "kan niet worden gewijzigd"),
        ({"SRC_CODE": "ZOEKCODE123"}, "is langer dan 10 tekens"),
    ],
)
def test_a_wrong_relation_is_refused(client: AccountViewClient, fields: dict[str, Any], text: str) -> None:
    assert text in message(client.send("POST", relation_body("AR1", NEW | fields)))


def test_a_relation_is_changed_by_its_number_in_the_body(client: AccountViewClient) -> None:
    answer = client.send("PUT", relation_body("AR1", {"CITY": "Elders"}, id="10045"))
    by_field = client.send("PUT", relation_body("CON", {"SUB_NR": "10046", "CITY": "Ginds"}))

    assert answer.json()["CONTACT"][0]["CITY"] == "Elders"
    assert answer.json()["CONTACT"][0]["CNG_NR"] == 1
    assert by_field.json()["CONTACT"][0]["CITY"] == "Ginds"


@pytest.mark.parametrize(
    ("values", "number", "text"),
    [
        ({"CITY": "X"}, "12345", "'12345' bestaat niet"),
        ({"SUB_NR": "10046"}, "10045", "kan niet worden gewijzigd"),
        ({"ACCT_NAME": None}, "10045", "moet worden ingevoerd"),
        ({"DISC_CODE": "99"}, "10045", "'99' bestaat niet"),
    ],
)
def test_a_wrong_change_is_refused(
    client: AccountViewClient, values: dict[str, Any], number: str, text: str
) -> None:
    assert text in message(client.send("PUT", relation_body("AR1", values, id=number)))


def test_a_relation_is_deleted_only_where_that_works_and_without_entries(client: AccountViewClient) -> None:
    assert "niet mogelijk" in message(_delete(client, "AR1", "10045"))
    client.switch(delete_works=True)
    client.sale([line("8120", 1, VAT_CODE="3")])

    assert "heeft mutaties" in message(_delete(client, "AR1", "10045"))
    assert _delete(client, "AR1", "10046").status_code == 200
    assert _delete(client, "AR1", "10046").status_code == 404
    assert "niet mogelijk" in message(_delete(client, "GL1", "1210"))
