"""Test never reaches production, production never reaches anything else, and secrets travel encrypted."""

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.transport.guard import (
    Environment,
    Guard,
    Installation,
    guard_connection,
    is_loopback,
    read_installation,
)

HOSTS = ("start.example.nl", "*.rest.example.online")
TEST, PRODUCTION = Environment.TEST, Environment.PRODUCTION


@pytest.mark.parametrize(
    ("environment", "url", "reason"),
    [
        (TEST, "http://127.0.0.1:8080/x", None),
        (TEST, "https://test.example.nl/x", None),
        (PRODUCTION, "https://start.example.nl/x", None),
        (PRODUCTION, "https://12345.rest.example.online/x", None),
        (TEST, "https://START.example.nl/x", "production host start.example.nl"),
        (TEST, "https://12345.rest.example.online/x", "production host"),
        (TEST, "https://user@start.example.nl/x", "production host"),
        (PRODUCTION, "https://test.example.nl/x", "no production host"),
        (PRODUCTION, "https://start.example.nl.evil.com/x", "no production host"),
        (PRODUCTION, "http://localhost/x", "marked production"),
        (TEST, "http://test.example.nl/x", "plain http"),
        (PRODUCTION, "http://start.example.nl/x", "plain http"),
        (TEST, "ftp://host/x", "not an http address"),
        (TEST, "https:///x", "not an http address"),
    ],
)
def test_address_fits_the_environment_or_is_refused(
    environment: Environment, url: str, reason: str | None
) -> None:
    refusal = Guard(environment=environment, production_hosts=HOSTS).why_not(url, changes_books=True)

    assert (refusal is None) == (reason is None)
    assert str(reason or "") in str(refusal)


def test_system_without_known_hosts_takes_any_over_tls() -> None:
    guard = Guard(environment=PRODUCTION, production_hosts=())

    assert guard.why_not("https://erp.customer.nl/", changes_books=False) is None


def make(
    installation: Installation, environment: str | None, base_url: str = "https://start.example.nl"
) -> Guard:
    return guard_connection(
        installation, conn_id="books_nl", environment=environment, base_url=base_url, production_hosts=HOSTS
    )


@pytest.mark.parametrize(("changes_books", "leaves"), [(True, False), (False, True)])
def test_stop_switch_holds_changes_back_and_lets_reading_go_on(changes_books: bool, leaves: bool) -> None:
    why = Guard(sends=False).why_not("http://127.0.0.1/x", changes_books=changes_books)

    assert (why is None) is leaves


def test_connection_of_the_installations_environment_gets_a_guard() -> None:
    guard = make(Installation(environment=PRODUCTION, sends=False), "production")

    assert guard == Guard(environment=PRODUCTION, production_hosts=HOSTS, sends=False)


@pytest.mark.parametrize(
    ("installation", "environment", "base_url", "fault"),
    [
        (TEST, "production", "https://start.example.nl", "this installation is marked test"),
        (PRODUCTION, "test", "https://test.example.nl", "this installation is marked production"),
        (TEST, "test", "https://start.example.nl", "production host"),
        (TEST, None, "http://127.0.0.1", "environment is None"),
        (TEST, "acceptance", "http://127.0.0.1", "environment is 'acceptance'"),
    ],
)
def test_connection_that_does_not_belong_here_is_refused(
    installation: Environment, environment: str | None, base_url: str, fault: str
) -> None:
    with pytest.raises(ConfigurationError, match=fault) as caught:
        make(Installation(environment=installation), environment, base_url)

    assert "books_nl" in str(caught.value)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.evil.com", False),
    ],
)
def test_only_this_machine_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({}, Installation(environment=TEST)),
        ({"environment": "production"}, Installation(environment=PRODUCTION)),
        ({"environment": None, "stop_sending": False}, Installation(environment=TEST)),
        ({"stop_sending": True}, Installation(environment=TEST, sends=False)),
        ({"stop_sending": "true"}, Installation(environment=TEST, sends=False)),
        ({"stop_sending": "until Monday"}, Installation(environment=TEST, sends=False)),
        ({"stop_sending": "false"}, Installation(environment=TEST)),
    ],
)
def test_installation_says_what_it_is_for(extra: dict[str, object], expected: Installation) -> None:
    assert read_installation(extra) == expected


def test_installation_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="environment is 'acceptance'"):
        read_installation({"environment": "acceptance"})
