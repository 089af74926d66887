"""Addresses of the same page with other questions."""

import pytest
from fastapi import Request

from finance_hooks.web.pages import asking

ASKED = Request(
    {
        "type": "http",
        "scheme": "https",
        "server": ("airflow.example", 443),
        "root_path": "/finance",
        "path": "/finance/documents",
        "query_string": b"number=R%26D&state=parked&after=10",
        "headers": [],
    }
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "/finance/documents?number=R%26D&state=parked&after=10"),
        ({"state": "booked", "after": None}, "/finance/documents?number=R%26D&state=booked"),
        ({"page": 2, "number": None, "state": None, "after": None}, "/finance/documents?page=2"),
    ],
)
def test_address_of_a_page_keeps_what_is_asked_unless_it_is_changed(
    changes: dict[str, object], expected: str
) -> None:
    assert asking(ASKED, **changes) == expected
