"""What is asked of a token endpoint, and what its answers mean."""

import base64
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.oauth import (
    OAuthClient,
    OAuthEndpoints,
    TokenRefusal,
    authorisation_address,
    check_identity,
    client_request,
    code_request,
    describe_refusal,
    judge_refusal,
    read_callback,
    read_tokens,
    refresh_request,
)

CLIENT = OAuthClient(
    endpoints=OAuthEndpoints(
        authorise_url="https://host/api/oauth2/auth",
        token_url="https://host:8443/api/oauth2/token",
        authorise_parameters={"force_login": "1"},
        life_s=480,
    ),
    client_id="{app}",
    client_secret="app-secret",
    redirect_uri="https://us.example/back?x=1",
    user="user",
)

TELLING = replace(CLIENT, endpoints=replace(CLIENT.endpoints, tells_identity=True))


def answer(status: int = 200, **content: object) -> Answer:
    return Answer(status=status, headers={}, body=json.dumps(content).encode(), url="https://host/token")


def test_grant_is_known_by_host_app_and_user() -> None:
    assert CLIENT.grant_key == "host|{app}|user"


def test_secret_of_a_client_is_not_shown() -> None:
    assert "app-secret" not in repr(CLIENT)


def test_address_for_consent_carries_everything_escaped() -> None:
    address = authorisation_address(CLIENT, "st/te")

    assert address.startswith("https://host/api/oauth2/auth?client_id=%7Bapp%7D&redirect_uri=https%3A%2F%2F")
    assert parse_qs(urlsplit(address).query) == {
        "client_id": ["{app}"],
        "redirect_uri": ["https://us.example/back?x=1"],
        "response_type": ["code"],
        "force_login": ["1"],
        "state": ["st/te"],
    }


def test_code_is_read_decoded() -> None:
    # Exact: codes hold a ! that arrives percent-encoded.
    assert read_callback(CLIENT, " https://us.example/back?code=ab%21cd&state=s1\n", "s1") == "ab!cd"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("https://us.example/back?code=a&state=other", "does not belong"),
        ("https://us.example/back?code=a", "does not belong"),
        ("https://us.example/back?error=access_denied&state=s1", "access_denied"),
        ("https://us.example/back?state=s1", "no code"),
        ("https://us.example/back?code=a&code=b&state=s1", "no code"),
        ("", "does not belong"),
        ("https://us.example/back?code=a&state=s1&state=s1", "does not belong"),
        ("https://[us.example/back?code=a&state=s1", "does not belong"),
        ("https://elsewhere.example/back?code=a&state=s1", "not the redirect address"),
        ("https://us.example/other?code=a&state=s1", "not the redirect address"),
        ("http://us.example/back?code=a&state=s1", "not the redirect address"),
        ("https://us.example@elsewhere.example/back?code=a&state=s1", "not the redirect address"),
    ],
)
def test_address_without_our_code_is_refused(address: str, fault: str) -> None:
    with pytest.raises(ConfigurationError, match=fault):
        read_callback(CLIENT, address, "s1")


def test_address_is_the_same_with_other_capitals_and_a_slash_behind_it() -> None:
    assert read_callback(CLIENT, "https://US.example/back/?code=ab&state=s1", "s1") == "ab"


def identity(**claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"e30.{body}.unsigned"


def nonce_asked(state: str) -> str:
    (nonce,) = parse_qs(urlsplit(authorisation_address(TELLING, state)).query)["nonce"]
    return nonce


def test_nonce_is_another_for_every_consent_and_does_not_tell_the_state() -> None:
    assert len({nonce_asked("s1"), nonce_asked("s2"), "s1", "s2"}) == 4
    assert "nonce" not in parse_qs(urlsplit(authorisation_address(CLIENT, "s1")).query)


def test_tokens_of_the_consent_that_was_begun_are_taken() -> None:
    check_identity(TELLING, answer(id_token=identity(nonce=nonce_asked("s1"))), "s1")
    check_identity(CLIENT, answer(access_token="a"), "s1")


@pytest.mark.parametrize(
    "id_token",
    [
        identity(nonce="another"),
        identity(sub="user"),
        "e30.bm8ganNvbg.x",
        "e30.W10.x",
        "e30.ü.x",
        "no token",
        None,
    ],
)
def test_tokens_of_another_consent_are_refused(id_token: str | None) -> None:
    with pytest.raises(ConfigurationError, match="another consent"):
        check_identity(TELLING, answer(id_token=id_token), "s1")


def test_client_travels_in_the_body() -> None:
    request = refresh_request(CLIENT, "old").prepare()

    assert parse_qs(str(request.body)) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["old"],
        "client_id": ["{app}"],
        "client_secret": ["app-secret"],
    }
    assert "Authorization" not in request.headers


def test_client_travels_in_the_header_where_the_vendor_wants_that() -> None:
    client = replace(CLIENT, endpoints=replace(CLIENT.endpoints, secret_in_body=False))

    request = code_request(client, "ab!cd").prepare()

    assert parse_qs(str(request.body)) == {
        "grant_type": ["authorization_code"],
        "code": ["ab!cd"],
        "redirect_uri": ["https://us.example/back?x=1"],
    }
    assert request.headers["Authorization"].startswith("Basic ")


def test_client_asks_for_a_token_of_its_own_without_anybody_s_consent() -> None:
    request = client_request(CLIENT).prepare()

    assert (request.method, request.url) == ("POST", "https://host:8443/api/oauth2/token")
    assert parse_qs(str(request.body)) == {
        "grant_type": ["client_credentials"],
        "client_id": ["{app}"],
        "client_secret": ["app-secret"],
    }


@pytest.mark.parametrize(("life", "expected"), [("600", 600), (3600, 3600), (None, 480), ("soon", 480)])
def test_life_of_a_token_comes_as_text_or_number_or_not(life: object, expected: int) -> None:
    new = read_tokens(CLIENT, answer(access_token="a", refresh_token="r", expires_in=life))

    assert new is not None
    assert (new.access_token, new.refresh_token, new.expires_in_s) == ("a", "r", expected)


def test_answer_without_new_refresh_token_keeps_the_old() -> None:
    new = read_tokens(CLIENT, answer(access_token="a", expires_in=600))

    assert new is not None
    assert new.refresh_token is None


@pytest.mark.parametrize(
    "found",
    [
        answer(400, access_token="a"),
        answer(access_token=""),
        answer(access_token=None),
        answer(),
        Answer(status=200, headers={}, body=b"<html>", url=""),
        Answer(status=200, headers={}, body=b"[]", url=""),
        Answer(status=200, headers={}, body=b"\xff", url=""),
    ],
)
def test_answer_without_tokens_gives_none(found: Answer) -> None:
    assert read_tokens(CLIENT, found) is None


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (answer(400, error="invalid_grant"), TokenRefusal.NEEDS_CONSENT),
        (answer(400, error="invalid_client"), TokenRefusal.CONFIGURATION),
        (answer(401, error="unauthorized_client"), TokenRefusal.CONFIGURATION),
        (answer(400), TokenRefusal.UNCLEAR),
        (answer(404), TokenRefusal.CONFIGURATION),
        (answer(429), TokenRefusal.LATER),
        (answer(408), TokenRefusal.UNCLEAR),
        (answer(302), TokenRefusal.UNCLEAR),
        (answer(503), TokenRefusal.UNCLEAR),
        (answer(200), TokenRefusal.UNCLEAR),
    ],
)
def test_refusal_is_judged_by_who_can_help(found: Answer, expected: TokenRefusal) -> None:
    assert judge_refusal(found) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            answer(400, error="invalid_grant", error_description="token AAE123 expired"),
            "status 400, invalid_grant",
        ),
        (answer(400, error="BAD: AAE123/+="), "status 400, no error code"),
        (Answer(status=502, headers={}, body=b"<html>", url=""), "status 502, no error code"),
    ],
)
def test_description_of_a_refusal_holds_no_token(found: Answer, expected: str) -> None:
    assert describe_refusal(found) == expected
