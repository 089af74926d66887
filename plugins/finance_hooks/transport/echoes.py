"""Take out of an answer the credentials that its request carried: some pages for faults repeat what was sent.

What vendors say is quoted in errors, reasons and reports, and nothing there may open their doors. New tokens
are no echo; neither is the refresh token that was handed in for them, which the vendor may give out again.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

import requests

from finance_hooks.transport.redaction import SECRET_NAMES, hide_secrets

SHORTEST = 16
"""A shorter text may stand in a document by chance, and what documents say is never touched."""

GIVEN_BACK = frozenset({"refresh_token", "code"})
IN_XML = re.compile(rb"<[\w:-]*token[^>]*>([^<]+)<", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"


def without_echoes(body: bytes, request: requests.PreparedRequest, secrets: Iterable[str] = ()) -> bytes:
    """Return a body in which whatever secret its request carried is hidden, and those that are named."""
    known = (*_carried(request), *(secret.encode() for secret in secrets))
    carried = [secret for secret in known if len(secret) >= SHORTEST]
    if not carried:
        return body
    # One letter for each byte and back: whatever is no secret stays the byte it is.
    text = body.decode("latin-1")
    hidden = hide_secrets(text, (secret.decode("latin-1") for secret in carried))
    return body if hidden == text else hidden.encode("latin-1")


def _carried(request: requests.PreparedRequest) -> Iterator[bytes]:
    for name, value in request.headers.items():
        if SECRET_NAMES.search(name):
            yield from _of_header(_as_bytes(value))
    sent = _as_bytes(request.body) if isinstance(request.body, str | bytes) else b""
    yield from _named(urlsplit(request.url or "").query)
    if str(request.headers.get("Content-Type", "")).startswith(FORM):
        yield from _named(sent.decode("utf-8", "replace"))
    yield from IN_XML.findall(sent)


def _of_header(value: bytes) -> Iterator[bytes]:
    """Yield a header's credential, and what stands in it when it is base64: a password, or a token in XML."""
    credential = value.rpartition(b" ")[2]
    yield credential
    try:
        inside = base64.b64decode(credential, validate=True)
    except binascii.Error:
        return
    yield inside.partition(b":")[2]
    yield inside
    yield from re.findall(rb">([^<>]+)<", inside)


def _named(pairs: str) -> Iterator[bytes]:
    for name, value in parse_qsl(pairs):
        if SECRET_NAMES.search(name) and name not in GIVEN_BACK:
            yield value.encode()


def _as_bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "replace") if isinstance(text, str) else text
