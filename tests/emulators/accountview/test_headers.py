"""Several headers in one call, and what a change answers."""

from copy import deepcopy

import pytest

from tests.emulators.accountview_client import AccountViewClient, Body, changed, message


def _two_headers(body: Body, second: str) -> Body:
    sent = deepcopy(body)
    sent["TableData"]["Data"]["Rows"].append({"Values": ["2", "VRK", second, "F2", "y", "2026-10-31"]})
    first = sent["TableData"]["DetailData"][0]["Rows"][0]["Values"]
    sent["TableData"]["DetailData"][0]["Rows"].append({"Values": [first[0], "2", *first[2:]]})
    return sent


def test_several_headers_each_get_their_own_lines(client: AccountViewClient, body: Body) -> None:
    answer = client.send("POST", _two_headers(body, "10046")).json()

    assert [row["INV_NR"] for row in answer["DJ_PAGE"]] == ["F1", "F2"]
    assert [row["DJ_PAGE_Id"] for row in answer["DJ_LINE"]] == [0, 1]


@pytest.mark.parametrize(("position", "booked"), [("one_by_one", 1), ("atomic", 0), ("refused", 0)])
def test_when_the_second_header_is_refused_the_first_may_stay(
    client: AccountViewClient, body: Body, position: str, booked: int
) -> None:
    client.switch(many_headers=position)

    assert client.send("POST", _two_headers(body, "99999")).status_code == 400
    assert len(client.control("books")["entries"]) == booked


def test_two_headers_with_one_row_id_are_refused(client: AccountViewClient, body: Body) -> None:
    sent = changed(_two_headers(body, "10046"), "TableData/Data/Rows/1/Values/0", "1")

    assert message(client.send("POST", sent)) == "RowId '1' komt meer dan een keer voor"


def test_lines_without_header_may_be_dropped(client: AccountViewClient, body: Body) -> None:
    client.switch(orphan_lines="dropped")
    sent = _two_headers(body, "10046")
    del sent["TableData"]["Data"]["Rows"][1]

    assert len(client.send("POST", sent).json()["DJ_LINE"]) == 1


def test_the_answer_may_hold_keys_only(client: AccountViewClient, body: Body) -> None:
    client.switch(answer_to_post="keys")

    answer = client.send("POST", body).json()

    assert set(answer["DJ_PAGE"][0]) == {"DJ_CODE", "PAGE_NR", "INV_NR", "EXT_KEY", "DJ_PAGE_Id"}
