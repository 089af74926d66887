import json
from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.twinfield.cluster import read_claims, validation_request
from finance_hooks.targets.twinfield.connection import read_connection
from tests.targets.twinfield.test_connection import PARTS

CONNECTION = read_connection(PARTS)
EMULATED = replace(CONNECTION, login_url="http://127.0.0.1:8080")


def claims(cluster: str | None, organisation: str = "MUNI01") -> bytes:
    said = {
        "twf.clusterUrl": cluster,
        "twf.organisationCode": organisation,
        "twf.organisationUserCode": "API01",
    }
    return json.dumps({name: value for name, value in said.items() if value is not None}).encode()


@pytest.mark.parametrize(
    "address",
    [
        "https://api.accounting.twinfield.com",
        "https://api.accounting2.twinfield.com/",
        "https://accounting2.twinfield.com",
    ],
)
def test_cluster_is_what_the_token_says(address: str) -> None:
    found = read_claims(claims(address), CONNECTION)

    assert found.cluster_url == address.rstrip("/")
    assert (found.organisation, found.user_code) == ("MUNI01", "API01")


@pytest.mark.parametrize(
    "address",
    [
        "https://api.accounting.twinfield.com.example.org",
        "https://twinfield.com.example.org",
        "https://eviltwinfield.com",
        "http://api.accounting.twinfield.com",
        "https://example.org@evil.example.org",
        "https://api.accounting.twinfield.com@evil.example.org",
        "https://user:pass@api.accounting.twinfield.com",
        "https://api.accounting.twinfield.com/elsewhere",
        "https://api.accounting.twinfield.com?x=1",
        "ftp://api.accounting.twinfield.com",
        "http://127.0.0.1:9000",
        "https://[::1",
        "nothing",
    ],
)
def test_token_is_sent_to_no_host_but_twinfields_own(address: str) -> None:
    with pytest.raises(ConfigurationError, match="not sent there"):
        read_claims(claims(address), CONNECTION)


def test_emulated_login_host_may_name_this_machine_and_nothing_else() -> None:
    assert read_claims(claims("http://127.0.0.1:8080"), EMULATED).cluster_url == "http://127.0.0.1:8080"
    for address in ("https://api.accounting.twinfield.com", "https://example.org"):
        with pytest.raises(ConfigurationError, match="not sent there"):
            read_claims(claims(address), EMULATED)


def test_token_of_another_organisation_is_not_used() -> None:
    with pytest.raises(ConfigurationError, match="organisation OTHER, connection twinfield_nl is for MUNI01"):
        read_claims(claims("https://api.accounting.twinfield.com", "OTHER"), CONNECTION)
    with pytest.raises(ConfigurationError, match="organisation \\(none\\)"):
        read_claims(claims("https://api.accounting.twinfield.com", ""), CONNECTION)


def test_organisation_may_be_written_in_small_letters() -> None:
    assert (
        read_claims(claims("https://api.accounting.twinfield.com", "muni01"), CONNECTION).organisation
        == "muni01"
    )


def test_token_without_the_scope_that_tells_the_cluster_names_the_remedy() -> None:
    with pytest.raises(ConfigurationError, match=r"twf\.organisation"):
        read_claims(claims(None), CONNECTION)


@pytest.mark.parametrize("body", [b"<html></html>", b"", b"[]", b"3"])
def test_answer_that_says_nothing_about_the_token_is_tried_again(body: bytes) -> None:
    with pytest.raises(TemporaryFailure, match="did not say"):
        read_claims(body, CONNECTION)


def test_question_bears_the_token_and_the_client() -> None:
    request = validation_request(CONNECTION, "t1")

    assert request.url == "https://login.twinfield.com/auth/authentication/connect/accesstokenvalidation"
    assert request.params == {"token": "t1"}
    assert request.auth == ("client-1", "secret-1")
