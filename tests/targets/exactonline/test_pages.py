"""Exact's pages are followed to their end, on our own site, and never round and round."""

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.connection import read_connection
from finance_hooks.targets.exactonline.quota import NO_DIVISION, Quota
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.send import Transport
from tests.targets.exactonline.test_connection import PARTS

SITE = "https://exact.example"


class Pages(HTTPAdapter):
    """Stand for the network: answers by the query of an address, the last one for any other."""

    def __init__(self, pages: Mapping[str, object]) -> None:
        super().__init__()
        self.pages, self.asked = pages, list[str]()

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        self.asked.append(str(request.url))
        known = [page for query, page in self.pages.items() if str(request.url).endswith(query)]
        body = io.BytesIO(json.dumps({"d": [*known, *self.pages.values()][0]}).encode())
        return self.build_response(request, HTTPResponse(body=body, status=200, preload_content=False))


def client_of(pages: Pages) -> Client:
    session, clock = requests.Session(), SystemClock()
    session.mount("https://", pages)
    connection = read_connection(PARTS)
    return Client(
        transport=Transport(session=session, clock=clock).for_connection(
            conn_id="exact", environment="test", base_url=SITE, production_hosts=()
        ),
        base_url=SITE,
        access_token=lambda _refused: "token",
        # Calls without a division are not counted, so that no store is asked.
        quota=Quota(
            budget=Budget(BudgetStore(engine=sa.create_engine("postgresql://")), clock),
            connection=connection,
            clock=clock,
        ),
    )


def rows_of(pages: Pages) -> list[Any]:
    return list(client_of(pages).read_rows(NO_DIVISION, "crm/Accounts", select="ID"))


def test_next_page_is_asked_of_our_own_site_whatever_host_it_names() -> None:
    first = {
        "results": [{"ID": 1}],
        "__next": "https://elsewhere.example/api/v1/current/crm/Accounts?$skiptoken=2",
    }
    pages = Pages({"select=ID": first, "$skiptoken=2": {"results": [{"ID": 2}]}})

    assert rows_of(pages) == [{"ID": 1}, {"ID": 2}]
    assert [each.startswith(f"{SITE}/") for each in pages.asked] == [True, True]


def test_pages_that_lead_in_a_circle_are_given_up() -> None:
    circle = {"results": [{"ID": 1}], "__next": f"{SITE}/api/v1/current/crm/Accounts?$skiptoken=2"}

    with pytest.raises(TemporaryFailure, match="do not end"):
        rows_of(Pages({"": circle}))


@pytest.mark.parametrize(
    ("following", "why"),
    [
        ("http://[x", "no address"),
        (".elsewhere.example/x", "another host"),
        ("@elsewhere.example/x", "another host"),
        (5, "another host"),
    ],
)
def test_next_page_that_is_none_of_our_site_is_not_asked_for(following: object, why: str) -> None:
    pages = Pages({"": {"results": [{"ID": 1}], "__next": following}})

    with pytest.raises(TemporaryFailure, match=why):
        rows_of(pages)
    assert len(pages.asked) == 1
