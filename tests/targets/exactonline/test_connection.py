from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.exactonline.connection import read_connection
from finance_hooks.targets.exactonline.payload import RateDirection
from finance_hooks.transport.connection_parts import ConnectionParts

EXTRA: dict[str, object] = {
    "country": "NL",
    "environment": "production",
    "redirect_uri": "https://qubz.example.org/callback",
    "user_name": "koppeling@example.org",
}
PARTS = ConnectionParts(
    conn_id="exactonline_nl",
    host="https://start.exactonline.nl/",
    port=None,
    login="client-1",
    password="secret-1",
    extra=EXTRA,
)


def test_connection_is_read_with_its_defaults() -> None:
    connection = read_connection(PARTS)

    assert (connection.base_url, connection.country) == ("https://start.exactonline.nl", "NL")
    assert connection.rate_direction is RateDirection.BOOKS_PER_CURRENCY
    assert connection.attaches is False


@pytest.mark.parametrize(
    ("host", "port", "base_url"),
    [
        ("start.exactonline.nl", None, "https://start.exactonline.nl"),
        ("http://127.0.0.1", 8080, "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080", None, "http://127.0.0.1:8080"),
    ],
)
def test_site_may_be_written_with_or_without_scheme_and_port(
    host: str, port: int | None, base_url: str
) -> None:
    assert read_connection(replace(PARTS, host=host, port=port)).base_url == base_url


def test_files_are_attached_where_the_connection_says_so() -> None:
    assert read_connection(replace(PARTS, extra=EXTRA | {"attach_pdfs": True})).attaches is True
    with pytest.raises(ConfigurationError, match="attach_pdfs"):
        read_connection(replace(PARTS, extra=EXTRA | {"attach_pdfs": "perhaps"}))


@pytest.mark.parametrize(("given", "uploads_from"), [(None, 0), ("", 0), (0, 0), (100, 100), ("25", 25)])
def test_entries_are_uploaded_from_the_number_on_that_the_connection_says(
    given: object, uploads_from: int
) -> None:
    parts = replace(PARTS, extra=EXTRA | {"xml_upload_from": given})

    assert read_connection(parts).uploads_from == uploads_from


@pytest.mark.parametrize("given", ["many", "-1", "1.5"])
def test_number_to_upload_from_that_is_none_is_a_fault(given: str) -> None:
    with pytest.raises(ConfigurationError, match="xml_upload_from"):
        read_connection(replace(PARTS, extra=EXTRA | {"xml_upload_from": given}))


def test_every_fault_is_named_at_once() -> None:
    parts = replace(PARTS, host="", login=None, password="", extra={"environment": "acceptance"})

    with pytest.raises(ConfigurationError) as caught:
        read_connection(parts)

    text = str(caught.value)
    for word in ("exactonline_nl", "host", "login", "password", "acceptance", "redirect_uri", "user_name"):
        assert word in text


def test_site_of_the_other_country_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="site of country BE"):
        read_connection(replace(PARTS, extra=EXTRA | {"country": "BE"}))


def test_direction_of_the_rate_is_a_setting() -> None:
    parts = replace(PARTS, extra=EXTRA | {"rate_direction": "currency_per_books"})

    assert read_connection(parts).rate_direction is RateDirection.CURRENCY_PER_BOOKS
    with pytest.raises(ConfigurationError, match="books_per_currency or currency_per_books"):
        read_connection(replace(PARTS, extra=EXTRA | {"rate_direction": "up"}))
