"""Transports that really send, to servers on this machine."""

from collections.abc import Iterator

import pytest

from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.transport.stepped_clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def transport() -> Iterator[Transport]:
    with open_session() as session:
        yield Transport(session=session, clock=SystemClock())
