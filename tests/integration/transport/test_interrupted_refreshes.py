"""No crash, lost answer or outage in the middle of a refresh costs a grant unnoticed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.transport.grants import LEAVES_WITHIN_S
from tests.integration.transport.grant_scene import MINIMUM_AGE_S, TOKEN_PATH, Scene, SharedClock


def test_worker_killed_before_the_request_left_costs_nothing(scene: Scene) -> None:
    scene.time.advance(571)
    scene.killed("attempt noted")

    scene.token()

    assert scene.stored().attempts == 0
    assert scene.grants.tokens.alerts() == []


def test_open_attempt_counts_as_a_refresh_for_the_minimum_age(scene: Scene) -> None:
    scene.time.advance(571)
    scene.killed("answered")
    before = scene.token_calls()
    scene.emulator.switches.move({"old_refresh_token_dies": "used"})

    scene.token()

    assert isinstance(scene.transport.clock, SharedClock)
    under_way_s = LEAVES_WITHIN_S + scene.client.endpoints.timeout_s
    assert sum(scene.transport.clock.slept_s) == pytest.approx(under_way_s + MINIMUM_AGE_S)
    assert scene.token_calls() == before + 1


def test_worker_killed_after_the_save_leaves_good_tokens(scene: Scene) -> None:
    scene.time.advance(571)
    scene.killed("saved")
    calls = scene.token_calls()

    scene.token()

    assert scene.token_calls() == calls


def test_dead_old_token_asks_for_a_person_once(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.time.advance(571)
    scene.killed("answered")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            with pytest.raises(ConfigurationError, match="needs a person's consent"):
                scene.token()
    calls = scene.token_calls()

    assert len(caplog.records) == 1
    assert [alert.why for alert in scene.grants.tokens.alerts()] == [
        "the token endpoint answered status 401, unauthorized_client"
    ]
    assert calls == 3


def test_new_consent_withdraws_the_alert(scene: Scene) -> None:
    scene.time.advance(571)
    scene.killed("answered")
    with pytest.raises(ConfigurationError):
        scene.token()

    scene.consent()

    assert scene.grants.tokens.alerts() == []
    assert scene.token() == scene.stored().access_token


@pytest.mark.parametrize("effect", ["lost_answer", "reset", "status", "html"])
def test_unclear_answer_leaves_the_attempt_open(scene: Scene, effect: str) -> None:
    scene.time.advance(571)
    scene.emulator.faults.place({"effect": effect, "path": TOKEN_PATH, "times": 1})

    with pytest.raises(TemporaryFailure) as caught:
        scene.token()

    under_way_s = LEAVES_WITHIN_S + scene.client.endpoints.timeout_s
    assert caught.value.retry_after_s == under_way_s + MINIMUM_AGE_S
    assert scene.stored().attempts == 1


def test_grant_survives_any_number_of_answers_that_changed_nothing_at_the_vendor(scene: Scene) -> None:
    scene.time.advance(571)
    scene.emulator.faults.place({"effect": "status", "path": TOKEN_PATH, "times": 4})
    for _ in range(4):
        with pytest.raises(TemporaryFailure):
            scene.token()

    assert scene.token() == scene.stored().access_token
    assert scene.stored().attempts == 0
    assert scene.grants.tokens.alerts() == []


def test_grant_survives_any_number_of_workers_killed_before_the_request_left(scene: Scene) -> None:
    scene.time.advance(571)
    for _ in range(3):
        scene.killed("attempt noted")

    assert scene.token() == scene.stored().access_token
    assert scene.grants.tokens.alerts() == []


@dataclass(slots=True)
class RepairingClock(SharedClock):
    """A clock during whose sleep the store comes back."""

    repair: Callable[[], None] = lambda: None

    def sleep(self, seconds: float) -> None:
        super(RepairingClock, self).sleep(seconds)
        self.repair()


def door_of(postgres_url: str, store_url: str) -> Callable[[bool], None]:
    """Return what closes a database to everybody, and opens it again."""
    name = sa.make_url(store_url).database
    server = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def let_in(allowed: bool) -> None:
        with server.connect() as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                {"name": name},
            )

    return let_in


def test_tokens_survive_an_outage_of_the_store(scene: Scene, postgres_url: str, store_url: str) -> None:
    let_in = door_of(postgres_url, store_url)

    def break_store(reached: str) -> None:
        if reached == "answered":
            let_in(False)

    scene.time.advance(571)
    clock = RepairingClock(time=scene.time, repair=lambda: let_in(True))

    given = replace(scene.grants, checkpoint=break_store).access_token(
        scene.client, replace(scene.transport, clock=clock)
    )

    assert given == scene.stored().access_token
    assert clock.slept_s == [2]


def test_tokens_survive_an_outage_of_minutes(scene: Scene, postgres_url: str, store_url: str) -> None:
    let_in = door_of(postgres_url, store_url)
    scene.time.advance(571)
    back_at = scene.time.at + timedelta(seconds=300)

    def repair() -> None:
        if scene.time.at >= back_at:
            let_in(True)

    def break_store(reached: str) -> None:
        if reached == "answered":
            let_in(False)

    given = replace(scene.grants, checkpoint=break_store).access_token(
        scene.client, replace(scene.transport, clock=RepairingClock(time=scene.time, repair=repair))
    )

    assert given == scene.stored().access_token
