"""A token is given out while it is good, refreshed once for all, and never too early."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.tokens import NewTokens
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.transport.grant_scene import TOKEN_PATH, Scene, SharedClock

WORKERS = 20


def test_token_is_given_out_again_until_it_nears_its_end(scene: Scene) -> None:
    first = scene.token()
    scene.time.advance(569)
    again = scene.token()
    scene.time.advance(2)
    later = scene.token()

    assert first == again != later
    assert scene.token_calls() == 2


def test_request_that_takes_long_waits_for_the_minimum_age(scene: Scene) -> None:
    scene.token()
    scene.time.advance(520)

    scene.token(outlives_s=100)

    assert isinstance(scene.transport.clock, SharedClock)
    assert scene.transport.clock.slept_s == [50]
    assert scene.stored().obtained_at == scene.time.at


def test_token_the_vendor_refused_is_not_given_out_again(scene: Scene) -> None:
    refused = scene.token()

    given = scene.token(refused=refused)

    assert given != refused
    assert scene.time.at >= scene.stored().obtained_at


@pytest.mark.parametrize(("seconds", "looks"), [(29, False), (31, True)])
def test_token_is_given_out_again_for_half_a_minute_without_another_look(
    scene: Scene, *, seconds: int, looks: bool
) -> None:
    first = scene.grants.access_token(scene.client, scene.transport)
    scene.consent()
    scene.transport.clock.sleep(seconds)

    again = scene.grants.access_token(scene.client, scene.transport)

    assert again == (scene.stored().access_token if looks else first)
    assert first != scene.stored().access_token


def test_kept_token_is_not_given_out_when_it_was_refused_or_ends_too_soon(scene: Scene) -> None:
    first = scene.grants.access_token(scene.client, scene.transport)
    scene.consent()

    newer = scene.grants.access_token(scene.client, scene.transport, refused=first)
    assert newer == scene.stored().access_token != first

    scene.consent()
    lasting = scene.grants.access_token(scene.client, scene.transport, outlives_s=600)
    assert lasting == scene.stored().access_token != newer


def test_workers_together_refresh_once_and_never_early(scene: Scene) -> None:
    def work(_number: int) -> str:
        with open_session() as session:
            transport = Transport(session=session, clock=SystemClock())
            return replace(scene.grants).access_token(scene.client, transport)

    given = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for _ in range(4):
            given.append(set(pool.map(work, range(WORKERS))))
            scene.time.advance(571)

    assert [len(tokens) for tokens in given] == [1] * 4
    assert len(set.union(*given)) == 4
    assert scene.token_calls() == 4
    assert all(
        call["status"] == 200 for call in scene.emulator.calls.since(None) if call["path"] == TOKEN_PATH
    )


def test_new_token_is_given_out_though_it_lives_shorter_than_was_wished(scene: Scene) -> None:
    scene.time.advance(571)

    given = scene.token(outlives_s=3600)

    assert given == scene.stored().access_token
    assert scene.token_calls() == 2


def test_request_that_was_never_sent_is_no_attempt(scene: Scene) -> None:
    scene.time.advance(571)
    nowhere = replace(scene.client.endpoints, token_url="http://127.0.0.1:1/token")

    with pytest.raises(TemporaryFailure, match="NewConnectionError"):
        scene.grants.access_token(replace(scene.client, endpoints=nowhere), scene.transport)

    assert (scene.stored().attempts, scene.stored().attempt_at) == (0, None)


def test_wrong_secret_is_a_configuration_error_and_costs_no_token(scene: Scene) -> None:
    scene.time.advance(571)
    right, scene.client = scene.client, replace(scene.client, client_secret="wrong-secret")
    with pytest.raises(ConfigurationError, match="check client id") as caught:
        scene.token()
    scene.client = right

    assert "wrong-secret" not in str(caught.value)
    assert scene.token() == scene.stored().access_token


def test_refusal_because_it_is_too_early_costs_no_token(scene: Scene) -> None:
    impatient = replace(scene.client.endpoints, minimum_age_s=0)
    scene.time.advance(100)

    with pytest.raises(TemporaryFailure, match="access_denied"):
        scene.grants.access_token(replace(scene.client, endpoints=impatient), scene.transport, outlives_s=601)

    assert scene.stored().attempts == 0


def test_consent_given_during_a_refresh_wins(scene: Scene) -> None:
    def consent_meanwhile(reached: str) -> None:
        if reached == "answered":
            scene.grants.tokens.save_consent(
                scene.client.grant_key,
                NewTokens(access_token="by consent", refresh_token="by consent too", expires_in_s=600),
                sleep=scene.transport.clock.sleep,
            )

    scene.time.advance(571)

    given = replace(scene.grants, checkpoint=consent_meanwhile).access_token(scene.client, scene.transport)

    assert given == "by consent"
    assert scene.stored().refresh_token == "by consent too"


def test_used_code_is_a_configuration_error(scene: Scene) -> None:
    with pytest.raises(ConfigurationError, match="invalid_grant"):
        scene.grants.exchange_code(scene.client, scene.transport, "used", "state-1")


def test_grant_without_consent_says_what_to_do(scene: Scene) -> None:
    stranger = replace(scene.client, user="stranger")

    with pytest.raises(ConfigurationError, match="nobody has consented yet"):
        scene.grants.access_token(stranger, scene.transport)


def test_wait_beyond_the_patience_of_a_task_is_left_to_the_next_try(scene: Scene) -> None:
    strict = replace(scene.client.endpoints, minimum_age_s=2000)
    scene.time.advance(700)

    with pytest.raises(TemporaryFailure, match="may not be refreshed yet") as caught:
        scene.grants.access_token(replace(scene.client, endpoints=strict), scene.transport)

    assert caught.value.retry_after_s == 1301


def test_lost_answer_to_a_code_asks_to_authorise_again(scene: Scene) -> None:
    scene.emulator.faults.place({"effect": "lost_answer", "path": TOKEN_PATH, "times": 1})

    with pytest.raises(TemporaryFailure, match="authorise again"):
        scene.consent()
