"""Sort calls: those that book, those that ask for tokens, those that read, those to the source."""

import re
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import requests

POST, READ, TOKEN, SOURCE = "post", "read", "token", "source"
SORTS = (POST, READ, TOKEN, SOURCE)
TOKEN_PATHS = ("*/token", "*/accesstokenvalidation", "*/OAuth2/*")
BOOKING_PATHS = {
    "exactonline": (
        "*/salesentry/SalesEntries",
        "*/purchaseentry/PurchaseEntries",
        "*/GeneralJournalEntries",
    ),
    "exactonline_be": (
        "*/salesentry/SalesEntries",
        "*/purchaseentry/PurchaseEntries",
        "*/GeneralJournalEntries",
    ),
    "twinfield": ("*/processxml.asmx",),
    "afas": ("*/connectors/FiEntries",),
    "accountview": ("*/accountviewdata",),
}
ENTRY_WORDS = {"twinfield": re.compile(rb"<transaction[ >]")}
"""How each entry begins where a call may carry several."""
BOOKING_WORDS = {"twinfield": re.compile(rb"<transactions?[ >]"), "accountview": re.compile(rb'"DJ2"')}


def sort_call(system: str, request: requests.PreparedRequest) -> str:
    """Say of which sort a call to a system is."""
    if system == "qubz":
        return SOURCE
    path = urlsplit(request.url or "").path
    if any(fnmatchcase(path, pattern) for pattern in TOKEN_PATHS):
        return TOKEN
    return POST if _books(system, request, path) else READ


def count_entries(system: str, request: requests.PreparedRequest) -> int:
    """Count the entries that a call carries which books."""
    words = ENTRY_WORDS.get(system)
    return 1 if words is None else len(words.findall(_content(request)))


def _books(system: str, request: requests.PreparedRequest, path: str) -> bool:
    if request.method != "POST" or not any(fnmatchcase(path, each) for each in BOOKING_PATHS[system]):
        return False
    words = BOOKING_WORDS.get(system)
    return words is None or words.search(_content(request)) is not None


def _content(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    return body.encode() if isinstance(body, str) else bytes(body)
