"""Take secrets out of what is logged or raised: addresses, headers, bodies."""

import html
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, quote_plus, urlencode, urlsplit, urlunsplit
from xml.sax.saxutils import escape

HIDDEN = "***"
SECRET_NAMES = re.compile(
    r"(?i)(token|secret|password|passwd|authori[sz]ation|cookie|api[-_]?key|assertion|credential"
    r"|^code$|^state$|^signature$|^sig$)"
)
# Every repetition has a limit: a page of a megabyte is gone through in one go.
SECRET_PAIR = re.compile(
    r"""(?ix)
    ((?:token|secret|password|api[-_]?key|assertion)["']?\s{0,9}[:=]\s{0,9}["']?       # name and separator
    |<[\w:-]{0,60}(?:token|secret|password)[^<>]{0,200}>                             # an element of XML
    |["']code["']\s*:\s*["'] | \bcode= | (?:bearer|basic|token)\s{1,9})
    ([^\s"'&,;}<]+)
    """
)


def redact_url(url: str) -> str:
    """Hide user, password and secret parameters of an address; what is no secret stays readable."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(an address that cannot be read)"
    place = parts.netloc.rpartition("@")[2]
    query = urlencode(
        [
            (name, HIDDEN if SECRET_NAMES.search(name) else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ],
        safe="*$'(), :/",
    )
    return urlunsplit((parts.scheme, place, parts.path, query, ""))


def redact_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Hide the values of headers that carry secrets."""
    return {name: HIDDEN if SECRET_NAMES.search(name) else value for name, value in headers.items()}


def hide_secrets(text: str, secrets: Iterable[str]) -> str:
    """Hide secrets that are known, as they are and as pages, JSON and addresses write them."""
    forms = {form for secret in secrets if secret for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, HIDDEN)
    return text


def redact_text(text: str) -> str:
    """Hide what follows the name of a secret in a body (JSON, form or prose) before anybody sees it."""
    return SECRET_PAIR.sub(lambda found: found.group(1) + HIDDEN, text)


def _forms(secret: str) -> Iterable[str]:
    yield secret
    yield html.escape(secret)
    yield escape(secret)
    yield escape(secret, {'"': "&quot;", "'": "&apos;"})
    yield escape(secret, {'"': "&#34;", "'": "&#39;"})
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1].replace("/", "\\/")
    yield quote(secret)
    yield quote(secret, safe="")
    yield quote_plus(secret)
