"""Ask a 21QUBZ emulator in process, with the test credentials."""

import json
from decimal import Decimal
from typing import Any

from werkzeug.test import Client, TestResponse

from emulators.qubz.app import QubzEmulator

REST = "/rest/financeexport/v1"
ODATA = "/odata/financeexport/v1"
KEY = {"X-Api-Key": "qubz-key-1"}


def get(emulator: QubzEmulator, path: str, **query: str) -> TestResponse:
    """Answer GET with the API key."""
    return Client(emulator).get(path, query_string=query, headers=KEY)


def rows(emulator: QubzEmulator, name: str, **query: str) -> list[dict[str, Any]]:
    """Read the rows of one REST page."""
    answer = get(emulator, f"{REST}/{name}", **query)
    assert answer.status_code == 200, answer.text
    content = json.loads(answer.text, parse_float=Decimal)
    found: list[dict[str, Any]] = content["Items"]
    return found


def entities(emulator: QubzEmulator, name: str, **options: str) -> dict[str, Any]:
    """Read one OData page; options without their dollar sign."""
    answer = get(emulator, f"{ODATA}/{name}", **{f"${option}": text for option, text in options.items()})
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = json.loads(answer.text, parse_float=Decimal)
    return page
