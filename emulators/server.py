"""Serve emulators on loopback ports, with HTTP/1.1 connections that stay open."""

import os
import socket
import struct
import threading
import traceback
from types import TracebackType
from typing import Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.test import run_wsgi_app

from emulators.effects import ConnectionDroppedError
from emulators.emulator import Emulator

DROP_AT_ONCE = struct.pack("ii", 1, 0)
BODILESS = frozenset({204, 304})


class KeptConnection(WSGIRequestHandler):
    """One client's connection, kept open between requests and dropped when a fault asks for it.

    werkzeug's own closes the connection after each answer, which vendors do not.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        """Answer one request of the connection."""
        try:
            chunks, status, headers = run_wsgi_app(self.server.app, self.make_environ(), buffered=True)
        except ConnectionDroppedError as dropped:
            self._drop(reset=dropped.reset)
            return
        except Exception as error:  # noqa: BLE001 - an emulator's own fault must show, not hang its client
            traceback.print_exception(error)
            self.send_error(500, "emulator failed", "".join(traceback.format_exception_only(error)))
            return
        body = b"".join(chunks)
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers and int(code) not in BODILESS:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:  # the client asked for that, and would use it again unless told
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        # An answer that promised more than it brings ends with its connection.
        if self.command != "HEAD" and int(headers.get("Content-Length", len(body))) > len(body):
            self.close_connection = True

    def send_response(self, code: int, message: str | None = None) -> None:
        """Send the status line only; the emulator brings Date, from its own clock."""
        self.send_response_only(code, message)

    def log(self, kind: str, message: str, *args: object) -> None:
        """Keep silent: calls are listed by the control route."""

    def _drop(self, *, reset: bool) -> None:
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, DROP_AT_ONCE)
            os.close(self.connection.detach())


class EmulatorServer:
    """One emulator on one port, served by threads until closed; usable in a with statement."""

    def __init__(self, emulator: Emulator, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Bind the port (0 = a free one) and start serving."""
        self.emulator = emulator
        self._server: BaseWSGIServer = make_server(
            host, port, emulator, threaded=True, request_handler=KeptConnection
        )
        self.url = f"http://{host}:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving and keep the state."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.emulator.close()

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the server."""
        self.close()
