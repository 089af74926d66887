"""The login host: consent, codes, tokens, validation."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.emulators.twinfield_client import CONNECT, REDIRECT_URI, SCOPES, TwinfieldClient


def redirected(answer: requests.Response) -> dict[str, str]:
    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in found.items()}


def test_consent_sends_the_browser_back_with_code_and_state(stranger: TwinfieldClient) -> None:
    answer = stranger.consent(state="a b&c")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(REDIRECT_URI + "?")
    assert redirected(answer)["state"] == "a b&c"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"nonce": ""}, "invalid_request"),
        ({"scope": "openid twf.organisation offline_access"}, "invalid_scope"),
        ({"scope": "twf.user twf.organisationUser"}, "invalid_scope"),
        ({"scope": SCOPES + " twf.everything"}, "invalid_scope"),
        ({"response_type": "id_token token"}, "unsupported_response_type"),
    ],
)
def test_wrong_request_for_consent_comes_back_as_an_error(
    stranger: TwinfieldClient, changes: dict[str, str], error: str
) -> None:
    assert redirected(stranger.consent(**changes)) == {"error": error, "state": "s1"}


@pytest.mark.parametrize(
    "changes", [{"client_id": "nobody"}, {"redirect_uri": "https://elsewhere.example.org/callback"}]
)
def test_unknown_client_or_address_is_not_sent_anywhere(
    stranger: TwinfieldClient, changes: dict[str, str]
) -> None:
    answer = stranger.consent(**changes)

    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_user_may_refuse(stranger: TwinfieldClient) -> None:
    stranger.switch(consent="deny")

    assert redirected(stranger.consent())["error"] == "access_denied"


def test_code_gives_tokens_once(stranger: TwinfieldClient) -> None:
    code = stranger.code()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}

    first, second = stranger.token(**form), stranger.token(**form)

    given = first.json()
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert {"access_token", "refresh_token", "id_token"} <= set(given)
    assert (second.status_code, second.json()) == (400, {"error": "invalid_grant"})


def test_code_dies_after_five_minutes_and_is_bound_to_its_address(stranger: TwinfieldClient) -> None:
    elsewhere = stranger.token(
        grant_type="authorization_code", code=stranger.code(), redirect_uri="https://elsewhere.example.org/"
    )
    code = stranger.code()
    stranger.advance(301)
    late = stranger.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)

    assert elsewhere.json() == {"error": "invalid_grant"}
    assert late.json() == {"error": "invalid_grant"}


def test_credentials_may_stand_in_the_form(stranger: TwinfieldClient) -> None:
    form = {
        "grant_type": "authorization_code",
        "code": stranger.code(),
        "redirect_uri": REDIRECT_URI,
        "client_id": stranger.credentials[0],
        "client_secret": stranger.credentials[1],
    }

    answer = stranger.session.post(f"{stranger.base}{CONNECT}token", data=form, timeout=5)

    assert answer.status_code == 200


def test_wrong_secret_is_refused(stranger: TwinfieldClient) -> None:
    stranger.credentials = ("qubz-twinfield", "wrong")

    answer = stranger.token(grant_type="refresh_token", refresh_token="x")

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_client"})


def test_status_for_a_wrong_secret_may_differ(stranger: TwinfieldClient) -> None:
    stranger.switch(invalid_client_status=401)
    stranger.credentials = ("nobody", "wrong")

    assert stranger.token(grant_type="refresh_token", refresh_token="x").status_code == 401


def test_other_grants_and_json_are_refused(stranger: TwinfieldClient) -> None:
    password = stranger.token(grant_type="password", username="x", password="y")
    json_body = stranger.session.post(
        f"{stranger.base}{CONNECT}token", json={}, auth=stranger.credentials, timeout=5
    )

    assert password.json() == {"error": "unsupported_grant_type"}
    assert json_body.json() == {"error": "invalid_request"}


def test_names_of_the_form_heed_no_capitals(client: TwinfieldClient) -> None:
    answer = client.token(grant_Type="refresh_token", refresh_token=client.tokens["refresh_token"])

    assert answer.status_code == 200


def test_refresh_token_serves_any_number_of_times(client: TwinfieldClient) -> None:
    refresh_token = client.tokens["refresh_token"]

    answers = [client.refresh() for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.json()["refresh_token"] for answer in answers} == {refresh_token}
    assert len({answer.json()["access_token"] for answer in answers}) == 3


@pytest.mark.parametrize(("rotation", "status"), [("added", 200), ("replaced", 400)])
def test_refresh_token_may_be_renewed(client: TwinfieldClient, rotation: str, status: int) -> None:
    client.switch(refresh_token_rotation=rotation)
    old = client.tokens["refresh_token"]

    renewed = client.refresh().json()["refresh_token"]

    assert renewed != old
    assert client.token(grant_type="refresh_token", refresh_token=old).status_code == status
    assert client.token(grant_type="refresh_token", refresh_token=renewed).status_code == 200


def test_refresh_token_is_bound_to_its_client(client: TwinfieldClient) -> None:
    client.credentials = ("qubz-twinfield-new", "twinfield-new-secret")

    assert client.refresh().json() == {"error": "invalid_grant"}


def test_no_refresh_token_without_offline_access(stranger: TwinfieldClient) -> None:
    stranger.authorise(scope="openid twf.organisation twf.organisationUser")

    assert "refresh_token" not in stranger.tokens


def test_validation_names_this_emulator_as_the_cluster(client: TwinfieldClient) -> None:
    claims = client.validate().json()

    assert claims["twf.clusterUrl"] == "http://twinfield.test"
    assert (claims["twf.organisationCode"], claims["twf.organisationUserCode"]) == ("MUNI01", "API01")
    assert claims["scope"] == SCOPES.split()
    assert int(claims["exp"]) - int(claims["nbf"]) == 3600
    assert isinstance(claims["exp"], str)


def test_no_cluster_without_its_scope(stranger: TwinfieldClient) -> None:
    stranger.authorise(scope="openid twf.organisationUser")

    assert "twf.clusterUrl" not in stranger.validate().json()


def test_cluster_may_be_another(client: TwinfieldClient) -> None:
    client.switch(cluster_url="https://api.accounting2.twinfield.example")

    assert client.validate().json()["twf.clusterUrl"] == "https://api.accounting2.twinfield.example"


def test_unknown_or_expired_token_is_not_valid(client: TwinfieldClient) -> None:
    unknown = client.validate("nonsense")
    client.advance(3600)
    expired = client.validate()

    assert (unknown.status_code, expired.status_code) == (400, 400)


def test_validation_may_want_the_credentials(client: TwinfieldClient) -> None:
    client.switch(validation_needs_basic=True)
    address = f"{client.base}{CONNECT}accesstokenvalidation"
    token = {"token": client.tokens["access_token"]}

    without = client.session.get(address, params=token, timeout=5)
    having = client.session.get(address, params=token, auth=client.credentials, timeout=5)

    assert (without.status_code, having.status_code) == (400, 200)


def test_pages_are_discovered_at_this_address(stranger: TwinfieldClient) -> None:
    told = stranger.session.get(
        f"{stranger.base}/auth/authentication/.well-known/openid-configuration", timeout=5
    ).json()

    assert told["token_endpoint"] == f"http://twinfield.test{CONNECT}token"


def test_user_is_told_to_a_bearer(client: TwinfieldClient) -> None:
    address = f"{client.base}{CONNECT}userinfo"
    bearer = {"Authorization": f"Bearer {client.tokens['access_token']}"}

    known = client.session.get(address, headers=bearer, timeout=5)
    unknown = client.session.get(address, headers={"Authorization": "Bearer x"}, timeout=5)

    assert known.json()["twf.organisationUserCode"] == "API01"
    assert unknown.status_code == 401
