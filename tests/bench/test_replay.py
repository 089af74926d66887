"""What was sent is sent again, also by a loop that is through before a token may be renewed."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.replay import replay
from bench.sent import Sent, recorded
from emulators.server import EmulatorServer
from tests.emulators.exactonline_client import ExactClient, emulator_of

ACCOUNTS = "financial/GLAccounts"


@contextmanager
def consented() -> Iterator[ExactClient]:
    emulator = emulator_of()
    with EmulatorServer(emulator) as server:
        client = ExactClient(emulator, server.url)
        yield client.authorise()


def night() -> tuple[list[Sent], str]:
    """Read, renew the token ten minutes later, read again; return what was sent and to which server."""
    with consented() as client:
        with recorded() as sent:
            assert client.get(ACCOUNTS).status_code == 200
        client.advance(600)
        with recorded() as later:
            client.use(client.refresh().json())
            assert client.get(ACCOUNTS).status_code == 200
        return [*sent, *later], client.base


def moved(sent: list[Sent], old: str, new: str) -> list[Sent]:
    return [one.moved(old, new) for one in sent]


def test_a_loop_that_is_quicker_than_the_night_renews_the_token_as_the_night_did() -> None:
    sent, old = night()

    with consented() as client:
        differs = replay(moved(sent, old, client.base))

    assert differs is None


def test_an_answer_with_another_status_is_told_and_ends_the_replay() -> None:
    sent, old = night()

    with consented() as client:
        client.switch(missing_scopes="financial.generalledgers")
        differs = replay(moved(sent, old, client.base))

    assert differs is not None
    assert differs.startswith("request 0, GET ")
    assert differs.endswith(": 403, not 200")
