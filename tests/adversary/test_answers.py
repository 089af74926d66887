"""Answers from which entries are missing, and calls that carry several."""

from html import escape
from io import BytesIO

import pytest
import requests
from urllib3 import HTTPResponse

from adversary.answers import CUT, LACKS, shorten
from adversary.calls import count_entries
from adversary.script import Event

BATCH = "<transactions>{}</transactions>"
ENVELOPE = (
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Result>{}</Result>'
    "</soap:Body></soap:Envelope>"
)


def answer(count: int) -> requests.Response:
    body = ENVELOPE.format(escape(batch(range(count)))).encode()
    response = requests.Response()
    response.status_code = 200
    response.raw = HTTPResponse(body=BytesIO(body), status=200, preload_content=False)
    response.headers["Content-Length"] = str(len(body))
    return response


def batch(numbers: range) -> str:
    return BATCH.format("".join(f'<transaction result="1">{number}</transaction>' for number in numbers))


def left(effect: str, entry: int, count: int = 4) -> list[str]:
    event = Event(kind="call", night=1, task="load", values={"effect": effect, "entry": entry})
    response = shorten(answer(count), event)
    body = response.raw.read().decode()
    assert response.headers["Content-Length"] == str(len(body))
    return [number for number in "0123" if f"&gt;{number}&lt;" in body]


@pytest.mark.parametrize(
    ("effect", "entry", "expected"),
    [
        (LACKS, 1, ["0", "2", "3"]),
        (LACKS, 4, ["1", "2", "3"]),
        (CUT, 2, ["0", "1"]),
        (CUT, 0, ["0"]),
    ],
)
def test_answer_lacks_one_entry_or_all_from_one_on(effect: str, entry: int, expected: list[str]) -> None:
    assert left(effect, entry) == expected


def test_answer_about_a_single_entry_stays_as_it_is() -> None:
    assert left(LACKS, 0, count=1) == ["0"]


def test_entries_of_a_call_are_counted_one_by_one() -> None:
    request = requests.Request("POST", "http://x/processxml.asmx", data=batch(range(3))).prepare()

    assert count_entries("twinfield", request) == 3
    assert count_entries("afas", request) == 1
