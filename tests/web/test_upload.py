"""An upload is held within a bound, whatever is sent and however it is cut into pieces."""

import asyncio
from collections.abc import Iterable, Iterator

import pytest
from fastapi import FastAPI, Request
from starlette.types import Message

from finance_hooks.web.upload import BODY_MAX, DRAINED_MAX, Upload, read_upload

MULTIPART = "multipart/form-data; boundary=b"
CHUNK = 65_536


def part(name: str, content: bytes, file: str = "") -> bytes:
    named = f'; filename="{file}"' if file else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + content + b"\r\n"


class Sender:
    """A browser that sends a body in pieces, and counts how many were asked for."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.sent = 0

    async def receive(self) -> Message:
        piece = next(self.pieces, None)
        self.sent += len(piece or b"")
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}


def upload(pieces: Iterable[bytes], content_type: str | None = MULTIPART) -> tuple[Upload, Sender]:
    sender = Sender(pieces)
    headers = [] if content_type is None else [(b"content-type", content_type.encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "app": FastAPI()}
    return asyncio.run(read_upload(Request(scope, sender.receive))), sender


def test_file_and_words_of_a_form_are_read() -> None:
    body = part("table", b"journals.csv") + part("file", b"a,b\r\n\x00\xff", "x.csv") + b"--b--\r\n"

    taken, _ = upload(body[place : place + 7] for place in range(0, len(body), 7))

    assert (taken.fields, taken.content, taken.refused) == (
        {"table": "journals.csv"},
        b"a,b\r\n\x00\xff",
        None,
    )


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x.exe", "ü\x00.csv"])
def test_name_of_a_file_does_not_matter(name: str) -> None:
    body = part("file", b"content", name or "x") + b"--b--\r\n"

    assert upload([body])[0].content == b"content"


def test_pasted_text_stands_in_for_a_file_that_was_not_chosen() -> None:
    body = part("file", b"", "x") + part("pasted", "a,\u00e9\r\n".encode()) + b"--b--\r\n"

    taken, _ = upload([body])

    assert (taken.content, taken.fields) == ("a,\u00e9\r\n".encode(), {})


def test_form_that_is_not_cut_into_parts_is_read_too() -> None:
    taken, _ = upload([b"table=x&pasted=a%2Cb"], "application/x-www-form-urlencoded")

    assert (taken.fields, taken.content) == ({"table": "x"}, b"a,b")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", MULTIPART),
        (b"", None),
        (b"a,b", "text/csv"),
        (part("table", b"x") + b"--b--\r\n", MULTIPART),
    ],
)
def test_form_without_a_file_says_so(body: bytes, content_type: str | None) -> None:
    assert upload([body], content_type)[0].refused == "mapping.nothing_sent"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"garbage", MULTIPART),
        (b"garbage", "multipart/form-data"),
        (part("file", b"a", "a") + part("file", b"b", "b") + b"--b--\r\n", MULTIPART),
        (b"".join(part(f"field{number}", b"x") for number in range(11)) + b"--b--\r\n", MULTIPART),
    ],
)
def test_form_that_cannot_be_read_says_so(body: bytes, content_type: str) -> None:
    assert upload([body], content_type)[0].refused == "mapping.unreadable_upload"


@pytest.mark.parametrize("file", ["x.csv", ""])
def test_more_than_the_bound_is_refused_and_dropped(file: str) -> None:
    name = "file" if file else "pasted"
    pieces = [part(name, b"", file)[:-2], *[b"x" * CHUNK] * (2 * BODY_MAX // CHUNK)]

    taken, sender = upload(pieces)

    assert (taken.refused, taken.content) == ("mapping.too_large", b"")
    assert sender.sent == sum(map(len, pieces))


def test_sender_who_never_stops_is_not_listened_to_for_ever() -> None:
    def forever() -> Iterator[bytes]:
        yield part("file", b"", "x")[:-2]
        while True:
            yield b"x" * CHUNK

    taken, sender = upload(forever())

    assert taken.refused == "mapping.too_large"
    assert sender.sent <= BODY_MAX + DRAINED_MAX + 3 * CHUNK
