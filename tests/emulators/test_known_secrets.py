"""Other secrets can be taught to every system, and then those of its seed no longer count."""

import base64
import json
from pathlib import Path

import pytest
from werkzeug.test import Client

from emulators.afas.hosts import token_xml
from emulators.emulator import Emulator
from emulators.exactonline.hosts import APPS
from emulators.qubz.access import KEY, KEY_HEADER, PASSWORD, USER_NAME
from emulators.registry import SYSTEMS, build
from local.connections import EMULATED

TOKEN_PATHS = {
    "accountview": "/api/v3/token",
    "afas": "/ProfitRestServices/oauth/token",
    "exactonline": "/api/oauth2/token",
    "exactonline_be": "/api/oauth2/token",
    "twinfield": "/auth/authentication/connect/token",
}
FIRST_SECRET = {"twinfield": "qubz-twinfield", "afas": "secret"}


def teach(emulator: Emulator, **secrets: str) -> int:
    return Client(emulator).post("/_emulator/secrets", json=secrets).status_code


def says_about(emulator: Emulator, client_id: str, secret: str) -> str:
    """Ask for tokens without anything to get them for: a known client is refused for another reason."""
    sent = {"client_id": client_id, "client_secret": secret, "grant_type": "nonsense"}
    return Client(emulator).post(TOKEN_PATHS[emulator.key], data=sent).get_data(as_text=True)


@pytest.mark.parametrize("system", sorted(TOKEN_PATHS))
def test_a_client_is_known_by_the_secret_that_was_taught_last(system: str) -> None:
    emulator = build(system)
    (seeded,) = [
        fields
        for fields in (json.loads(path.read_text(encoding="utf-8")) for path in EMULATED.glob("*.json"))
        if fields["system"] == system
    ]
    client_id, secret = seeded["login"], seeded["password"]
    known, stranger = says_about(emulator, client_id, secret), says_about(emulator, client_id, "another")

    taught = teach(emulator, **{FIRST_SECRET.get(system, "client_secret"): "another"})

    assert taught == 200
    assert says_about(emulator, client_id, "another") == known
    assert says_about(emulator, client_id, secret) == stranger
    emulator.reset()
    assert says_about(emulator, client_id, secret) == known


def test_the_source_is_asked_with_the_password_or_key_that_was_taught_last() -> None:
    emulator = build("qubz")
    teach(emulator, password="other", key="other-key")

    def status(password: str = "", key: str = "") -> int:
        basic = base64.b64encode(f"{USER_NAME}:{password}".encode()).decode()
        headers = {"Authorization": f"Basic {basic}", KEY_HEADER: key}
        return Client(emulator).get("/rest/financeexport/v1/organisations", headers=headers).status_code

    assert (status(PASSWORD), status("other"), status(key=KEY), status(key="other-key")) == (
        401,
        200,
        401,
        200,
    )


def test_a_classic_token_of_afas_can_be_another() -> None:
    emulator = build("afas")
    taught = token_xml("token").replace("1F" * 32, "AB" * 32)
    teach(emulator, token="AB" * 32)

    def status(token: str) -> int:
        shown = base64.b64encode(token.encode()).decode()
        headers = {"Authorization": f"AfasToken {shown}"}
        return Client(emulator).get("/ProfitRestServices/profitversion", headers=headers).status_code

    assert (status(token_xml("token")), status(taught)) == (401, 200)


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_a_secret_nobody_asks_for_is_refused(system: str) -> None:
    assert teach(build(system), nonsense="x") == 400


def test_what_was_taught_outlives_a_restart(tmp_path: Path) -> None:
    first = build("exactonline", directory=tmp_path)
    teach(first, client_secret="another")
    first.close()

    second = build("exactonline", directory=tmp_path)

    assert second.secrets["client_secret"] == "another"
    second.secrets.back_to_seed()
    assert second.secrets["client_secret"] == APPS["nl"].client_secret
    second.close()
