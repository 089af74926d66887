"""A server that does to a socket exactly what a test says."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, bytes], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@dataclass(slots=True, kw_only=True)
class RawServer:
    """Accepts connections; the n-th request on any of them meets the n-th behaviour, the last one stays."""

    url: str
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    current: socket.socket | None = None
    has_closed: threading.Event = field(default_factory=threading.Event)


@contextmanager
def raw_server(*behaviours: Behaviour, tls: ssl.SSLContext | None = None) -> Iterator[RawServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = RawServer(url=f"{'https' if tls else 'http'}://127.0.0.1:{port}/books")
        thread = threading.Thread(target=_serve, args=(listener, server, behaviours, tls), daemon=True)
        thread.start()
        yield server
        # Closing alone does not wake a thread that waits in accept.
        listener.shutdown(socket.SHUT_RDWR)
        if server.current:
            with contextlib.suppress(OSError):
                server.current.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(
    listener: socket.socket, server: RawServer, behaviours: tuple[Behaviour, ...], tls: ssl.SSLContext | None
) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        server.current = plain
        plain.settimeout(5)
        with contextlib.suppress(OSError):
            _converse(tls.wrap_socket(plain, server_side=True) if tls else plain, server, behaviours)


def _converse(connection: socket.socket, server: RawServer, behaviours: tuple[Behaviour, ...]) -> None:
    with connection:
        while request := read_request(connection):
            server.requests.append(request)
            behaviours[min(len(server.requests), len(behaviours)) - 1](connection, request)
            if connection.fileno() < 0:
                server.has_closed.set()
                return


def read_request(connection: socket.socket) -> bytes:
    """Read one request with its body, empty at the end of the connection."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += (chunk := connection.recv(65536))
        if not chunk:
            return b""
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        ),
        0,
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(raw: bytes) -> Behaviour:
    """Write these bytes and keep the connection."""
    return lambda connection, _request: connection.sendall(raw)


def answer_and_close(raw: bytes) -> Behaviour:
    """Write these bytes and end the connection."""

    def behaviour(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(raw)
        connection.close()

    return behaviour


def reset(connection: socket.socket, _request: bytes) -> None:
    """Break the connection with a TCP reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def stay_silent(connection: socket.socket, _request: bytes) -> None:
    """Read on until the client gives up."""
    connection.recv(1)
    connection.close()


def drip(connection: socket.socket, _request: bytes) -> None:
    """Answer one byte at a time, without end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    pause = threading.Event()
    for _ in range(1000):
        connection.sendall(b"x")
        pause.wait(0.02)
