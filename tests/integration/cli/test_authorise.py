"""Consent on the command line: one address to open, one to paste."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.fernet import Fernet

from emulators.exactonline.app import ExactOnlineEmulator
from emulators.exactonline.hosts import APPS, REDIRECT_URI
from emulators.server import EmulatorServer
from finance_hooks.cli.authorise import add_to, authorise, run
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from tests.integration.cli.store_connection import store_connection

KEY = Fernet.generate_key().decode()


@dataclass(slots=True)
class Person:
    """Reads what is shown, opens the address, and pastes where that leads; `spoils` what they paste."""

    shown: list[str] = field(default_factory=list)
    spoils: tuple[str, str] = ("", "")

    def show(self, text: str) -> None:
        self.shown.append(text)

    def paste(self, _prompt: str) -> str:
        address = next(text for text in reversed(self.shown) if text.startswith("http"))
        answer = requests.Session().get(address, allow_redirects=False, timeout=5)
        return f" {answer.headers['Location'].replace(*self.spoils)}\n"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture(autouse=True)
def site(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExactOnlineEmulator]:
    emulator = ExactOnlineEmulator(country="nl")
    with EmulatorServer(emulator) as server:
        books = {
            "conn_type": "finance_exactonline",
            "host": server.url,
            "login": APPS["nl"].client_id,
            "password": APPS["nl"].client_secret,
            "extra": {
                "environment": "test",
                "country": "NL",
                "redirect_uri": REDIRECT_URI,
                "user_name": "koppeling",
            },
        }
        monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=KEY))
        monkeypatch.setenv("AIRFLOW_CONN_EXACTONLINE_NL", json.dumps(books))
        monkeypatch.setenv("AIRFLOW_CONN_MAIL", json.dumps({"conn_type": "smtp"}))
        yield emulator


def test_consent_leaves_a_connection_that_works(person: Person, store_url: str) -> None:
    works = authorise("exactonline_nl", person.paste, person.show)

    stored = TokenStore(store_engine(store_url), [KEY]).read(f"127.0.0.1|{APPS['nl'].client_id}|koppeling")
    assert works
    assert stored is not None
    assert "sign in as koppeling" in person.shown[0]


def test_nothing_secret_is_shown(person: Person, store_url: str) -> None:
    authorise("exactonline_nl", person.paste, person.show)

    stored = TokenStore(store_engine(store_url), [KEY]).read(f"127.0.0.1|{APPS['nl'].client_id}|koppeling")
    assert stored is not None
    shown = "\n".join(person.shown)
    assert not any(
        secret in shown for secret in (APPS["nl"].client_secret, stored.access_token, stored.refresh_token)
    )


@pytest.mark.parametrize(
    ("spoils", "fault"),
    [
        (("state=", "state=x"), "does not belong to the authorisation"),
        (("code=", "kode="), "holds no code"),
        (("qubz.example.org", "evil.example.org"), "not the redirect address"),
        (("code=", "code=x"), "invalid_grant"),
    ],
)
def test_address_that_is_not_right_is_refused(person: Person, spoils: tuple[str, str], fault: str) -> None:
    person.spoils = spoils

    with pytest.raises(ConfigurationError, match=fault):
        authorise("exactonline_nl", person.paste, person.show)


def test_refused_consent_is_said(person: Person, site: ExactOnlineEmulator) -> None:
    site.switches.move({"consent": "deny"})

    with pytest.raises(ConfigurationError, match="access_denied"):
        authorise("exactonline_nl", person.paste, person.show)


def test_connection_of_another_kind_is_refused(person: Person) -> None:
    with pytest.raises(ConfigurationError, match="'smtp' belong to no bookkeeping package"):
        authorise("mail", person.paste, person.show)


def test_connection_that_is_not_there_is_said(person: Person) -> None:
    with pytest.raises(ConfigurationError, match="Airflow has no connection exactonline_xx"):
        authorise("exactonline_xx", person.paste, person.show)


def test_state_is_another_one_every_time(person: Person) -> None:
    authorise("exactonline_nl", person.paste, person.show)
    authorise("exactonline_nl", person.paste, person.show)

    addresses = [text for text in person.shown if text.startswith("http")]
    states = {parse_qs(urlsplit(address).query)["state"][0] for address in addresses}
    assert len(states) == 2
    assert all(len(state) >= 32 for state in states)


def test_address_that_was_pasted_before_is_refused(person: Person) -> None:
    pasted: list[str] = []

    def paste(prompt: str) -> str:
        pasted.append(person.paste(prompt))
        return pasted[-1]

    authorise("exactonline_nl", paste, person.show)

    with pytest.raises(ConfigurationError, match="does not belong to the authorisation"):
        authorise("exactonline_nl", lambda _prompt: pasted[0], person.show)


def test_command_ends_with_zero_when_the_connection_works(person: Person) -> None:
    parser = argparse.ArgumentParser()
    add_to(parser)
    arguments = parser.parse_args(["exactonline_nl"])

    assert run(arguments, person.paste, person.show) == 0


def test_answer_in_json_stands_apart_from_what_the_person_reads(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    add_to(parser)

    def paste(_prompt: str) -> str:
        person.shown += capsys.readouterr().err.splitlines()
        return person.paste(_prompt)

    ended = run(parser.parse_args(["exactonline_nl", "--json"]), paste)

    told = json.loads(capsys.readouterr().out)
    assert (ended, told["connection"], told["works"]) == (0, "exactonline_nl", True)
    assert told["found"]
