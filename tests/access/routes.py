"""Every route of our pages, what it takes to use it, and what it answers to whoever may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import quote

import requests
from fastapi.routing import APIRoute
from starlette.routing import compile_path

from finance_hooks.web.app import app
from tests.access.books import Books
from tests.access.people import Person


class Takes(Enum):
    """What somebody needs for a route."""

    LOGIN = "to be logged in; only what he may see is shown"
    READ = "to be allowed to read the administration's DAG"
    EDIT = "to be allowed to edit the administration's DAG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route, asked for something that changes nothing; `answers` is what whoever may use it gets."""

    takes: Takes
    answers: int = 200
    query: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)


HEADER = "administration,source_account,valid_from,valid_until,target_account,note"
L, R, E = Takes.LOGIN, Takes.READ, Takes.EDIT
ROUTES: Mapping[tuple[str, str], Route] = {
    ("GET", "/"): Route(takes=L),
    ("GET", "/documents"): Route(takes=L),
    ("GET", "/mapping"): Route(takes=L),
    ("GET", "/reconciliation"): Route(takes=L),
    ("GET", "/nights"): Route(takes=L),
    ("GET", "/runbook"): Route(takes=L),
    ("POST", "/language"): Route(takes=L, answers=303, query={"language": "en"}),
    ("GET", "/links/{sync_id}"): Route(takes=R),
    ("GET", "/links/{sync_id}/files"): Route(takes=R),
    ("GET", "/documents/{sync_id}/{reference}"): Route(takes=R),
    ("GET", "/mapping/{sync_id}"): Route(takes=R),
    ("GET", "/mapping/{sync_id}/missing/{name}"): Route(takes=R),
    # It says what a file would do and keeps nothing of it.
    ("POST", "/mapping/{sync_id}/change"): Route(
        takes=R, sent={"table": "ledger_accounts.csv", "how": "whole", "pasted": HEADER}
    ),
    ("GET", "/reconciliation/{sync_id}"): Route(takes=R),
    ("GET", "/reconciliation/{sync_id}/figures.csv"): Route(takes=R),
    ("GET", "/reconciliation/{sync_id}/{period}"): Route(takes=R, query={"journal": "{journal}"}),
    ("GET", "/nights/{sync_id}"): Route(takes=R),
    ("GET", "/nights/{sync_id}/{run_id:path}"): Route(takes=R),
    ("POST", "/links/{sync_id}/examine"): Route(takes=E),
    ("POST", "/links/{sync_id}/authorise"): Route(takes=E, answers=303),
    # The vendor's answer lacks a code: whoever may act is told so.
    ("GET", "/callback"): Route(takes=E, answers=503, query={"state": "{state}"}),
    ("POST", "/links/{sync_id}/paste"): Route(
        takes=E, answers=503, sent={"address": "https://x/?state={state}"}
    ),
    # Without a reason nothing is decided.
    ("POST", "/links/{sync_id}/files"): Route(takes=E, answers=422, sent={"file": "x", "act": "imported"}),
    ("POST", "/documents"): Route(
        takes=E, answers=422, sent={"sync_id": "{sync_id}", "reason": "{reason}", "act": "hold"}
    ),
    ("POST", "/documents/{sync_id}/{reference}/{act}"): Route(takes=E, answers=422, sent={"why": ""}),
}


def served() -> set[tuple[str, str]]:
    """List method and path of everything that the application serves."""
    return {
        (method, route.path)
        for route in app().routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }


def find(action: str) -> tuple[str, str]:
    """Return the route to which a form of a page is sent."""
    path = action.removeprefix("/finance").partition("?")[0]
    return next(
        (method, template)
        for method, template in ROUTES
        if method == "POST" and compile_path(template)[0].match(path)
    )


def ask(person: Person, where: tuple[str, str], books: Books) -> requests.Response:
    """Use a route for one administration, with all that it asks for."""
    method, template = where
    parts = {**books.parts} | {
        "state": books.begin_consent(person.name) if "state" in str(ROUTES[where]) else ""
    }
    more: dict[str, Any] = {"params": _filled(ROUTES[where].query, parts)}
    if ROUTES[where].sent:
        more["data"] = _filled(ROUTES[where].sent, parts)
    path = template.replace(":path", "").format_map(
        {name: quote(part, safe="") for name, part in parts.items()}
    )
    return person.ask(method, f"/finance{path}", **more)


def pages() -> Iterator[tuple[str, str]]:
    """Choose the routes that show something to whoever may see it."""
    return (where for where, route in ROUTES.items() if where[0] == "GET" and route.takes is not E)


def _filled(texts: Mapping[str, str], parts: Mapping[str, str]) -> dict[str, str]:
    return {name: text.format_map(parts) for name, text in texts.items()}
