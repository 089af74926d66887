"""Tokens, OAuth, the list of addresses, addresses of the service."""

import base64
from datetime import timedelta

import pytest
import requests

from tests.emulators.afas_client import (
    CLIENT_ID,
    NEXT_TOKEN,
    SECRET,
    TOKEN,
    AfasClient,
    requests_alone,
    text_of,
    token_header,
)


def test_a_token_opens_the_service_in_any_case_of_the_address(client: AfasClient) -> None:
    answers = [
        client.session.get(f"{client.root}/{path}", timeout=5)
        for path in ("ProfitRestServices/ProfitVersion", "profitrestservices/profitversion")
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert set(answers[0].json()) == {"version"}


@pytest.mark.parametrize(
    "header",
    [
        "",
        "AfasToken",
        "AfasToken " + base64.b64encode(b"<token><version>1</version><data>1F</data></token>").decode(),
        "AfasToken not-base64!",
        token_header(TOKEN.replace("1F", "3D")),
        "Bearer nothing",
        "Basic " + base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode(),
    ],
)
def test_anything_but_a_known_token_answers_401_with_an_empty_xml_body(
    client: AfasClient, header: str
) -> None:
    client.session.headers["Authorization"] = header

    answer = client.call("ProfitVersion")

    assert (answer.status_code, answer.content) == (401, b"")
    assert answer.headers["Content-Type"] == "application/xml"


def test_a_token_in_plain_text_is_refused(client: AfasClient) -> None:
    client.session.headers["Authorization"] = f"AfasToken {TOKEN}"

    first = client.call("ProfitVersion")
    client.switch(plain_token_status=401)
    second = client.call("ProfitVersion")

    assert "Base64" in text_of(first)
    assert (second.status_code, second.content) == (401, b"")


def test_two_tokens_work_side_by_side_until_one_is_revoked(client: AfasClient) -> None:
    client.switch(revoked="token")

    old = client.call("ProfitVersion")
    client.session.headers["Authorization"] = token_header(NEXT_TOKEN)
    new = client.call("ProfitVersion")

    assert (old.status_code, new.status_code) == (401, 200)


def test_client_credentials_buy_an_hour(client: AfasClient) -> None:
    given = client.grant().json()
    client.use(given["access_token"])

    first = client.call("ProfitVersion")
    client.emulator.clock.advance(timedelta(hours=1).total_seconds())
    second = client.call("ProfitVersion")

    assert (given["token_type"], given["expires_in"], given["refresh_token"]) == ("Bearer", 3600, None)
    assert (first.status_code, second.status_code) == (200, 401)
    assert second.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_expires_in_may_be_a_text_without_refresh_token_beside_it(client: AfasClient) -> None:
    client.switch(expires_in="text")

    given = client.grant().json()

    assert given["expires_in"] == "3600"
    assert "refresh_token" not in given


def test_the_client_may_name_itself_in_a_header_but_not_twice(client: AfasClient) -> None:
    basic = {"Authorization": "Basic " + base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()}
    grant = {"grant_type": "client_credentials"}

    once = requests_alone(client, data=grant, headers=basic)
    twice = requests_alone(client, data=grant | {"client_id": CLIENT_ID}, headers=basic)

    assert once.status_code == 200
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")


def test_wrong_requests_for_a_token_are_named(client: AfasClient) -> None:
    wrong = {"Authorization": "Basic " + base64.b64encode(b"someone:else").decode()}
    answers: list[requests.Response] = [
        client.session.get(f"{client.base}/oauth/token", timeout=5),
        requests_alone(client, json={"grant_type": "client_credentials"}),
        client.grant(client_secret="no"),
        requests_alone(client, data={"grant_type": "client_credentials"}, headers=wrong),
        client.grant(grant_type="password"),
        client.grant(grant_type=""),
    ]

    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [
        (400, "invalid_request"),
        (400, "invalid_request"),
        (400, "invalid_client"),
        (401, "invalid_client"),
        (400, "unsupported_grant_type"),
        (400, "invalid_request"),
    ]
    assert answers[3].headers["WWW-Authenticate"].startswith("Basic")


def test_tokens_end_on_a_day_and_oauth_goes_on(client: AfasClient) -> None:
    bearer = client.grant().json()["access_token"]
    client.switch(classic_ends="2026-11-05")

    ended = client.call("ProfitVersion").status_code
    client.switch(classic_ends="2026-11-06")
    last_day = client.call("ProfitVersion").status_code
    client.switch(classic_ends="2026-11-05")
    client.use(bearer)

    assert (ended, last_day, client.call("ProfitVersion").status_code) == (401, 200, 200)


def test_a_revoked_secret_ends_the_tokens_it_bought_and_its_pair_goes_on(client: AfasClient) -> None:
    first = client.grant().json()["access_token"]
    second = client.grant(client_secret="afas-test-secret-next").json()["access_token"]
    client.switch(revoked="secret")

    refused = client.grant()
    statuses = []
    for token in (first, second):
        client.use(token)
        statuses.append(client.call("ProfitVersion").status_code)

    assert refused.json()["error"] == "invalid_client"
    assert statuses == [401, 200]


def test_an_app_connector_may_take_one_kind_only(client: AfasClient) -> None:
    bearer = client.grant().json()["access_token"]
    statuses = {}
    for position in ("hybrid", "classic", "oauth"):
        client.switch(connector_auth=position)
        client.session.headers["Authorization"] = token_header()
        by_token = client.call("ProfitVersion").status_code
        client.use(bearer)
        statuses[position] = (by_token, client.call("ProfitVersion").status_code)
    client.switch(connector_auth="classic")

    assert statuses == {"hybrid": (200, 200), "classic": (200, 401), "oauth": (401, 200)}
    assert client.grant().json()["error"] == "unauthorized_client"


def test_an_address_that_is_not_listed_answers_403_without_a_body(client: AfasClient) -> None:
    client.switch(ip_allowed=False)

    answer = client.call("ProfitVersion")

    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("path", ["nothing", "connectors", "connectors/Profit_Debtor/1", "ProfitVersion/x"])
def test_an_unknown_address_answers_404_without_a_body(client: AfasClient, path: str) -> None:
    answer = client.call(path)

    assert (answer.status_code, answer.content) == (404, b"")
    assert client.session.get(f"{client.root}/elsewhere", timeout=5).status_code == 404


def test_every_answer_has_the_headers_of_the_service(client: AfasClient) -> None:
    headers = client.call("ProfitVersion").headers

    assert headers["Cache-Control"] == "no-store,no-cache"
    assert headers["X-AFAS-Proxy-Version"] == "4.3.0.0"
    assert len(headers["X-Trace-Identifier"]) == 32
