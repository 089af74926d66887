"""OAuth as the vendor's pages and clients' issues describe it."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.emulators.exactonline_client import APPS, REDIRECT_URI, ExactClient, emulator_of


def test_consent_returns_the_state_and_a_code_that_is_percent_encoded(stranger: ExactClient) -> None:
    answer = stranger.consent(state="a b&c", force_login="1")

    location = answer.headers["Location"]
    assert answer.status_code == 302
    assert location.startswith(REDIRECT_URI + "?code=")
    assert "%21" in location
    assert parse_qs(urlsplit(location).query)["state"] == ["a b&c"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": APPS["be"][0]},
        {"redirect_uri": "https://elsewhere.example.org/"},
        {"redirect_uri": "http://localhost/callback"},
        {"response_type": "none"},
    ],
)
def test_consent_refuses_a_wrong_request(stranger: ExactClient, wrong: dict[str, str]) -> None:
    answer = stranger.consent(**wrong)

    assert answer.status_code == 400


def test_refused_consent_says_so(stranger: ExactClient) -> None:
    stranger.switch(consent="deny")

    answer = stranger.consent(state="1")

    assert answer.headers["Location"] == f"{REDIRECT_URI}?error=access_denied&state=1"


def test_tokens_have_the_published_shape(stranger: ExactClient) -> None:
    answer = stranger.token(grant_type="authorization_code", code=stranger.code(), redirect_uri=REDIRECT_URI)

    tokens = answer.json()
    assert tokens["expires_in"] == "600"
    assert tokens["token_type"] == "bearer"
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token"}


def test_code_serves_once(stranger: ExactClient) -> None:
    code = stranger.code()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URI}
    stranger.token(**form)

    answer = stranger.token(**form)

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_code_dies_after_three_minutes(stranger: ExactClient) -> None:
    code = stranger.code()
    stranger.advance(181)

    answer = stranger.token(grant_type="authorization_code", code=code, redirect_uri=REDIRECT_URI)

    assert answer.json() == {"error": "invalid_grant"}


def test_pair_of_the_other_country_is_refused(stranger: ExactClient) -> None:
    client_id, secret, _ = APPS["be"]

    answer = stranger.token(
        grant_type="authorization_code",
        code=stranger.code(),
        redirect_uri=REDIRECT_URI,
        client_id=client_id,
        client_secret=secret,
    )

    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_credentials_may_come_as_http_basic(stranger: ExactClient) -> None:
    pair = base64.b64encode(f"{stranger.client_id}:{stranger.secret}".encode()).decode()

    answer = stranger.session.post(
        f"{stranger.base}/api/oauth2/token",
        data={"grant_type": "authorization_code", "code": stranger.code(), "redirect_uri": REDIRECT_URI},
        headers={"Authorization": f"Basic {pair}"},
        timeout=5,
    )

    assert answer.status_code == 200


def test_stale_bearer_on_the_token_page_is_refused(client: ExactClient) -> None:
    client.advance(580)

    answer = client.session.post(
        f"{client.base}/api/oauth2/token",
        data={"grant_type": "refresh_token", "refresh_token": client.tokens["refresh_token"]},
        timeout=5,
    )

    assert answer.status_code == 401


@pytest.mark.parametrize("status", [400, 401])
def test_refresh_before_570_seconds_is_refused(client: ExactClient, status: int) -> None:
    client.switch(early_refresh_status=status)
    client.advance(569)

    answer = client.refresh()

    assert answer.status_code == status
    assert answer.json() == {
        "error": "access_denied",
        "error_description": "Rate limit exceeded: access_token not expired",
    }
    assert answer.headers["Reason"].startswith("TooEarlyToRefreshTokens: ")


def test_refresh_rotates_and_the_old_token_never_works_again(client: ExactClient) -> None:
    old = client.tokens["refresh_token"]
    client.advance(570)
    client.use(client.refresh().json())
    client.advance(570)

    answer = client.refresh(old)

    assert client.tokens["refresh_token"] != old
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "unauthorized_client",
        "error_description": "Old refresh token used.",
    }


def test_old_token_lives_until_the_new_one_is_used_when_so_switched(client: ExactClient) -> None:
    client.switch(old_refresh_token_dies="used")
    old = client.tokens["refresh_token"]
    client.advance(570)
    client.refresh()
    client.advance(570)

    answer = client.refresh(old)

    assert answer.status_code == 200


def test_refresh_token_dies_after_thirty_days(client: ExactClient) -> None:
    client.advance(30 * 86_400 + 1)

    answer = client.refresh()

    assert answer.status_code == 400
    assert answer.json()["error_description"].startswith("The refresh token expired at 12/06/2026")


def test_second_consent_ends_the_first(client: ExactClient) -> None:
    first = client.tokens
    client.authorise()
    client.advance(570)

    answer = client.refresh(first["refresh_token"])

    assert answer.status_code == 401


def test_token_calls_are_capped_per_day() -> None:
    client = ExactClient(emulator_of())
    client.switch(token_calls_per_day=2)
    client.authorise()
    client.authorise()

    answer = client.token(grant_type="authorization_code", code=client.code(), redirect_uri=REDIRECT_URI)

    assert answer.json()["error"] == "access_denied"


def test_bearer_dies_after_600_seconds_with_an_empty_body(client: ExactClient) -> None:
    client.advance(600)

    answer = client.get("crm/Accounts", top=1)

    assert (answer.status_code, answer.text) == (401, "")


def test_tokens_of_one_host_do_not_work_on_the_other(client: ExactClient) -> None:
    other = ExactClient(emulator_of("be"))
    other.session.headers["Authorization"] = f"Bearer {client.tokens['access_token']}"

    answer = other.get("crm/Accounts", top=1)

    assert answer.status_code == 401
