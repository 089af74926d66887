"""A kept connection is not trusted, and the deadline is asked before a request leaves on it."""

from dataclasses import replace

import pytest

from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import IDLE_S, open_session
from tests.integration.transport.raw_server import (
    OK,
    answer,
    answer_and_close,
    raw_server,
    reset,
)
from tests.integration.transport.sender import post
from tests.transport.stepped_clock import SteppedClock


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
        assert server.has_closed.wait(5)
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
