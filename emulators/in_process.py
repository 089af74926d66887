"""Reach an emulator from requests without a socket."""

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urljoin

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPResponse
from werkzeug.test import EnvironBuilder, run_wsgi_app

from emulators.effects import ConnectionDroppedError
from emulators.emulator import Emulator


class InProcessAdapter(BaseAdapter):
    """Send what a requests session sends to an emulator in this process.

    A dropped connection becomes requests.ConnectionError, as it does over a socket.
    """

    def __init__(self, emulator: Emulator) -> None:
        """Choose the emulator; mount the adapter under any base address."""
        super().__init__()
        self._emulator = emulator

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: bool | str = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Carry out one request."""
        del stream, timeout, verify, cert, proxies
        body = request.body.encode() if isinstance(request.body, str) else request.body
        builder = EnvironBuilder(
            path=request.path_url,
            base_url=urljoin(request.url or "", "/"),
            method=request.method or "GET",
            headers=list(request.headers.items()),
            input_stream=BytesIO(body or b""),
        )
        try:
            chunks, status, headers = run_wsgi_app(self._emulator, builder.get_environ(), buffered=True)
        except ConnectionDroppedError as dropped:
            raise requests.ConnectionError(dropped, request=request) from dropped
        return _as_requests(request, b"".join(chunks), status, dict(headers.items()))

    def close(self) -> None:
        """Hold nothing open."""


def _as_requests(
    request: requests.PreparedRequest, body: bytes, status: str, headers: dict[str, str]
) -> requests.Response:
    code, _, reason = status.partition(" ")
    response = requests.Response()
    response.status_code = int(code)
    response.reason = reason
    response.headers = CaseInsensitiveDict(headers)
    response.url = request.url or ""
    response.request = request
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.raw = HTTPResponse(body=BytesIO(body), headers=headers, status=int(code), preload_content=False)
    return response
