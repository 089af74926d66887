"""Two versions of a document have one digest exactly when they would reach the books alike."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.digest import content_digest, digest_of
from finance_hooks.model.document import ExportStatus
from tests.mapping.examples import a_document, a_line

DOCUMENT = a_document([a_line(1, "8000", "100.00")])


@pytest.mark.parametrize(
    "changes",
    [
        {"changed_at": datetime(2026, 11, 6, tzinfo=UTC)},
        {"export_status": ExportStatus.EXPORTED},
        {"key": replace(DOCUMENT.key, export_sequence=2)},
        {"lines": (replace(DOCUMENT.lines[0], amount=Decimal("100.0")),)},
    ],
    ids=["age", "export status", "key", "a cent's zeros"],
)
def test_what_does_not_reach_the_books_does_not_change_the_digest(changes: dict[str, Any]) -> None:
    assert content_digest(replace(DOCUMENT, **changes)) == content_digest(DOCUMENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "another"},
        {"document_date": DOCUMENT.document_date.replace(day=1)},
        {"lines": (replace(DOCUMENT.lines[0], amount=Decimal("100.01")),)},
        {"lines": ()},
    ],
    ids=["number", "date", "amount of a line", "no lines"],
)
def test_what_reaches_the_books_changes_the_digest(changes: dict[str, Any]) -> None:
    assert content_digest(replace(DOCUMENT, **changes)) != content_digest(DOCUMENT)


def test_digest_says_by_which_rules_it_was_made_and_minds_no_order_of_keys() -> None:
    assert content_digest(DOCUMENT).startswith("v1:")
    assert digest_of({"a": 1, "b": "é"}) == digest_of({"b": "é", "a": 1})
