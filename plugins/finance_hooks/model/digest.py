"""Tell whether two versions of a document would reach the books alike."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import Document

VERSION = "v1"
NOT_IN_THE_BOOKS = frozenset({"changed_at", "export_status", "key"})


def content_digest(document: Document) -> str:
    """Digest the canonical fields that reach the books; equal digests mean nothing has to be done."""
    content = {
        field.name: _plain(getattr(document, field.name))
        for field in fields(document)
        if field.name not in NOT_IN_THE_BOOKS
    }
    return f"{VERSION}:{digest_of(content)}"


def digest_of(content: object) -> str:
    """Digest anything JSON can hold, independent of the order of keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
