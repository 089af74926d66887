"""How values, lists and refusals look, and who may see what."""

import pytest

from tests.emulators.exactonline_client import ExactClient, message


def test_dates_are_midnight_utc_and_stamps_the_dutch_wall_clock_as_if_utc(client: ExactClient) -> None:
    entry = client.sale("10045", [client.line("80502", 1)]).json()["d"]

    # 31 October 2026, and 04:00 on 6 November in Amsterdam.
    assert entry["EntryDate"] == "/Date(1793404800000)/"
    assert entry["Created"] == "/Date(1793937600000)/"


def test_long_integers_are_text_and_whole_doubles_have_no_fraction(client: ExactClient) -> None:
    user = client.session.get(f"{client.base}/api/v1/current/Me", timeout=5).json()["d"]["results"][0]
    entry = client.sale("10045", [client.line("80502", "100.00")])

    assert user["Legislation"] == "1"
    assert '"AmountFC": 121,' in entry.text


def test_amounts_can_show_the_tails_of_binary_arithmetic(client: ExactClient) -> None:
    client.switch(binary_tails=True)

    entry = client.sale("10045", [client.line("80502", 0.1, VATCode="0")]).json()["d"]

    assert entry["AmountFC"] == 0.10000000000000002


def test_lines_stay_folded_until_expanded(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)])

    folded = client.rows("salesentry/SalesEntries")[0]
    unfolded = client.rows(
        "salesentry/SalesEntries", expand="SalesEntryLines", select="EntryID,SalesEntryLines"
    )

    deferred = folded["SalesEntryLines"]["__deferred"]["uri"]
    lines = client.session.get(deferred, timeout=5).json()["d"]["results"]
    assert [line["AmountFC"] for line in lines] == [1]
    assert unfolded[0]["SalesEntryLines"]["results"][0]["AmountFC"] == 1


def test_expand_can_be_ignored_together_with_select(client: ExactClient) -> None:
    client.switch(expand_ignored_with_select=True)
    client.sale("10045", [client.line("80502", 1)])

    row = client.rows("salesentry/SalesEntries", expand="SalesEntryLines", select="SalesEntryLines")[0]

    assert "__deferred" in row["SalesEntryLines"]


@pytest.mark.parametrize("accept", ["*/*", "application/atom+xml"])
def test_answer_is_atom_unless_json_is_asked_for(client: ExactClient, accept: str) -> None:
    answer = client.get("crm/Accounts", headers={"Accept": accept}, filter="Name eq 'Restaurant De Proef'")

    assert answer.headers["Content-Type"] == "application/atom+xml;charset=utf-8"
    assert "<d:Code>             10045</d:Code>" in answer.text


def test_plain_xml_is_not_accepted(client: ExactClient) -> None:
    answer = client.get("crm/Accounts", headers={"Accept": "application/xml"})

    assert answer.status_code == 415


@pytest.mark.parametrize("accept", ["*/*", "application/atom+xml"])
def test_error_comes_as_xml_without_prefixes_unless_json_is_asked_for(
    client: ExactClient, accept: str
) -> None:
    answer = client.get("crm/Accounts", headers={"Accept": accept}, filter="X eq 1")

    assert answer.status_code == 400
    assert '<message xml:lang="">No property X exists' in answer.text


def test_long_address_and_large_body_are_refused(client: ExactClient) -> None:
    long = client.get("crm/Accounts", filter="Name eq '" + "x" * 6000 + "'")
    large = client.post("documents/Documents", {"Subject": "x" * 10_000_001, "Type": 10})

    assert (long.status_code, large.status_code) == (414, 413)


def test_unfiltered_reading_can_be_refused(client: ExactClient) -> None:
    client.switch(mandatory_filtering=True)

    refused = client.get("crm/Accounts")
    refused_in_bulk = client.get("bulk/CRM/Accounts", select="ID")
    filtered = client.get("crm/Accounts", filter="Name eq 'x'")

    assert "This endpoint has mandatory filtering applied." in message(refused)
    assert "This endpoint has mandatory filtering applied." in message(refused_in_bulk)
    assert filtered.status_code == 200


def test_me_lists_one_user_and_divisions_only_what_was_consented(client: ExactClient) -> None:
    user = client.session.get(f"{client.base}/api/v1/current/Me?$select=CurrentDivision", timeout=5)
    divisions = client.rows("system/Divisions", select="Code,Status,Country,BlockingStatus")
    own = client.rows("hrm/Divisions", select="Code,Main,HID")

    assert user.json()["d"]["results"][0]["CurrentDivision"] == 1234567
    assert {row["Code"]: row["Status"] for row in divisions} == {1234567: 1, 1234568: 1, 1234560: 2}
    assert own[0]["Main"] is not None


def test_rights_can_be_asked_for(client: ExactClient) -> None:
    path = "users/UserHasRights?endpoint='crm/Accounts'&action='{}'"

    answers = [client.get(path.format(action)).json()["d"]["UserHasRights"] for action in ("GET", "POST")]
    client.switch(user_may_post=False)
    after = client.get(path.format("POST")).json()["d"]["UserHasRights"]

    assert [*answers, after] == [True, True, False]


@pytest.mark.parametrize(
    ("division", "status", "text"),
    [
        (1234569, 403, "Forbidden - User division is not within division scope"),
        (1234560, 403, "Forbidden"),
        (9999999, 403, "Forbidden - User division is not within division scope"),
    ],
)
def test_division_must_be_within_the_consent(
    client: ExactClient, division: int, status: int, text: str
) -> None:
    client.division = division

    answer = client.get("crm/Accounts", top=1)

    assert (answer.status_code, message(answer)) == (status, text)


def test_missing_scope_is_forbidden(client: ExactClient) -> None:
    client.switch(missing_scopes="financial.costcenters")

    answer = client.get("hrm/Costcenters")

    assert message(answer) == (
        "Forbidden - Application Scope Violated. Cannot read 'financial.costcenters' scope."
    )


def test_portal_user_may_read_and_not_post(client: ExactClient) -> None:
    client.switch(user_may_post=False)

    reading = client.get("hrm/Costcenters")
    posting = client.post("hrm/Costcenters", {"Code": "X", "Description": "x"})

    assert (reading.status_code, posting.status_code) == (200, 403)
