"""Entries, reasons, parties and selections survive being written down, to the cent."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.party import PartyFault, PartyNeed, Role
from finance_hooks.model.plain import (
    entry_from_plain,
    entry_to_plain,
    faults_from_plain,
    faults_to_plain,
    needs_from_plain,
    needs_to_plain,
    reasons_from_plain,
    reasons_to_plain,
)
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


def test_needed_parties_are_written_with_their_side_as_a_word() -> None:
    needs = (PartyNeed(party="10045", role=Role.CREDITOR, target_party="70045", by_row=True),)
    written = [{"party": "10045", "role": "creditor", "target_party": "70045", "by_row": True}]

    assert needs_to_plain(needs) == written
    assert needs_from_plain(json.loads(json.dumps(written))) == needs


def test_faults_of_a_party_are_written_with_the_code_of_their_reason() -> None:
    faults = (PartyFault(code=ReasonCode.PARTY_REFUSED, detail="no such country"),)
    written = [{"code": "party_refused", "detail": "no such country"}]

    assert faults_to_plain(faults) == written
    assert faults_from_plain(json.loads(json.dumps(written))) == faults


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
