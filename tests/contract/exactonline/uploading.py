"""What the tests of uploads have in common."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from finance_hooks.model.entry import Entry
from finance_hooks.model.outcome import Outcome
from tests.contract.exactonline.exact_bench import ExactBench
from tests.contract.position import Position

UPLOADING = Position(connection={"xml_upload_from": 10})


def kinds(outcomes: Sequence[Outcome]) -> list[type[Outcome]]:
    """Tell outcomes by their kind."""
    return [type(outcome) for outcome in outcomes]


def paths(exact: ExactBench) -> list[str]:
    """List what was called, but for tokens and charts."""
    parts = ("salesentry/", "purchaseentry/", "generaljournalentry/", "/docs/")
    called: list[dict[str, Any]] = list(exact.calls())
    return [
        f"{call['method']} {call['path'].rpartition('/')[2]}"
        for call in called
        if any(part in call["path"] for part in parts)
    ]


def too_much_on_g_account(entry: Entry) -> Entry:
    """Make an entry that only Exact finds something wrong with: no chart tells of G accounts."""
    return replace(entry, g_account_amount=Decimal("99999.00"))


def in_closed_period(entry: Entry) -> Entry:
    """Date an entry in a month that is closed in Exact."""
    return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)


def all_stand_once(exact: ExactBench, entries: Sequence[Entry]) -> None:
    """Check that each of these entries stands in the books once."""
    found = exact.read_all(exact.hook(), list(entries))
    assert {reference: len(booked) for reference, booked in found.items()} == {
        entry.reference: 1 for entry in entries
    }
