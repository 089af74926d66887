"""A TCP proxy in front of one emulator, which refuses, resets, cuts, delays and stalls connections."""

import asyncio
import contextlib
import socket
import struct
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from chaos.faults import Fault, FaultKind
from local.ports import LOOPBACK

CHUNK_BYTES: Final = 64 * 1024
AT_ONCE: Final = struct.pack("ii", 1, 0)
AWAY: Final = "emulator away"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _StruckError(Exception):
    """The fault of this connection has struck; `reset` says which way it goes down."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__("reset" if reset else "cut")
        self.reset = reset


@dataclass(slots=True, kw_only=True)
class Proxy:
    """Pass bytes between a port of its own and an emulator's; `draw` tells what befalls a connection.

    `lag_s` is how much later than it left each piece of an answer arrives.
    `happened` counts the faults that struck: one that waits for more bytes than ever come is none.
    """

    port: int
    upstream_port: int
    draw: Callable[[], Fault | None]
    lag_s: Callable[[], float] = lambda: 0.0
    happened: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    _server: asyncio.Server | None = None
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        """Start to listen."""
        self._server = await asyncio.start_server(self._accept, LOOPBACK, self.port)

    async def close(self) -> None:
        """Listen no more, and let go of all connections."""
        self._shut()
        for connection in list(self._connections):
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _accept(self, incoming: asyncio.StreamReader, outgoing: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        if connection is not None:
            self._connections.add(connection)
            connection.add_done_callback(self._connections.discard)
        self.accepted += 1
        fault = self.draw()
        try:
            if fault is not None and fault.kind is FaultKind.REFUSE:
                await self._refuse(outgoing, fault)
            else:
                await self._connect((incoming, outgoing), fault)
        finally:
            outgoing.close()

    async def _refuse(self, outgoing: asyncio.StreamWriter, fault: Fault) -> None:
        self.happened[fault.kind] += 1
        _reset(outgoing)
        self._shut()
        await asyncio.sleep(fault.lasts_s)
        if self._server is None:
            await self.open()

    async def _connect(self, client: Streams, fault: Fault | None) -> None:
        try:
            emulator = await asyncio.open_connection(LOOPBACK, self.upstream_port)
        except OSError:
            self.happened[AWAY] += 1
            _reset(client[1])
            return
        pumps = (
            asyncio.ensure_future(self._request(client[0], emulator[1], fault)),
            asyncio.ensure_future(self._answer(emulator[0], client[1], fault)),
        )
        try:
            await asyncio.gather(*pumps)
        except _StruckError as struck:
            if struck.reset:
                _reset(client[1])
            emulator[1].transport.abort()
        except OSError:
            _reset(client[1])
            emulator[1].transport.abort()
        finally:
            for pump in pumps:
                pump.cancel()
            emulator[1].close()

    async def _request(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, fault: Fault | None
    ) -> None:
        passed = 0
        while chunk := await source.read(CHUNK_BYTES):
            if fault is not None and fault.kind is FaultKind.RESET_REQUEST:
                left = fault.after_bytes - passed
                if len(chunk) > left:
                    await _pass(sink, chunk[:left])
                    self.happened[fault.kind] += 1
                    raise _StruckError(reset=True)
            await _pass(sink, chunk)
            passed += len(chunk)
        _end(sink)

    async def _answer(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, fault: Fault | None
    ) -> None:
        passed = 0
        while chunk := await source.read(CHUNK_BYTES):
            await asyncio.sleep(self.lag_s())
            if fault is not None and fault.kind is not FaultKind.RESET_REQUEST:
                left = fault.after_bytes - passed
                if passed <= fault.after_bytes < passed + len(chunk):
                    await self._strike(sink, chunk[:left], fault)
                    # Only a delay lets the rest pass.
                    chunk = chunk[left:]
                    passed += left
            await _pass(sink, chunk)
            passed += len(chunk)
        _end(sink)

    async def _strike(self, sink: asyncio.StreamWriter, before: bytes, fault: Fault) -> None:
        await _pass(sink, before)
        self.happened[fault.kind] += 1
        await asyncio.sleep(fault.lasts_s)
        if fault.kind is not FaultKind.DELAY:
            raise _StruckError(reset=fault.kind is not FaultKind.CUT_ANSWER)

    def _shut(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()


async def _pass(sink: asyncio.StreamWriter, chunk: bytes) -> None:
    sink.write(chunk)
    await sink.drain()


def _end(sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        sink.write_eof()


def _reset(sink: asyncio.StreamWriter) -> None:
    """Let the connection go down with RST instead of FIN."""
    connection = sink.get_extra_info("socket")
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    sink.transport.abort()
