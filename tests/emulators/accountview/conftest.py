"""AccountView with a clock that stands still, and clients that may post."""

import pytest

from tests.emulators.accountview_client import AccountViewClient, Body, emulator_of, line, page_body


@pytest.fixture
def stranger() -> AccountViewClient:
    """A client that has no tokens yet."""
    return AccountViewClient(emulator_of())


@pytest.fixture
def client(stranger: AccountViewClient) -> AccountViewClient:
    """A client that may read and change."""
    return stranger.authorise()


@pytest.fixture
def body() -> Body:
    """The body of one sales page with one line."""
    header = {"DJ_CODE": "VRK", "SUB_NR": "10045", "INV_NR": "F1", "HDR_DESC": "x", "TRN_DATE": "2026-10-31"}
    return page_body(header, [line("8120", 100, VAT_CODE="1", VAT_AMT=21)])
