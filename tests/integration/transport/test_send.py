"""What is an answer and what was never sent, over real sockets."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.transport.answer import Answer, NeverSent
from finance_hooks.transport.guard import Environment, Guard
from finance_hooks.transport.send import Transport
from tests.integration.transport.certificates import self_signed
from tests.integration.transport.raw_server import (
    OK,
    answer,
    answer_and_close,
    raw_server,
)
from tests.integration.transport.sender import post


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue is full: it answers no attempt to connect."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for client in (first, second):
            client.setblocking(False)
            client.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


def test_answer_comes_back_with_status_headers_and_body(transport: Transport) -> None:
    with raw_server(answer(OK)) as server:
        sending = post(transport, server.url)

    assert isinstance(sending, Answer)
    assert (sending.status, sending.body, sending.headers["content-type"]) == (200, b"{}", "application/json")


@pytest.mark.parametrize("status", [201, 302, 400, 408, 429, 500, 503])
def test_every_status_is_an_answer_and_no_redirect_is_followed(transport: Transport, status: int) -> None:
    raw = f"HTTP/1.1 {status} X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".encode()
    with raw_server(answer(raw)) as server:
        sending = post(transport, server.url)

    assert isinstance(sending, Answer)
    assert sending.status == status
    assert len(server.requests) == 1


def test_reading_follows_no_redirect_either(transport: Transport) -> None:
    raw = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"
    with raw_server(answer(raw)) as server:
        found = transport.read(requests.Request("GET", server.url), timeout_s=1)

    assert found.status == 302


def test_html_is_an_answer_for_the_target_to_judge(transport: Transport) -> None:
    raw = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
    with raw_server(answer(raw)) as server:
        sending = post(transport, server.url)

    assert isinstance(sending, Answer)
    assert sending.body == b"<html>"


def test_refused_connection_was_never_sent(transport: Transport, closed_port: int) -> None:
    sending = post(transport, f"http://127.0.0.1:{closed_port}/books")

    assert isinstance(sending, NeverSent)
    assert "NewConnectionError" in sending.why


def test_connect_time_out_was_never_sent(transport: Transport, full_port: int) -> None:
    sending = post(transport, f"http://127.0.0.1:{full_port}/books", timeout_s=0.2)

    assert isinstance(sending, NeverSent)
    assert "ConnectTimeoutError" in sending.why


def test_unknown_host_name_was_never_sent(transport: Transport) -> None:
    anywhere = replace(transport, guard=Guard(environment=Environment.TEST, production_hosts=()))

    sending = post(anywhere, "https://books.invalid/")

    assert isinstance(sending, NeverSent)
    assert "NameResolutionError" in sending.why


def test_certificate_nobody_vouches_for_means_never_sent(transport: Transport, tmp_path: Path) -> None:
    with raw_server(answer(OK), tls=self_signed(tmp_path)) as server:
        sending = post(transport, server.url, timeout_s=2)

    assert isinstance(sending, NeverSent)
    assert server.requests == []


def test_server_that_does_not_speak_tls_got_no_request(transport: Transport) -> None:
    with raw_server(answer_and_close(b"220 smtp\r\n")) as server:
        sending = post(transport, server.url.replace("http:", "https:"), timeout_s=1)

    assert isinstance(sending, NeverSent)
    assert b"Journal" not in b"".join(server.requests)


def test_request_travels_over_tls(
    tmp_path: Path, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "server.pem"))
    with raw_server(answer(OK), tls=self_signed(tmp_path)) as server:
        sending = post(transport, server.url, timeout_s=2)

    assert isinstance(sending, Answer)
    assert len(server.requests) == 1


def test_stop_switch_holds_changes_back_and_lets_reading_go_on(transport: Transport) -> None:
    stopped = replace(transport, guard=Guard(sends=False))
    with raw_server(answer(OK)) as server:
        sending = post(stopped, server.url)
        found = stopped.read(requests.Request("GET", server.url), timeout_s=1)

    assert isinstance(sending, NeverSent)
    assert "stopped" in sending.why
    assert found.status == 200


def test_without_a_connection_of_its_own_a_transport_reaches_this_machine_only(transport: Transport) -> None:
    sending = post(transport, "https://example.com/")

    assert isinstance(sending, NeverSent)
    assert "production host" in sending.why


def test_read_turns_a_lost_answer_into_a_temporary_failure(transport: Transport, closed_port: int) -> None:
    request = requests.Request("GET", f"http://127.0.0.1:{closed_port}/x")

    with pytest.raises(TemporaryFailure, match="NewConnectionError"):
        transport.read(request, timeout_s=1)
