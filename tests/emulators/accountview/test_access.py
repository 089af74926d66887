"""What a call needs before the program looks at it: token, scope, company, rights, a known path."""

import threading

import pytest
import requests

from tests.emulators.accountview_client import (
    BASE,
    COMPANIES,
    AccountViewClient,
    line,
    message,
    page_body,
)

SALE = [line("8120", 100, VAT_CODE="1", VAT_AMT=21)]


def test_companies_come_as_a_bare_list_without_x_company(client: AccountViewClient) -> None:
    del client.session.headers["x-company"]

    found = client.get("COMPANIES").json()

    assert [each["Code"] for each in found] == ["VB01", "VB02", "VB04"]
    assert set(found[0]) == {"Id", "Description", "Code"}
    assert found[0]["Id"] == COMPANIES["VB01"]


def test_a_user_without_companies_sees_an_empty_list_and_reaches_none(client: AccountViewClient) -> None:
    client.switch(companies_bound=False)

    assert client.get("companies").json() == []
    assert client.get(BusinessObject="VA1", PageSize=1).status_code == 403


@pytest.mark.parametrize("company", ["", "VB01", COMPANIES["VB03"], COMPANIES["VB01"][:-1]])
@pytest.mark.parametrize(("position", "status"), [("403", 403), ("401", 401), ("error", 400)])
def test_a_wrong_company_is_refused(
    client: AccountViewClient, company: str, position: str, status: int
) -> None:
    client.switch(company_error=position)
    client.session.headers["x-company"] = company

    assert client.get(BusinessObject="VA1", PageSize=1).status_code == status
    assert client.send("POST", {}).status_code == status


def test_the_company_header_is_taken_in_any_case_and_in_braces(client: AccountViewClient) -> None:
    client.session.headers["X-COMPANY"] = "{" + COMPANIES["VB02"].upper() + "}"

    assert len(client.read("va1")["VAT"]) == 18


def test_without_token_every_call_is_401(stranger: AccountViewClient) -> None:
    for path in ("companies", "accountviewdata", "accountviewsystembusinessobjects"):
        assert stranger.get(path, BusinessObject="VA1", PageSize=1).status_code == 401


def test_an_unknown_path_is_404_in_json_and_outside_the_api_a_page(client: AccountViewClient) -> None:
    assert "No HTTP resource" in client.get("journaalposten").json()["Message"]
    outside = client.session.get(f"{BASE}/elsewhere")
    assert (outside.status_code, outside.headers["Content-Type"]) == (404, "text/html; charset=utf-8")


def test_a_method_that_is_not_there_is_405(client: AccountViewClient) -> None:
    assert client.send("PATCH", {}).status_code == 405
    assert client.session.post(f"{BASE}/api/v3/companies").status_code == 405


def test_scopes_limit_what_a_token_may(stranger: AccountViewClient) -> None:
    reader = stranger.authorise(scope="readaccountviewdata")
    assert reader.get(BusinessObject="VA1", PageSize=1).status_code == 200
    assert reader.sale(SALE).status_code == 403

    writer = stranger.authorise(scope="updateaccountviewdata")
    assert writer.sale(SALE).status_code == 200
    assert writer.get(BusinessObject="VA1", PageSize=1).status_code == 403
    answer = writer.session.delete(f"{BASE}/api/v3/accountviewdata?BusinessObject=AR1&id=10045")
    assert answer.status_code == 403


def test_the_rights_of_the_user_limit_the_api(client: AccountViewClient) -> None:
    client.switch(user_may_post=False)

    assert message(client.sale(SALE)) == "Gebruiker heeft onvoldoende rechten"
    assert client.read("DJ2")["DJ_PAGE"] == []


def test_a_blocked_administration_is_read_only_and_a_reorganised_one_not_even_that(
    client: AccountViewClient,
) -> None:
    client.switch(administration_state="blocked")
    assert "geblokkeerd" in message(client.sale(SALE))
    assert client.read("adl")["ADM_LIST"][0]["BLCK_USER"] == "BEHEER"

    client.switch(administration_state="reorganising")
    assert "gereorganiseerd" in message(client.get(BusinessObject="DJ2", PageSize=1))


def test_a_body_must_be_json_and_say_so(client: AccountViewClient) -> None:
    url = f"{BASE}/api/v3/accountviewdata"

    assert client.session.post(url, data="{}", headers={"Content-Type": "text/plain"}).status_code == 415
    for body in ("{", "[]", '"x"', '{"Table": 1, "BusinessObject": "DJ2"}'):
        answer = client.session.post(url, data=body, headers={"Content-Type": "application/json"})
        assert answer.json() == {"Message": "The request is invalid."}
        assert answer.status_code == 400


@pytest.mark.parametrize("status", [400, 500, 200])
def test_business_errors_come_with_the_status_that_is_set(client: AccountViewClient, status: int) -> None:
    client.switch(business_error_status=status)

    answer = client.sale([line("9998", 1)])

    assert answer.status_code == status
    assert answer.json() == {
        "ErrorType": "AccountViewError",
        "ErrorNumbers": None,
        "ErrorMessage": "Regel 1: Rekeningnr '9998' bestaat niet",
    }


def test_an_error_may_tell_every_reason_and_numbers(client: AccountViewClient) -> None:
    lines = [line("9998", 1), line("8990", 1)]
    first = message(client.sale(lines))
    client.switch(error_findings="all", error_numbers="list")

    answer = client.sale(lines)

    assert message(answer) == f"{first}\r\nRegel 2: Rekeningnr '8990' is geblokkeerd"
    assert answer.json()["ErrorNumbers"] == [1002]


def test_a_limit_of_calls_answers_429_with_the_seconds_to_wait(client: AccountViewClient) -> None:
    client.switch(calls_per_minute=2)

    statuses = [client.get("companies").status_code for _ in range(3)]
    refused = client.get("companies")

    assert statuses == [200, 200, 429]
    assert refused.headers["Retry-After"] == "60"
    client.control("clock", {"advance_s": 60})
    assert client.get("companies").status_code == 200
    client.control("limits", {"scale": 0})
    assert {client.get("companies").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize(("position", "outcome"), [("queued", [200, 200]), ("refused", [200, 400])])
def test_a_second_writer_in_a_company_waits_or_is_refused(
    client: AccountViewClient, position: str, outcome: list[int]
) -> None:
    client.switch(parallel_writers=position, write_takes_ms=1)
    entered, go_on = threading.Event(), threading.Event()

    def wait(_seconds: float) -> None:
        entered.set()
        go_on.wait(5)

    client.emulator.sleep = wait
    answers: list[requests.Response] = []
    first = threading.Thread(target=lambda: answers.append(client.sale(SALE)))
    first.start()
    entered.wait(5)
    second = threading.Thread(target=lambda: answers.append(_second(client)))
    second.start()
    if position == "refused":
        second.join(5)
    go_on.set()
    first.join(5)
    second.join(5)

    assert sorted(answer.status_code for answer in answers) == outcome
    assert len(client.read("DJ2")["DJ_PAGE"]) == outcome.count(200)


def _second(client: AccountViewClient) -> requests.Response:
    other = AccountViewClient(client.emulator).use(client.tokens)
    header = {"DJ_CODE": "VRK", "SUB_NR": "10046", "INV_NR": "F2", "HDR_DESC": "Tweede"}
    return other.send("POST", page_body(header, SALE))
