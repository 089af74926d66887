"""Requests as they left, kept so that they can be sent again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import requests

TIMEOUT_S = 120
BYTES = "latin-1"
"""Holds every byte as one character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it left, and the status of its answer; `body` has a character for each byte."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: str
    status: int

    def moved(self, old: str, new: str) -> "Sent":
        """Return it as it is sent to where its host has moved."""
        return replace(self, url=self.url.replace(old, new, 1))

    def send(self, session: requests.Session) -> requests.Response:
        """Send it again."""
        return session.request(
            self.method,
            self.url,
            data=self.body.encode(BYTES) or None,
            headers=self.headers,
            timeout=TIMEOUT_S,
        )


@contextmanager
def recorded() -> Iterator[list[Sent]]:
    """Keep every request that is answered in this block, in order."""
    sent: list[Sent] = []
    send = requests.Session.send

    def keep(self: requests.Session, request: requests.PreparedRequest, **given: Any) -> requests.Response:  # noqa: ANN401 - requests' own
        answer = send(self, request, **given)
        sent.append(_as_sent(request, answer.status_code))
        return answer

    requests.Session.send = keep  # type: ignore[method-assign]
    try:
        yield sent
    finally:
        requests.Session.send = send  # type: ignore[method-assign]


def write_sent(file: Path, sent: Sequence[Sent]) -> None:
    """Write requests, one JSON object on a line."""
    file.write_text("".join(f"{json.dumps(asdict(one))}\n" for one in sent), encoding="utf-8")


def read_sent(file: Path) -> list[Sent]:
    """Read what was written."""
    return [Sent(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _as_sent(request: requests.PreparedRequest, status: int) -> Sent:
    body = request.body or b""
    written = body.encode() if isinstance(body, str) else bytes(body)
    headers = {name: str(value) for name, value in request.headers.items() if name != "Content-Length"}
    return Sent(
        method=request.method or "",
        url=request.url or "",
        headers=headers,
        body=written.decode(BYTES),
        status=status,
    )
