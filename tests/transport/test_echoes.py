"""A vendor that repeats what it was sent gives no secret away."""

import base64
import html
import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import requests

from finance_hooks.transport.echoes import without_echoes

TOKEN = "eyJhbGciOiJub25lIn0.bearer-of-ours"
SECRET = "client secret+of/ours&more"
PASSWORD = "password with: a colon in it"
ODD = 'odd/secret&of<ours"and+more%'
URL = "https://vendor.example/api"


def answered(echo: str, **sent: Any) -> str:
    prepared = requests.Request("POST", sent.pop("url", URL), **sent).prepare()
    return without_echoes(echo.encode(), prepared).decode()


def test_token_of_a_header_is_hidden_wherever_it_is_repeated() -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}

    said = answered(f'{{"message": "{TOKEN} has ended; sent \'Bearer {TOKEN}\'"}}', headers=headers)

    assert json.loads(said) == {"message": "*** has ended; sent 'Bearer ***'"}


def test_password_of_a_header_is_hidden_in_clear_and_in_base64() -> None:
    encoded = base64.b64encode(f"login:{PASSWORD}".encode()).decode()

    said = answered(f"{encoded} is {PASSWORD} of login", auth=("login", PASSWORD))

    assert said == "*** is *** of login"


def test_key_in_a_header_of_its_own_is_hidden() -> None:
    assert answered(f"key {TOKEN}?", headers={"X-Api-Key": TOKEN}) == "key ***?"


def test_classic_token_is_hidden_as_base64_as_xml_and_as_its_digits() -> None:
    digits = "0123456789ABCDEF" * 4
    token = f"<token><version>1</version><data>{digits}</data></token>"
    encoded = base64.b64encode(token.encode()).decode()
    headers = {"Authorization": f"AfasToken {encoded}"}

    assert answered(f"{encoded}, {token}, {digits}.", headers=headers) == "***, ***, ***."


def test_secret_in_a_form_or_an_address_is_hidden() -> None:
    form = {"client_secret": SECRET, "grant_type": "client_credentials"}

    assert answered(f"sent {SECRET} with client_credentials", data=form) == "sent *** with client_credentials"
    assert answered(f"asked with {TOKEN}", url=f"{URL}?token={quote_plus(TOKEN)}") == "asked with ***"


def test_token_in_an_envelope_is_hidden() -> None:
    body = f"<soap:Header><AccessToken>{TOKEN}</AccessToken><CompanyCode>NL42</CompanyCode></soap:Header>"

    assert answered(f"<fault>{TOKEN} of NL42</fault>", data=body) == "<fault>*** of NL42</fault>"


@pytest.mark.parametrize("name", ["refresh_token", "code"])
def test_token_that_is_handed_in_may_be_given_out_again(name: str) -> None:
    assert (
        answered(f'{{"refresh_token": "{TOKEN}"}}', data={name: TOKEN}) == f'{{"refresh_token": "{TOKEN}"}}'
    )


def test_secret_that_no_name_gives_away_is_hidden_when_it_is_told() -> None:
    prepared = requests.Request("GET", URL, headers={"X-Gateway": TOKEN}).prepare()

    assert without_echoes(f"saw {TOKEN}".encode(), prepared) == f"saw {TOKEN}".encode()
    assert without_echoes(f"saw {TOKEN}".encode(), prepared, (TOKEN, "short", "")) == b"saw ***"


def test_a_short_password_hides_nothing_that_documents_say() -> None:
    assert answered("invoice 2026 of finance", auth=("finance", "2026")) == "invoice 2026 of finance"


def test_a_request_without_secrets_leaves_its_answer_as_it_is() -> None:
    body = b"<FiEntry><Ds>token: a description of sixteen letters</Ds></FiEntry>"
    prepared = requests.Request("POST", URL, data=body, headers={"X-Company": "a company of ours"}).prepare()

    assert without_echoes(body, prepared) == body


@pytest.mark.parametrize(
    "written",
    [
        html.escape(ODD),
        json.dumps(ODD)[1:-1],
        quote(ODD),
        quote_plus(ODD),
        ODD.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&#34;").replace("'", "&#39;"),
        ODD.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&apos;"),
    ],
)
def test_secret_is_hidden_however_the_page_writes_it(written: str) -> None:
    assert answered(f"é {written} é", headers={"Authorization": f"Bearer {ODD}"}) == "é *** é"
