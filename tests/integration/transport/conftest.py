"""Transports that really send, to servers on this machine."""

import socket
from collections.abc import Iterator

import pytest

from emulators.clock import EmulatorClock
from emulators.exactonline.app import ExactOnlineEmulator
from emulators.exactonline.hosts import APPS, REDIRECT_URI
from emulators.server import EmulatorServer
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.exactonline.consent import judge_refusal
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import OAuthClient, OAuthEndpoints
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.transport.grant_scene import KEY, MINIMUM_AGE_S, TOKEN_PATH, Scene, SharedClock
from tests.store.conftest import StoreTime
from tests.transport.stepped_clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def transport() -> Iterator[Transport]:
    with open_session() as session:
        yield Transport(session=session, clock=SystemClock())


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


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
