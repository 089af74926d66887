"""Once the request has left, whatever loses its answer leaves it perhaps processed."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from finance_hooks.transport.answer import Answer, PerhapsProcessed
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.transport.certificates import self_signed
from tests.integration.transport.raw_server import (
    Behaviour,
    answer,
    answer_and_close,
    drip,
    raw_server,
    reset,
    stay_silent,
)
from tests.integration.transport.sender import SECRET, post
from tests.transport.stepped_clock import SteppedClock


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


@dataclass(slots=True)
class FreezingClock(SteppedClock):
    """From the second look on, half an hour has passed: the process was frozen."""

    looks: int = 0

    def boot_s(self) -> float:
        self.looks += 1
        return self.up_s if self.looks == 1 else self.up_s + 1800


@pytest.mark.parametrize(
    "whole",
    [
        b"HTTP/1.1 201 OK\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 201 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n",
    ],
    ids=["announced", "chunked"],
)
def test_answer_that_came_whole_while_the_process_was_frozen_is_read(whole: bytes) -> None:
    with raw_server(answer(whole)) as server, open_session() as session:
        sending = post(Transport(session=session, clock=FreezingClock()), server.url)

    assert isinstance(sending, Answer)
    assert sending.body == b"abcde"


@pytest.mark.parametrize("behaviour", [reset, stay_silent])
def test_why_names_the_address_without_its_secrets(transport: Transport, behaviour: Behaviour) -> None:
    with raw_server(behaviour) as server:
        sending = post(transport, f"{server.url}?access_token={SECRET}&page=2", timeout_s=0.1)

    assert isinstance(sending, PerhapsProcessed)
    assert SECRET not in sending.why
    assert "page=2" in sending.why
