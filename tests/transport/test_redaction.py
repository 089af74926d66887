"""What is no secret stays readable, what is one does not."""

import pytest

from finance_hooks.transport.redaction import redact_headers, redact_text, redact_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://host/path?page=2&$top=60", "https://host/path?page=2&$top=60"),
        ("https://user:pass@host:8443/path", "https://host:8443/path"),
        ("https://host/cb?code=abc!def&state=xyz", "https://host/cb?code=***&state=***"),
        (
            "https://host/x?access_token=abc&refreshToken=d",
            "https://host/x?access_token=***&refreshToken=***",
        ),
        ("https://host/x?client_secret=abc#token=1", "https://host/x?client_secret=***"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("http://host:notaport/x", "http://host:notaport/x"),
        ("http://[1/x", "(an address that cannot be read)"),
    ],
)
def test_address_keeps_everything_but_secrets(url: str, expected: str) -> None:
    assert redact_url(url) == expected


def test_headers_with_credentials_are_hidden() -> None:
    headers = {
        "Authorization": "Bearer abc",
        "Set-Cookie": "ASP.NET_SessionId=1",
        "X-Api-Key": "k",
        "Content-Type": "application/json",
        "X-RateLimit-Remaining": "59",
    }

    assert redact_headers(headers) == {
        "Authorization": "***",
        "Set-Cookie": "***",
        "X-Api-Key": "***",
        "Content-Type": "application/json",
        "X-RateLimit-Remaining": "59",
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"access_token":"SECRET","token_type":"bearer"}',
        '{"refresh_token": "SECRET"}',
        "grant_type=refresh_token&refresh_token=SECRET&client_id=a",
        "client_secret=SECRET",
        '{"code":"SECRET"}',
        "code=SECRET&state=1",
        "Authorization: Bearer SECRET",
        "Authorization: Basic SECRET",
        "'password': 'SECRET'",
        "<token>SECRET</token>",
    ],
)
def test_secrets_in_a_body_are_hidden(text: str) -> None:
    assert "SECRET" not in redact_text(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"error":{"code":"","message":{"lang":"","value":"Verplicht: Dagboek"}}}',
        "Ongeldige referentie: Btw-code",
        "Barcode=123",
    ],
)
def test_what_people_must_read_stays(text: str) -> None:
    assert redact_text(text) == text
