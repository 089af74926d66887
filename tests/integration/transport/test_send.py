"""What counts as never sent and what as perhaps processed, over real sockets."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from finance_hooks.transport.guard import Environment, Guard
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import IDLE_S, open_session
from tests.integration.transport.certificates import self_signed
from tests.integration.transport.raw_server import (
    OK,
    Behaviour,
    answer,
    answer_and_close,
    drip,
    raw_server,
    reset,
    stay_silent,
)
from tests.transport.stepped_clock import SteppedClock

SECRET = "s3cr3t-bearer"


def post(transport: Transport, url: str, *, timeout_s: float = 0.4, body_limit_bytes: int = 1000) -> Sending:
    request = requests.Request(
        "POST", url, data=b'{"Journal":"70"}', headers={"Authorization": f"Bearer {SECRET}"}
    )
    return transport.send(request, changes_books=True, timeout_s=timeout_s, body_limit_bytes=body_limit_bytes)


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


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


def test_tls_connection_that_breaks_after_the_request_is_perhaps_processed(
    tmp_path: Path, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "server.pem"))
    with raw_server(reset, tls=self_signed(tmp_path)) as server:
        sending = post(transport, server.url, timeout_s=2)

    assert isinstance(sending, PerhapsProcessed)
    assert len(server.requests) == 1


LOST: dict[str, Behaviour] = {
    "read time-out": stay_silent,
    "reset after the request": reset,
    "closed without an answer": answer_and_close(b""),
    "no http": answer_and_close(b"what?\r\n\r\n"),
    "status line cut": answer_and_close(b"HTTP/1.1"),
    "body shorter than announced": answer_and_close(b"HTTP/1.1 201 OK\r\nContent-Length: 10\r\n\r\n{}"),
    "chunked body cut": answer_and_close(
        b"HTTP/1.1 201 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"
    ),
    "chunk cut": answer_and_close(b"HTTP/1.1 201 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabcde"),
    "body stalls": answer(b"HTTP/1.1 201 OK\r\nContent-Length: 10\r\n\r\n{}"),
    "body too large": answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + b"x" * 1001),
    "body that is not the gzip it says": answer(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope"
    ),
}


@pytest.mark.parametrize("behaviour", LOST.values(), ids=LOST.keys())
def test_lost_answer_is_perhaps_processed(transport: Transport, behaviour: Behaviour) -> None:
    with raw_server(behaviour) as server:
        sending = post(transport, server.url)

    assert isinstance(sending, PerhapsProcessed)
    assert len(server.requests) == 1


def test_headers_cut_short_leave_an_answer_without_a_body(transport: Transport) -> None:
    with raw_server(answer_and_close(b"HTTP/1.1 201 Created\r\nContent-Le")) as server:
        sending = post(transport, server.url)

    # http.client takes the end of the connection for the end of the headers; a target misses the number.
    assert isinstance(sending, Answer)
    assert (sending.status, sending.body) == (201, b"")


class HurriedClock(SteppedClock):
    """Every look at it costs a second."""

    def boot_s(self) -> float:
        self.up_s += 1
        return self.up_s


def test_answer_that_drips_is_given_up_as_a_whole() -> None:
    with raw_server(drip) as server, open_session() as session:
        sending = post(Transport(session=session, clock=HurriedClock()), server.url, timeout_s=5)

    assert isinstance(sending, PerhapsProcessed)
    assert "not complete" in sending.why


def test_connection_closed_while_idle_loses_the_request_but_is_not_called_unsent(
    transport: Transport,
) -> None:
    with raw_server(answer(OK), reset) as server:
        first = post(transport, server.url)
        second = post(transport, server.url)

    assert isinstance(first, Answer)
    assert isinstance(second, PerhapsProcessed)
    assert server.connections == 1


def test_connection_the_server_has_closed_is_opened_anew(transport: Transport) -> None:
    with raw_server(answer_and_close(OK), answer(OK)) as server:
        first = post(transport, server.url)
        second = post(transport, server.url)

    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert server.connections == 2


@pytest.mark.parametrize(("pause_s", "connections"), [(IDLE_S - 1, 1), (IDLE_S + 1, 2)])
def test_idle_connection_is_not_trusted(clock: SteppedClock, pause_s: float, connections: int) -> None:
    with raw_server(answer(OK)) as server, open_session() as session:
        transport = Transport(session=session, clock=clock)
        post(transport, server.url)
        clock.advance(pause_s)
        post(transport, server.url)

    assert server.connections == connections


class PassesOnce:
    """A deadline that passes while the connection is being opened."""

    def __init__(self) -> None:
        self.asked = 0

    def why_not(self, timeout_s: float) -> str | None:
        self.asked += 1
        return None if self.asked == 1 else f"the lease ends before {timeout_s} s are over"


def test_deadline_that_passes_while_connecting_holds_the_request_back(transport: Transport) -> None:
    deadline = PassesOnce()
    with raw_server(answer(OK)) as server:
        sending = post(replace(transport, deadline=deadline), server.url)

    assert isinstance(sending, NeverSent)
    assert "the lease ends before 0.4 s" in sending.why
    assert (deadline.asked, server.requests) == (2, [])


def test_deadline_is_asked_again_on_a_kept_connection(transport: Transport) -> None:
    deadline = PassesOnce()
    with raw_server(answer(OK)) as server:
        post(transport, server.url)
        sending = post(replace(transport, deadline=deadline), server.url)

    assert isinstance(sending, NeverSent)
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


@pytest.mark.parametrize("behaviour", [reset, stay_silent])
def test_why_names_the_address_without_its_secrets(transport: Transport, behaviour: Behaviour) -> None:
    with raw_server(behaviour) as server:
        sending = post(transport, f"{server.url}?access_token={SECRET}&page=2", timeout_s=0.1)

    assert isinstance(sending, PerhapsProcessed)
    assert SECRET not in sending.why
    assert "page=2" in sending.why


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
