"""Consent, tokens and their rotation."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.emulators.accountview_client import (
    BASE,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    AccountViewClient,
)


def test_consent_sends_the_browser_back_with_code_and_state(stranger: AccountViewClient) -> None:
    answer = stranger.consent()

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{REDIRECT_URI}?code=")
    assert "%2F%2B%3D" in answer.headers["Location"]
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["s 1"]


def test_the_path_of_the_consent_page_is_taken_in_any_case(stranger: AccountViewClient) -> None:
    asked = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT_URI,
        "scope": "readaccountviewdata",
    }

    answer = stranger.session.get(f"{BASE}/AMS/Authorize.aspx", params=asked, allow_redirects=False)

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "x"},
        {"redirect_uri": f"{REDIRECT_URI}/"},
        {"response_type": "id_token"},
    ],
)
def test_an_unknown_app_address_or_flow_gets_a_page_and_no_redirect(
    stranger: AccountViewClient, changes: dict[str, str]
) -> None:
    assert stranger.consent(**changes).status_code == 400


@pytest.mark.parametrize("scope", ["", "financial_data", "readaccountviewdata insertaccountviewdata"])
def test_scopes_that_do_not_exist_are_refused(stranger: AccountViewClient, scope: str) -> None:
    assert "error=invalid_scope" in stranger.consent(scope=scope).headers["Location"]


def test_a_user_may_deny(stranger: AccountViewClient) -> None:
    stranger.switch(consent="deny")

    assert "error=access_denied" in stranger.consent().headers["Location"]


def test_the_implicit_flow_brings_a_token_in_the_fragment(stranger: AccountViewClient) -> None:
    location = stranger.consent(response_type="token").headers["Location"]

    given = parse_qs(urlsplit(location).fragment)
    stranger.use({"access_token": given["access_token"][0]})
    assert stranger.get("companies").status_code == 200


def test_a_code_works_once_and_with_the_same_redirect_address(stranger: AccountViewClient) -> None:
    code = stranger.code()
    form = {"grant_type": "authorization_code", "code": code}

    assert stranger.token(**form, redirect_uri=REDIRECT_URI).status_code == 200
    again = stranger.token(**form, redirect_uri=REDIRECT_URI)
    elsewhere = stranger.token(
        grant_type="authorization_code", code=stranger.code(), redirect_uri="https://x.example.org"
    )

    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert elsewhere.json()["error"] == "invalid_grant"


def test_a_code_that_is_still_percent_encoded_is_refused(stranger: AccountViewClient) -> None:
    code = stranger.consent().headers["Location"].partition("code=")[2].partition("&")[0]

    answer = stranger.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)

    assert answer.status_code == 400


def test_a_code_lives_five_minutes(stranger: AccountViewClient) -> None:
    code = stranger.code()
    stranger.control("clock", {"advance_s": 301})

    answer = stranger.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)

    assert answer.json()["error"] == "invalid_grant"


def test_the_secret_may_come_as_basic_authentication(stranger: AccountViewClient) -> None:
    form = {"grant_type": "authorization_code", "code": stranger.code(), "redirect_uri": REDIRECT_URI}

    answer = stranger.session.post(f"{BASE}/api/v3/token", data=form, auth=(CLIENT_ID, CLIENT_SECRET))

    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"


@pytest.mark.parametrize(
    "form",
    [
        {"client_secret": "wrong", "grant_type": "refresh_token"},
        {"client_id": "wrong", "grant_type": "refresh_token"},
        {"grant_type": "client_credentials"},
    ],
)
def test_wrong_credentials_and_unknown_grants_are_refused(
    stranger: AccountViewClient, form: dict[str, str]
) -> None:
    assert stranger.token(**form).status_code == 400


def test_unreadable_basic_credentials_and_json_bodies_are_refused(stranger: AccountViewClient) -> None:
    url = f"{BASE}/api/v3/token"
    garbled = stranger.session.post(url, data={"a": "b"}, headers={"Authorization": "Basic %%%"})
    as_json = stranger.session.post(url, json={"grant_type": "refresh_token"})

    assert garbled.json() == {"error": "invalid_client"}
    assert as_json.json() == {"error": "invalid_request"}


def test_refreshing_gives_a_new_refresh_token_and_ends_the_old_one(client: AccountViewClient) -> None:
    old = client.tokens["refresh_token"]

    given = client.refresh().json()
    again = client.refresh(old)

    assert given["refresh_token"] != old
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert client.refresh(given["refresh_token"]).status_code == 200


def test_the_old_refresh_token_may_live_until_the_new_one_is_used(client: AccountViewClient) -> None:
    client.switch(old_refresh_token_dies="used")
    old = client.tokens["refresh_token"]
    client.refresh()

    latest = client.refresh(old).json()["refresh_token"]
    client.refresh(latest)

    assert client.refresh(old).status_code == 400


def test_the_old_refresh_token_may_live_for_ever(client: AccountViewClient) -> None:
    client.switch(old_refresh_token_dies="never")
    old = client.tokens["refresh_token"]
    for _ in range(3):
        assert client.refresh(old).status_code == 200


def test_a_refresh_token_may_grow_too_old(client: AccountViewClient) -> None:
    client.switch(refresh_token_days=14)
    client.control("clock", {"advance_s": 15 * 86400})

    assert client.refresh().json()["error"] == "invalid_grant"


def test_an_access_token_expires_with_401(client: AccountViewClient) -> None:
    client.switch(access_token_s=60)
    client.control("clock", {"advance_s": 61})

    answer = client.get("companies")

    assert answer.status_code == 401
    assert answer.json() == {"Message": "Authorization has been denied for this request."}


def test_expires_in_may_be_missing(client: AccountViewClient) -> None:
    assert client.refresh().json()["expires_in"] == 3600
    client.use({"refresh_token": client.refresh(_latest(client)).json()["refresh_token"], "access_token": ""})
    client.switch(expires_in_shown=False)

    assert "expires_in" not in client.refresh().json()


def _latest(client: AccountViewClient) -> str:
    return client.emulator.oauth.grants[-1].refresh_token
