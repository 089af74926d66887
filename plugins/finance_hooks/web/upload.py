"""Take a file from a browser without trusting it: never more than a bound is held, whatever is sent."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message

BODY_MAX = 2_100_000
"""Bytes of a request that are taken: a file of two million, and what stands around it."""
DRAINED_MAX = 50_000_000
"""Bytes beyond that which are read and dropped: a browser shows an answer once it was listened to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What was sent: the words of the form, and the content of the file or of what was pasted.

    `refused` is the key of the text that says why nothing was taken.
    """

    fields: dict[str, str]
    content: bytes
    refused: str | None = None


class _TooLargeError(Exception):
    """More is sent than is taken."""


async def read_upload(request: Request) -> Upload:
    """Read a form with one file (`file`) or pasted text (`pasted`)."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > BODY_MAX:
            raise _TooLargeError
        return message

    try:
        async with Request(request.scope, receive).form(
            max_files=1, max_fields=10, max_part_size=BODY_MAX
        ) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            file = form.get("file")
            content = await file.read() if isinstance(file, UploadFile) else b""
    except _TooLargeError:
        await _drain(request)
        return Upload(fields={}, content=b"", refused="mapping.too_large")
    except HTTPException:
        return Upload(fields={}, content=b"", refused="mapping.unreadable_upload")
    content = content or fields.pop("pasted", "").encode("utf-8", "replace")
    return Upload(fields=fields, content=content, refused=None if content else "mapping.nothing_sent")


async def _drain(request: Request) -> None:
    dropped = 0
    while dropped <= DRAINED_MAX:
        message = await request.receive()
        dropped += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
