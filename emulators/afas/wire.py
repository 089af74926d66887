"""AFAS's formats: JSON on one line, local times with a Z, headers of every answer.

Sources: docs.afas.help/profit/nl/get-connector (the Z is to be ignored), responses in
docs.afas.help/apidoc/nl/Mutaties, news-profit7 (JSON on one line, X-Trace-Identifier).
"""

import base64
import gzip
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import md5
from typing import Any

from werkzeug.wrappers import Request, Response

JSON_TYPE = "application/json; charset=utf-8"
EMPTY_TYPE = "application/xml"
HEADERS = {
    "Cache-Control": "no-store,no-cache",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "deny",
    "X-AFAS-Proxy-Version": "4.3.0.0",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Max-Age": "1728000",
}
SMALLEST_GZIP = 150


def answer(content: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(dumps(content), status=status, content_type=JSON_TYPE)


def empty(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Answer without a body, which AFAS labels as XML, be it good or bad."""
    return Response("", status=status, headers=dict(headers or {}), content_type=EMPTY_TYPE)


def refusal(text: str, number: int, reference: str) -> Response:
    """Answer 500 with AFAS's three keys and the header that goes by the end of 2026."""
    response = answer({"externalMessage": text, "errorNumber": number, "profitLogReference": reference}, 500)
    response.headers["X-PROFIT-ERROR"] = base64.b64encode(text.encode()).decode()
    return response


def unavailable(status: int, retry_after_s: int) -> Response:
    """Answer that the service rests for a while."""
    text = (
        "Service temporarily unavailable due to scheduled maintenance. "
        "Please check afasstatus.nl for details."
    )
    return answer({"error": {"code": str(status), "message": text}, "retry_after": retry_after_s}, status)


def log_reference(seed: int, number: int) -> str:
    """Return the 32 hexadecimals under which a refusal stands in the environment's log."""
    return md5(f"{seed}/{number}".encode(), usedforsecurity=False).hexdigest().upper()


def finish(request: Request, response: Response, trace: str) -> Response:
    """Add what every answer has, and press a body that the caller takes pressed."""
    for name, text in HEADERS.items():
        response.headers.setdefault(name, text)
    response.headers["X-Trace-Identifier"] = trace
    body = response.get_data()
    if len(body) > SMALLEST_GZIP and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(body, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.get_data()))
    return response


def dumps(content: object) -> str:
    """Write JSON on one line, decimals as numbers, dates as local times with a Z."""
    return json.dumps(_plain(content), ensure_ascii=False, separators=(",", ":"))


def shown_day(day: date) -> str:
    """Write a date as it stands in Dutch texts."""
    return f"{day.day}-{day.month}-{day.year}"


def _plain(content: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(content, Decimal):
        return float(content) + 0.0  # amounts of two decimals keep their digits; -0.0 becomes 0.0
    if isinstance(content, datetime):
        return f"{content:%Y-%m-%dT%H:%M:%S}Z"
    if isinstance(content, date):
        return f"{content.isoformat()}T00:00:00Z"
    if isinstance(content, Mapping):
        return {name: _plain(each) for name, each in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(each) for each in content]
    return content
