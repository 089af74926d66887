"""Judge what 21QUBZ answers: rows, a fault a person must mend, or one that time cures.

Statuses as in Mendix's pages 'Published REST service', 'Published REST operation', 'Published REST routing'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.sources.qubz.settings import QubzSettings
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.headers import read_whole
from finance_hooks.transport.json_text import read_answer, read_json, storable
from finance_hooks.transport.redaction import hide_secrets, redact_text, redact_url

TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
ERROR_TEXT_MAX = 500
WAIT_S = 60
"""Seconds to wait where the source does not say how long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer's rows, and what it says about further ones."""

    rows: list[object]
    total: int | None
    next_link: str | None


def check_status(answer: Answer, settings: QubzSettings, secrets: tuple[str, ...] = ()) -> None:
    """Raise unless the answer is a success, by who must act."""
    if answer.status in range(200, 300):
        return
    said = error_text(answer.body, secrets)
    what = f"21QUBZ answered {answer.status} to {redact_url(answer.url)}{f': {said}' if said else ''}"
    if answer.status in TEMPORARY or answer.status >= 500:
        raise TemporaryFailure(what, retry_after_s=_retry_after_s(answer.headers, settings))
    raise ConfigurationError(f"{what}. {_remedy(answer.status)}")


def error_text(body: bytes, secrets: tuple[str, ...] = ()) -> str:
    """Find what an error says: {"error":{"code","message"}}, {"message"}, else plain text, or nothing."""
    text = storable(body.decode("utf-8", "replace").strip())
    try:
        content = read_answer(body)
    except ValueError:
        content = None
    if isinstance(content, dict):
        error = content.get("error")
        source = error if isinstance(error, dict) else content
        parts = [str(source[name]) for name in ("code", "message") if source.get(name)]
        text = ": ".join(parts) or text
    return redact_text(hide_secrets(text, secrets))[:ERROR_TEXT_MAX]


def read_page(answer: Answer, resource: str, settings: QubzSettings) -> Page:
    """Read the rows of a successful answer: a bare array, an envelope, or an OData page."""
    where = redact_url(answer.url)
    try:
        content = read_json(answer.body)
    except ValueError as error:
        # A maintenance page or a cut answer: the next one may be whole. The cause would hold all of it.
        raise TemporaryFailure(f"21QUBZ answered no JSON to {where}: {error}") from None
    if isinstance(content, list):
        return Page(rows=content, total=None, next_link=None)
    if not isinstance(content, dict):
        raise ConfigurationError(
            f"21QUBZ answered neither a list nor an object to {where}; check the address"
        )
    rows = next((content[key] for key in _envelope_keys(resource, settings) if key in content), None)
    if not isinstance(rows, list):
        raise ConfigurationError(
            f"21QUBZ answered an object without {settings.envelope_key} to {where}; its keys are "
            f"{', '.join(sorted(content)[:10])}: name the right one in envelope_key of the connection"
        )
    total = content.get("@odata.count", content.get(settings.envelope_total))
    next_link = content.get("@odata.nextLink")
    return Page(
        rows=rows,
        total=read_whole(str(total)),
        next_link=_checked(next_link, where) if isinstance(next_link, str) and next_link else None,
    )


def _checked(link: str, where: str) -> str:
    try:
        urlsplit(link)
    except ValueError as error:
        raise ConfigurationError(f"21QUBZ names no address of the page after {where}: {error}") from error
    return link


def _envelope_keys(resource: str, settings: QubzSettings) -> tuple[str, ...]:
    return settings.envelope_key, resource, "value"


def _retry_after_s(headers: Mapping[str, str], settings: QubzSettings) -> int:
    asked = read_whole(headers.get("Retry-After", ""))
    return max(1, min(WAIT_S if asked is None else asked, settings.retry_after_max_s))


def _remedy(status: int) -> str:
    if status == 404:
        # Mendix: custom authentication that finds no user answers 404, not 401.
        return (
            "Either the address is wrong (host, api_style, service, version, paths of the connection) "
            "or the user or key is not authorised: a Mendix service with its own authentication answers 404 "
            "to both."
        )
    if status in {401, 403}:
        return (
            "Either the user name, password or key of the connection is wrong (auth, header_name), or this "
            "user has no right to the finance export in 21QUBZ."
        )
    if status in {400, 405, 422}:
        return "The source does not understand the question: check parameter names, dates and fields.csv."
    if status in range(300, 400):
        return "The source moved or asks for a login page: correct the host of the connection."
    return "Check the connection and the service."
