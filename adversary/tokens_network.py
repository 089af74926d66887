"""The network between one worker and a vendor: no socket, and everything that sockets do to calls."""

from collections.abc import Callable, Mapping
from io import BytesIO
from urllib.parse import parse_qs

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from adversary.tokens_someone import Someone
from adversary.tokens_vendors import Vendor
from emulators.effects import MAINTENANCE_PAGE
from emulators.in_process import InProcessAdapter
from finance_hooks.transport.session import HeldBackError, current_departure

LATENCY_S = (0.02, 1.5)
AFTERWARDS = " after it was carried out"


class Network(BaseAdapter):
    """Carry the requests of one worker to the vendor.

    `sent` is told the grant type of every call that reaches the vendor's token endpoint, in their order;
    `delivered` is told the status and body of every answer to such a call that its worker receives unharmed.
    """

    def __init__(
        self,
        vendor: Vendor,
        someone: Someone,
        *,
        sent: Callable[[str], None],
        delivered: Callable[[int, bytes], None],
    ) -> None:
        """Connect one worker with a vendor."""
        super().__init__()
        self._vendor = vendor
        self._someone = someone
        self._sent = sent
        self._delivered = delivered
        self._wire = InProcessAdapter(vendor.emulator)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: bool | str = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Carry one request, or lose it."""
        del stream, verify, cert, proxies
        departure = current_departure()
        departure.left = False
        if not request.path_url.startswith(self._vendor.token_path):
            departure.left = True
            self._travel("transaction")
            return self._wire.send(request)
        self._travel("token call")
        happens = self._someone.hazards.befalls_call(self._someone.boot_s())
        if happens:
            self._someone.hazards.count(f"token calls: {happens}", self._someone.boot_s())
        if happens == "refused":
            raise requests.ConnectionError("refused", request=request)
        refusal = departure.why_not()
        if refusal:
            raise HeldBackError(refusal)
        departure.left = True
        # What left arrives, whatever becomes of the worker meanwhile.
        self._someone.sleep(self._someone.hazards.random.uniform(*LATENCY_S))
        return self._answer(request, happens or "", _read_timeout_s(timeout))

    def close(self) -> None:
        """Hold nothing open."""

    def _answer(self, request: requests.PreparedRequest, happens: str, timeout_s: float) -> requests.Response:
        if happens in {"unavailable", "page", "reset before it was carried out"}:
            return self._instead(request, happens)
        if happens == "late":
            waited_s = self._someone.hazards.random.uniform(0, timeout_s - LATENCY_S[1])
            self._someone.sleep(waited_s)
            self._carry_out(request)
            self._someone.sleep(timeout_s - waited_s)
            raise requests.ReadTimeout("no answer in time", request=request)
        response = self._carry_out(request)
        if happens == "slow":
            self._someone.sleep(timeout_s)
            raise requests.ReadTimeout("no answer in time", request=request)
        if happens not in {"", "truncated"}:
            return self._instead(request, happens.removesuffix(AFTERWARDS))
        whole = response.raw.read()
        arrives = whole[: len(whole) // 2] if happens else whole
        response.raw = _raw(arrives, response.status_code)
        self._travel("token call")
        if not happens:
            self._delivered(response.status_code, whole)
        return response

    def _instead(self, request: requests.PreparedRequest, happens: str) -> requests.Response:
        self._travel("token call")
        if happens not in {"unavailable", "page"}:
            raise requests.ConnectionError(happens, request=request)
        response = requests.Response()
        response.status_code = 503 if happens == "unavailable" else 200
        response.url, response.request = request.url or "", request
        response.headers["Content-Type"] = "text/html; charset=utf-8"
        response.raw = _raw(MAINTENANCE_PAGE.encode(), response.status_code)
        return response

    def _carry_out(self, request: requests.PreparedRequest) -> requests.Response:
        body = request.body.decode() if isinstance(request.body, bytes) else str(request.body or "")
        kind = parse_qs(body).get("grant_type", [""])[0]
        if kind == "authorization_code":
            self._vendor.consent_ends()
        self._sent(kind)
        return self._wire.send(request)

    def _travel(self, place: str) -> None:
        self._someone.point(place, self._someone.hazards.random.uniform(*LATENCY_S))


def _raw(body: bytes, status: int) -> HTTPResponse:
    return HTTPResponse(body=BytesIO(body), status=status, preload_content=False)


def _read_timeout_s(timeout: object) -> float:
    return float(timeout[1]) if isinstance(timeout, tuple) else 30.0
