"""What a request is made of: its address, its headers, and what the environment may add."""

from pathlib import Path

import pytest
import requests

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.transport.answer import NeverSent
from finance_hooks.transport.send import Transport
from tests.integration.transport.raw_server import (
    OK,
    answer,
    raw_server,
)
from tests.integration.transport.sender import SECRET, post


@pytest.mark.parametrize("header", ["line\nbreak", "euro €"])
def test_header_that_cannot_be_written_is_a_configuration_error(transport: Transport, header: str) -> None:
    with raw_server(answer(OK)) as server, pytest.raises(ConfigurationError) as caught:
        transport.read(
            requests.Request("GET", server.url, headers={"Authorization": f"{SECRET}{header}"}), timeout_s=1
        )

    assert SECRET not in repr(caught.value) + repr(caught.value.__cause__)
    assert server.requests == []


@pytest.mark.parametrize("url", ["http://", "start.exactonline.nl", "http://[1/x"])
def test_malformed_address_is_a_configuration_error(transport: Transport, url: str) -> None:
    with pytest.raises(ConfigurationError, match="correct the connection"):
        transport.read(requests.Request("GET", url), timeout_s=1)


def test_netrc_does_not_replace_the_authorization_header(
    transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    with raw_server(answer(OK)) as server:
        post(transport, server.url)

    assert f"Authorization: Bearer {SECRET}".encode() in server.requests[0]


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1"])
def test_request_goes_through_the_proxy_of_the_environment(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, closed_port: int, address: str
) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{closed_port}")

    sending = post(transport, f"http://{address}/books")

    assert isinstance(sending, NeverSent)
    assert "ProxyError" in sending.why
