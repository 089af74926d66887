"""Lineage names every field that AccountView is sent, and none that it never is."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.dictionary import PSEUDO
from finance_hooks.targets.accountview.lineage import LINEAGE_FIELDS
from finance_hooks.targets.accountview.payload import make_page, write_page
from tests.targets.accountview.samples import SAMPLES

FIXED = {"GROSS_FLG"}


def names(body: str) -> Iterator[str]:
    table = json.loads(body)["Table"]
    yield from (field["Name"] for field in table["Definition"]["Fields"])
    for detail in table["DetailDefinitions"]:
        yield from (
            f"{detail['Name']}.{field['Name']}" for field in detail["Fields"] if field["Name"] not in PSEUDO
        )


@pytest.mark.parametrize(
    ("kind", "sample"),
    [(EntryKind.SALES, "S1"), (EntryKind.PURCHASE, "P1"), (EntryKind.MEMORIAL, "J1")],
)
def test_entry_with_every_field_filled_is_sent_in_just_these_fields(kind: EntryKind, sample: str) -> None:
    entry = SAMPLES[sample]
    is_memorial = kind is EntryKind.MEMORIAL
    line = replace(entry.lines[0], vat_code="1", cost_centre="INZ", cost_unit="REST", party="10045")
    filled = replace(
        entry,
        due_date=None if is_memorial else date(2026, 11, 14),
        payment_term=None if is_memorial else "30",
        rate=Decimal("0.9"),
        g_account_amount=Decimal(0 if is_memorial else 1),
        lines=(line,),
    )

    sent = set(names(write_page(filled, make_page(filled, Conventions()))))

    assert entry.kind is kind
    assert sent - PSEUDO - FIXED == set(LINEAGE_FIELDS[kind])
