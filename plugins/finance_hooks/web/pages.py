"""Turn templates into pages, in the language and with the formats of whoever looks."""

import os
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from finance_hooks.model.park_reason_text import Language
from finance_hooks.web.formats import Formats
from finance_hooks.web.handbook import HANDBOOK_VARIABLE, handbook_address
from finance_hooks.web.language import COOKIE, LANGUAGES, choose_language
from finance_hooks.web.texts import say

TEMPLATES = Path(__file__).with_name("templates")
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"
"""No page takes anything from another host, none is framed by one, and none is kept by a browser."""
NAVIGATION = (
    ("/", "links.title"),
    ("/documents", "documents.title"),
    ("/mapping", "mapping.title"),
    ("/reconciliation", "reconciliation.title"),
    ("/nights", "nights.title"),
    ("/runbook", "runbook.title"),
)
"""The pages that every page leads to: path, and key of the title."""


def read_language(request: Request) -> Language:
    """Choose the language of an answer."""
    return choose_language(request.cookies.get(COOKIE), request.headers.get("accept-language"))


def asking(request: Request, **changes: object) -> str:
    """Return the address of this page with some of its questions changed; one that is `None` is left out."""
    url = request.url.replace(scheme="", netloc="")
    kept = {name: value for name, value in changes.items() if value is not None}
    return str(url.remove_query_params(list(changes)).include_query_params(**kept))


def show(
    request: Request, template: str, *, status: int = 200, leads_to: str = "", **values: object
) -> HTMLResponse:
    """Show a page; `leads_to` says at which other sites its forms may end, as the policy writes them."""
    language = read_language(request)
    page = (
        _environment()
        .get_template(template)
        .render(
            **values,
            say=partial(say, language),
            formats=Formats(language),
            language=language,
            languages=LANGUAGES,
            base=request.scope.get("root_path", ""),
            here=request.url.path,
            here_asking=asking(request),
            here_url=str(request.url.replace(query="")),
            asking=partial(asking, request),
            navigation=NAVIGATION,
            handbook=handbook_address(os.environ.get(HANDBOOK_VARIABLE)),
            now=datetime.now(tz=UTC),
        )
    )
    policy = f"{POLICY} {leads_to}".rstrip()
    return HTMLResponse(page, status, headers=HEADERS | {"Content-Security-Policy": policy})


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
