"""No race, crash or lost answer costs a grant, and no refresh comes too early."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
import requests
import sqlalchemy as sa
from cryptography.fernet import Fernet

from emulators.clock import EmulatorClock
from emulators.exactonline.app import ExactOnlineEmulator
from emulators.exactonline.hosts import APPS, REDIRECT_URI
from emulators.server import EmulatorServer
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import NewTokens, StoredTokens, TokenStore
from finance_hooks.targets.exactonline.consent import judge_refusal
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints, authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.store.conftest import StoreTime
from tests.transport.stepped_clock import SteppedClock

KEY = Fernet.generate_key().decode()
MINIMUM_AGE_S = 570
TOKEN_PATH = "/api/oauth2/token"
WORKERS = 20


class WorkerKilledError(BaseException):
    """Ends a worker as a signal would, past every `except` of the project."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A vendor, a store and a worker that live in one time, which only the test moves."""

    emulator: ExactOnlineEmulator
    client: OAuthClient
    grants: Grants
    transport: Transport
    time: StoreTime

    def token(self, *, kill_at: str | None = None, outlives_s: float = 30, refused: str | None = None) -> str:
        def checkpoint(reached: str) -> None:
            if reached == kill_at:
                raise WorkerKilledError

        grants = replace(self.grants, checkpoint=checkpoint)
        return grants.access_token(self.client, self.transport, outlives_s=outlives_s, refused=refused)

    def killed(self, at: str) -> None:
        with pytest.raises(WorkerKilledError):
            self.token(kill_at=at)

    def consent(self) -> None:
        address = authorisation_address(self.client, "state-1")
        sent_back = requests.Session().get(address, allow_redirects=False, timeout=5).headers["Location"]
        self.grants.exchange_code(self.client, self.transport, read_callback(sent_back, "state-1"))

    def stored(self) -> StoredTokens:
        stored = self.grants.tokens.read(self.client.grant_key)
        assert stored is not None
        return stored

    def token_calls(self) -> int:
        return sum(call["path"] == TOKEN_PATH for call in self.emulator.calls.since(None))


@dataclass(slots=True)
class SharedClock(SteppedClock):
    """A clock whose sleeping moves the time of the scene."""

    time: StoreTime | None = None

    def advance(self, seconds: float) -> None:
        super(SharedClock, self).advance(seconds)
        if self.time:
            self.time.advance(seconds)


@pytest.fixture
def scene(store_url: str) -> Iterator[Scene]:
    time = StoreTime()
    emulator = ExactOnlineEmulator(country="nl", clock=EmulatorClock(lambda: time.at))
    engine = store_engine(store_url)
    with EmulatorServer(emulator) as server, open_session() as session:
        endpoints = OAuthEndpoints(
            authorise_url=f"{server.url}/api/oauth2/auth",
            token_url=server.url + TOKEN_PATH,
            minimum_age_s=MINIMUM_AGE_S,
            timeout_s=5,
            judge_refusal=judge_refusal,
        )
        scene = Scene(
            emulator=emulator,
            client=OAuthClient(
                endpoints=endpoints,
                client_id=APPS["nl"].client_id,
                client_secret=APPS["nl"].client_secret,
                redirect_uri=REDIRECT_URI,
                user="koppeling",
            ),
            grants=Grants(tokens=TokenStore(engine, [KEY], time), owner="test"),
            transport=Transport(session=session, clock=SharedClock(time=time)),
            time=time,
        )
        scene.consent()
        yield scene
    engine.dispose()


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


def test_workers_together_refresh_once_and_never_early(scene: Scene) -> None:
    def work(_number: int) -> str:
        with open_session() as session:
            transport = Transport(session=session, clock=SystemClock())
            return scene.grants.access_token(scene.client, transport)

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
    assert sum(scene.transport.clock.slept_s) == pytest.approx(MINIMUM_AGE_S)
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

    assert caught.value.retry_after_s == MINIMUM_AGE_S
    assert scene.stored().attempts == 1


def test_old_token_is_tried_once_and_then_a_person_is_asked(scene: Scene) -> None:
    scene.time.advance(571)
    scene.emulator.faults.place({"effect": "status", "path": TOKEN_PATH, "times": 2})
    for _ in range(2):
        with pytest.raises(TemporaryFailure):
            scene.token()

    with pytest.raises(ConfigurationError, match="the retry's as well"):
        scene.token()

    assert scene.token_calls() == 3


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
        scene.grants.exchange_code(scene.client, scene.transport, "used")


def test_grant_without_consent_says_what_to_do(scene: Scene) -> None:
    stranger = replace(scene.client, user="stranger")

    with pytest.raises(ConfigurationError, match="nobody has consented yet"):
        scene.grants.access_token(stranger, scene.transport)


@dataclass(slots=True)
class RepairingClock(SharedClock):
    """A clock during whose sleep the store comes back."""

    repair: Callable[[], None] = lambda: None

    def sleep(self, seconds: float) -> None:
        super(RepairingClock, self).sleep(seconds)
        self.repair()


def test_tokens_survive_an_outage_of_the_store(scene: Scene, postgres_url: str, store_url: str) -> None:
    name = sa.make_url(store_url).database
    server = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def let_in(allowed: bool) -> None:
        with server.connect() as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
                {"name": name},
            )

    def break_store(reached: str) -> None:
        if reached == "answered":
            let_in(allowed=False)

    scene.time.advance(571)
    clock = RepairingClock(time=scene.time, repair=lambda: let_in(allowed=True))

    given = replace(scene.grants, checkpoint=break_store).access_token(
        scene.client, replace(scene.transport, clock=clock)
    )

    assert given == scene.stored().access_token
    assert clock.slept_s == [2]


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
