from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.twinfield.connection import read_connection
from finance_hooks.targets.twinfield.consent import make_oauth_client
from finance_hooks.targets.twinfield.target import TWINFIELD
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import authorisation_address, refresh_request

EXTRA: dict[str, object] = {
    "environment": "production",
    "redirect_uri": "https://qubz.example.org/callback",
    "user_name": "koppeling@example.org",
    "organisation": "MUNI01",
}
PARTS = ConnectionParts(
    conn_id="twinfield_nl",
    host="https://login.twinfield.com/",
    port=443,
    login="client-1",
    password="secret-1",
    extra=EXTRA,
)


def test_connection_is_read_with_its_defaults() -> None:
    connection = read_connection(PARTS)

    assert (connection.login_url, connection.organisation) == ("https://login.twinfield.com", "MUNI01")
    assert connection.is_certified is False
    assert connection.free_text_field is None
    assert connection.books_finally("NL42") is False


@pytest.mark.parametrize(
    ("final", "is_final"), [("NL42", True), ("NL41, NL42", True), ("*", True), ("NL4", False)]
)
def test_administrations_are_final_one_by_one_or_all(final: str, is_final: bool) -> None:
    parts = replace(PARTS, extra=EXTRA | {"final_administrations": final})

    assert read_connection(parts).books_finally("NL42") is is_final


@pytest.mark.parametrize(
    ("said", "is_certified"),
    [(True, True), ("true", True), ("1", True), (False, False), ("no", False), (None, False)],
)
def test_certified_may_be_said_in_any_way_a_form_does(said: object, is_certified: bool) -> None:
    assert read_connection(replace(PARTS, extra=EXTRA | {"certified": said})).is_certified is is_certified


def test_free_text_field_is_one_of_three() -> None:
    assert read_connection(replace(PARTS, extra=EXTRA | {"free_text_field": "2"})).free_text_field == 2
    with pytest.raises(ConfigurationError, match="free_text_field is '4'"):
        read_connection(replace(PARTS, extra=EXTRA | {"free_text_field": "4"}))


LINK = "https://q.example.org/f/{number}"


def test_link_needs_a_field_of_its_own() -> None:
    without = read_connection(PARTS)
    linked = read_connection(replace(PARTS, extra=EXTRA | {"link_field": "2", "link_template": LINK}))

    assert (without.link_field, without.link_template) == (None, "")
    assert (linked.link_field, linked.link_template) == (2, LINK)
    both = EXTRA | {"free_text_field": "2", "link_field": "2", "link_template": LINK}
    with pytest.raises(ConfigurationError, match="are both 2"):
        read_connection(replace(PARTS, extra=both))


@pytest.mark.parametrize("template", [None, "https://q.example.org/f/", f"https://{'q' * 40}/{{number}}"])
def test_link_must_name_the_document_and_fit(template: str | None) -> None:
    with pytest.raises(ConfigurationError, match="link_template"):
        read_connection(replace(PARTS, extra=EXTRA | {"link_field": "1", "link_template": template}))


def test_every_fault_is_named_at_once() -> None:
    parts = replace(PARTS, host="", login=None, password="", extra={"environment": "acceptance"})

    with pytest.raises(ConfigurationError) as caught:
        read_connection(parts)

    text = str(caught.value)
    for word in ("twinfield_nl", "host", "login", "password", "acceptance", "redirect_uri", "user_name"):
        assert word in text
    assert "organisation" in text


def test_user_consents_to_every_scope_that_is_needed() -> None:
    address = authorisation_address(make_oauth_client(read_connection(PARTS)), "s1")

    assert address.startswith("https://login.twinfield.com/auth/authentication/connect/authorize?")
    for part in ("offline_access", "twf.organisation+", "twf.organisationUser", "nonce=", "state=s1"):
        assert part in address


def test_client_says_who_it_is_in_a_header() -> None:
    request = refresh_request(make_oauth_client(read_connection(PARTS)), "r1")

    assert request.url == "https://login.twinfield.com/auth/authentication/connect/token"
    assert request.auth == ("client-1", "secret-1")
    assert "secret-1" not in str(request.data)


def test_administrations_of_one_user_share_the_grant() -> None:
    client = TWINFIELD.oauth_client(PARTS)

    assert client is not None
    assert client.grant_key == "login.twinfield.com|client-1|koppeling@example.org"


def test_secret_shows_in_no_text_of_the_connection() -> None:
    connection = read_connection(PARTS)

    assert "secret-1" not in repr(connection) + repr(PARTS) + repr(make_oauth_client(connection))
