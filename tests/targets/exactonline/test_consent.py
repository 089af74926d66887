import json

import pytest

from finance_hooks.targets.exactonline.connection import read_connection
from finance_hooks.targets.exactonline.consent import judge_refusal, make_oauth_client
from finance_hooks.targets.exactonline.target import EXACT_ONLINE
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import TokenRefusal, authorisation_address
from tests.targets.exactonline.test_connection import PARTS


def answer(status: int, body: object, headers: dict[str, str] | None = None) -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status=status, headers=headers or {}, body=text.encode(), url="https://x/api/oauth2/token")


EARLY = {"error": "access_denied", "error_description": "Rate limit exceeded: access_token not expired"}


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (answer(400, EARLY), TokenRefusal.LATER),
        (answer(401, EARLY), TokenRefusal.LATER),
        (answer(429, ""), TokenRefusal.LATER),
        (
            answer(401, {"error": "unauthorized_client", "error_description": "Old refresh token used."}),
            TokenRefusal.NEEDS_CONSENT,
        ),
        (
            answer(
                400,
                {
                    "error": "invalid_request",
                    "error_description": "The refresh token expired at {t1} and it is now {t2}.",
                },
            ),
            TokenRefusal.NEEDS_CONSENT,
        ),
        (answer(400, {"error": "invalid_grant"}), TokenRefusal.NEEDS_CONSENT),
        (answer(400, {"error": "invalid_request"}), TokenRefusal.CONFIGURATION),
        (answer(403, {"error": "access_denied"}, {"Reason": "BlockedUser"}), TokenRefusal.CONFIGURATION),
        (answer(401, "", {"Reason": "LicenseExpired"}), TokenRefusal.CONFIGURATION),
        (answer(400, ""), TokenRefusal.UNCLEAR),
        (answer(200, "<html></html>"), TokenRefusal.UNCLEAR),
        (answer(503, EARLY | {"error_description": "x"}), TokenRefusal.UNCLEAR),
    ],
)
def test_refusal_of_tokens_is_judged_by_who_must_act(given: Answer, refusal: TokenRefusal) -> None:
    assert judge_refusal(given) is refusal


def test_divisions_of_one_user_share_the_grant() -> None:
    client = make_oauth_client(read_connection(PARTS))

    assert client.grant_key == "start.exactonline.nl|client-1|koppeling@example.org"


def test_connection_as_airflow_keeps_it_tells_whose_consent_it_needs() -> None:
    assert EXACT_ONLINE.oauth_client(PARTS) == make_oauth_client(read_connection(PARTS))


def test_user_logs_in_anew_to_consent() -> None:
    address = authorisation_address(make_oauth_client(read_connection(PARTS)), "s1")

    assert address.startswith("https://start.exactonline.nl/api/oauth2/auth?client_id=client-1&")
    assert "force_login=1" in address
    assert "state=s1" in address


def test_secret_shows_in_no_text_of_the_connection() -> None:
    connection = read_connection(PARTS)

    assert "secret-1" not in repr(connection) + repr(PARTS) + repr(make_oauth_client(connection))
    assert isinstance(PARTS, ConnectionParts)
