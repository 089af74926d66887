"""Workers that freeze in the middle of a refresh, past their lease and past each other, cost no grant."""

from dataclasses import replace

import pytest

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store.tokens import NewTokens
from finance_hooks.transport.grants import LEAVES_WITHIN_S
from tests.integration.transport.grant_scene import TOKEN_PATH, Scene


def test_request_that_left_late_does_not_make_the_next_one_too_early(scene: Scene) -> None:
    scene.emulator.switches.move({"old_refresh_token_dies": "used"})
    scene.time.advance(571)
    scene.emulator.faults.place({"effect": "lost_answer", "path": TOKEN_PATH, "times": 1})

    def freeze(reached: str) -> None:
        if reached == "attempt noted":
            scene.transport.clock.sleep(LEAVES_WITHIN_S)

    with pytest.raises(TemporaryFailure):
        replace(scene.grants, checkpoint=freeze).access_token(scene.client, scene.transport)

    assert scene.token() == scene.stored().access_token
    assert [call["status"] for call in scene.emulator.calls.since(None) if call["path"] == TOKEN_PATH] == [
        200,
        None,
        200,
    ]


def test_request_noted_long_ago_does_not_leave(scene: Scene) -> None:
    scene.time.advance(571)
    calls = scene.token_calls()

    def freeze(reached: str) -> None:
        if reached == "attempt noted":
            scene.transport.clock.sleep(LEAVES_WITHIN_S + 1)

    with pytest.raises(TemporaryFailure, match="announced 61 s ago"):
        replace(scene.grants, checkpoint=freeze).access_token(scene.client, scene.transport)

    assert scene.token_calls() == calls


def test_token_that_ended_while_its_worker_froze_is_not_given_out(scene: Scene) -> None:
    scene.time.advance(571)
    frozen: list[str] = []

    def freeze_once(reached: str) -> None:
        if reached == "saved" and not frozen:
            frozen.append(scene.stored().access_token)
            scene.transport.clock.sleep(1200)

    given = replace(scene.grants, checkpoint=freeze_once).access_token(scene.client, scene.transport)

    assert given == scene.stored().access_token != frozen[0]


def test_worker_is_not_sent_to_a_person_once_another_has_saved_new_tokens(scene: Scene) -> None:
    scene.time.advance(571)
    scene.killed("answered")

    def save_meanwhile(reached: str) -> None:
        if reached == "answered":
            new = NewTokens(access_token="of another worker", refresh_token="too", expires_in_s=600)
            stored, tokens = scene.stored(), scene.grants.tokens
            tokens.save(scene.client.grant_key, stored.refresh_token, new, scene.time.at, sleep=pass_by)

    given = replace(scene.grants, checkpoint=save_meanwhile).access_token(scene.client, scene.transport)

    assert given == "of another worker"
    assert scene.grants.tokens.alerts() == []


def test_grant_survives_a_late_save_of_tokens_that_a_second_lost_answer_has_ended(scene: Scene) -> None:
    scene.emulator.switches.move({"old_refresh_token_dies": "used"})
    scene.time.advance(571)

    def lose_a_second_answer(reached: str) -> None:
        if reached == "answered":
            scene.time.advance(700)
            scene.killed("answered")

    with pytest.raises(TemporaryFailure, match="not be refreshed yet"):
        replace(scene.grants, checkpoint=lose_a_second_answer).access_token(scene.client, scene.transport)

    assert scene.token() == scene.stored().access_token
    assert scene.grants.tokens.alerts() == []


def pass_by(_seconds: float) -> None:
    """Pass the time at once."""
