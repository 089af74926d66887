import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing

import pytest

from chaos.faults import Fault, FaultKind
from chaos.network import Network
from chaos.proxy import AWAY, Proxy
from local.ports import LOOPBACK, free_port

SAID = b"a question of some bytes"
Visit = Callable[[Proxy], Awaitable[bytes]]


async def ask(proxy: Proxy) -> bytes:
    """Say something through a proxy, and return all that comes back until the end of the connection."""
    incoming, outgoing = await asyncio.open_connection(LOOPBACK, proxy.port)
    outgoing.write(SAID)
    outgoing.write_eof()
    try:
        return await incoming.read()
    finally:
        outgoing.close()


async def echo(incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
    while chunk := await incoming.read(1000):
        outgoing.write(chunk)
    outgoing.close()


def visited(fault: Fault | None, visit: Visit = ask) -> tuple[bytes, Proxy]:
    """Visit an echo through a proxy whose first connection has a fault, and none after it."""

    async def stay() -> tuple[bytes, Proxy]:
        faults = [fault]
        upstream = await asyncio.start_server(echo, LOOPBACK, 0)
        proxy = Proxy(
            port=free_port(),
            upstream_port=upstream.sockets[0].getsockname()[1],
            draw=lambda: faults.pop() if faults else None,
        )
        await proxy.open()
        try:
            return await visit(proxy), proxy
        finally:
            await proxy.close()
            upstream.close()

    return asyncio.run(stay())


def test_without_a_fault_everything_passes() -> None:
    heard, proxy = visited(None)

    assert heard == SAID
    assert not proxy.happened


def test_a_cut_answer_ends_early_as_if_it_were_whole() -> None:
    heard, proxy = visited(Fault(kind=FaultKind.CUT_ANSWER, after_bytes=5))

    assert heard == SAID[:5]
    assert proxy.happened == {"cut answer": 1}


@pytest.mark.parametrize(
    "kind", [FaultKind.RESET_REQUEST, FaultKind.RESET_ANSWER, FaultKind.STALL, FaultKind.REFUSE]
)
def test_a_connection_that_fails_is_reset(kind: FaultKind) -> None:
    with pytest.raises(ConnectionResetError):
        visited(Fault(kind=kind, after_bytes=5))


def test_a_delayed_answer_is_whole() -> None:
    heard, proxy = visited(Fault(kind=FaultKind.DELAY, after_bytes=5, lasts_s=0.01))

    assert heard == SAID
    assert proxy.happened == {"delay": 1}


def test_a_fault_beyond_what_is_sent_does_not_strike() -> None:
    heard, proxy = visited(Fault(kind=FaultKind.RESET_ANSWER, after_bytes=len(SAID)))

    assert heard == SAID
    assert not proxy.happened


def test_after_a_refusal_nobody_listens_for_a_while_and_then_somebody_does() -> None:
    async def refused_twice(proxy: Proxy) -> bytes:
        with pytest.raises(ConnectionResetError):
            await ask(proxy)
        with pytest.raises(ConnectionRefusedError):
            await ask(proxy)
        while True:
            try:
                return await ask(proxy)
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)

    heard, proxy = visited(Fault(kind=FaultKind.REFUSE, lasts_s=0.2), refused_twice)

    assert heard == SAID
    assert proxy.happened == {"refuse": 1}


def test_a_proxy_before_nobody_resets() -> None:
    async def stay() -> Proxy:
        proxy = Proxy(port=free_port(), upstream_port=free_port(), draw=lambda: None)
        await proxy.open()
        with pytest.raises(ConnectionResetError):
            await ask(proxy)
        await proxy.close()
        return proxy

    assert asyncio.run(stay()).happened == {AWAY: 1}


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server((LOOPBACK, 0))) as server:
        yield server


def test_a_network_is_calm_until_it_is_broken_and_after_it_was_mended(listener: socket.socket) -> None:
    network = Network(seed=1)
    address = network.put_before({"qubz": listener.getsockname()[1]})["qubz"]
    proxy = network.proxies["qubz"]

    calm = {proxy.draw() for _ in range(200)}
    network.break_down()
    broken = {proxy.draw() for _ in range(200)}
    network.mend()
    mended = {proxy.draw() for _ in range(200)}
    network.close()

    assert address == f"http://{LOOPBACK}:{proxy.port}"
    assert calm == mended == {None}
    assert len(broken) > 1
