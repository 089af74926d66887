"""Access tokens of a client that needs nobody's consent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.transport.client_credentials import ClientCredentials
from finance_hooks.transport.guard import Guard, Installation
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.transport.raw_server import Behaviour, RawServer, answer, raw_server, reset
from tests.transport.stepped_clock import SteppedClock

CLIENT = OAuthClient(
    endpoints=OAuthEndpoints(authorise_url="", token_url="", life_s=600),
    client_id="an-app",
    client_secret="first-secret",
    redirect_uri="",
    user="",
)


def said(status: int, **content: object) -> Behaviour:
    body = json.dumps(content).encode()
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return answer(head.encode() + body)


def token(name: str, life: object = 3600) -> Behaviour:
    return said(200, access_token=name, token_type="Bearer", expires_in=life, refresh_token=None)


@contextmanager
def credentials(
    *behaviours: Behaviour, secrets: tuple[str, ...] = ("first-secret",)
) -> Iterator[tuple[ClientCredentials, RawServer, SteppedClock]]:
    clock = SteppedClock()
    transport = Transport(session=open_session(), clock=clock, guard=Guard(), installation=Installation())
    with raw_server(*behaviours) as server:
        endpoints = replace(CLIENT.endpoints, token_url=server.url)
        clients = [replace(CLIENT, endpoints=endpoints, client_secret=secret) for secret in secrets]
        yield ClientCredentials(clients, transport), server, clock


def test_token_is_asked_for_with_the_client_s_own_secret() -> None:
    with credentials(token("one")) as (found, server, _):
        assert found.access_token() == "one"

    (request,) = server.requests
    assert request.startswith(b"POST /books")
    assert request.endswith(b"grant_type=client_credentials&client_id=an-app&client_secret=first-secret")


@pytest.mark.parametrize(("life", "lasts_s"), [(3600, 3600), ("3600", 3600), (None, 600)])
def test_token_serves_until_shortly_before_its_end(life: object, lasts_s: int) -> None:
    with credentials(token("one", life), token("two", life)) as (found, server, clock):
        assert found.access_token(outlives_s=30) == "one"
        clock.advance(lasts_s - 40)
        assert found.access_token(outlives_s=30) == "one"
        clock.advance(20)
        assert found.access_token(outlives_s=30) == "two"

    assert len(server.requests) == 2


def test_refused_token_is_not_given_out_again() -> None:
    with credentials(token("one"), token("two")) as (found, _, _):
        assert found.access_token() == "one"
        assert found.access_token(refused="one") == "two"
        assert found.access_token(refused="one") == "two"


def test_second_secret_serves_once_the_first_no_longer_does() -> None:
    wrong = said(400, error="invalid_client")
    with credentials(wrong, token("one"), token("two"), secrets=("old", "new")) as (found, server, clock):
        assert found.access_token() == "one"
        clock.advance(4000)
        assert found.access_token() == "two"

    assert [request.rpartition(b"=")[2] for request in server.requests] == [b"old", b"new", b"new"]


def test_client_whose_every_secret_is_refused_is_for_a_person() -> None:
    wrong = said(401, error="invalid_client", error_description="first-secret is wrong")
    with (
        credentials(wrong, secrets=("old", "new")) as (found, server, _),
        pytest.raises(ConfigurationError, match="an-app") as raised,
    ):
        found.access_token()

    assert len(server.requests) == 2
    assert "first-secret" not in str(raised.value)


def test_refusal_that_no_secret_cures_is_for_a_person_at_once() -> None:
    wrong = said(400, error="unauthorized_client")
    with (
        credentials(wrong, secrets=("old", "new")) as (found, server, _),
        pytest.raises(ConfigurationError, match="unauthorized_client"),
    ):
        found.access_token()

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "behaviour",
    [said(503, error="busy"), said(429, error="busy"), said(404), said(200, access_token=""), reset],
    ids=["maintenance", "throttled", "no error", "no token", "lost"],
)
def test_answer_that_says_nothing_about_the_secret_is_tried_again_later(behaviour: Behaviour) -> None:
    with credentials(behaviour) as (found, _, _), pytest.raises(TemporaryFailure):
        found.access_token()


def test_endpoint_that_is_not_there_is_tried_again_later() -> None:
    with credentials(token("one")) as (found, server, _):
        pass

    with pytest.raises(TemporaryFailure):
        found.access_token()
    assert server.requests == []
