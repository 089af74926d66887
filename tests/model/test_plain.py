"""Entries, reasons and selections survive being written down, to the cent."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import entry_from_plain, entry_to_plain, reasons_from_plain, reasons_to_plain
from finance_hooks.model.selection import Selection
from tests.posting.entries import ENTRY


def test_entry_read_back_from_json_is_the_same_entry() -> None:
    entry = replace(ENTRY, gross=Decimal("0.10"), rate=Decimal("0.9212345678"))

    assert entry_from_plain(json.loads(json.dumps(entry_to_plain(entry)))) == entry


def test_reasons_read_back_from_json_are_the_same_reasons() -> None:
    reasons = (
        Reason(code=ReasonCode.ON_HOLD, document="1", detail="asked by the bookkeeper"),
        Reason(code=ReasonCode.VAT_CODE_UNMAPPED, document="1", line=2, field="VatCode", value="VX99"),
    )

    assert reasons_from_plain(json.loads(json.dumps(reasons_to_plain(reasons)))) == reasons


def test_selection_is_written_with_days_and_instants_as_text() -> None:
    selection = Selection(
        changed_since=datetime(2026, 11, 5, 3, tzinfo=UTC),
        dated_from=date(2026, 9, 22),
        dated_until=None,
        moves_watermark=False,
        kinds=frozenset({EntryKind.SALES, EntryKind.MEMORIAL}),
    )

    assert selection.to_plain() == {
        "changed_since": "2026-11-05T03:00:00+00:00",
        "dated_from": "2026-09-22",
        "dated_until": None,
        "moves_watermark": False,
        "kinds": ["memorial", "sales"],
    }
    assert replace(selection, kinds=None).to_plain()["kinds"] is None
