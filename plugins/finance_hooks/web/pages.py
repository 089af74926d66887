"""Turn templates into pages, in the language and with the formats of whoever looks."""

from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from finance_hooks.model.park_reason_text import Language
from finance_hooks.web.formats import Formats
from finance_hooks.web.language import COOKIE, LANGUAGES, choose_language
from finance_hooks.web.texts import say

TEMPLATES = Path(__file__).with_name("templates")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
"""No page is kept by a browser, none takes anything from another host, and none is framed by one."""


def read_language(request: Request) -> Language:
    """Choose the language of an answer."""
    return choose_language(request.cookies.get(COOKIE), request.headers.get("accept-language"))


def show(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Show a page."""
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
            now=datetime.now(tz=UTC),
        )
    )
    return HTMLResponse(page, status_code=status, headers=HEADERS)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
