"""Lineage names every field that Twinfield is sent, and none that it never is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.twinfield.lineage import LINEAGE_FIELDS
from finance_hooks.targets.twinfield.payload import Manner, make_transaction
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import SAMPLES

# The administration is chosen, not derived from a document; a base line is a number of our own.
OURS = {"header.office", "vat.baseline"}


def names(transaction: etree._Element) -> Iterator[str]:
    yield from (f"header.{each.tag}" for each in transaction.iterfind("header/*"))
    for written in transaction.iterfind("lines/line"):
        yield from (f"{written.get('type')}.{each.tag}" for each in written)


@pytest.mark.parametrize(
    ("kind", "sample"), [(EntryKind.SALES, "S1"), (EntryKind.PURCHASE, "P1"), (EntryKind.MEMORIAL, "J1")]
)
def test_entry_with_every_field_filled_is_sent_in_just_these_fields(kind: EntryKind, sample: str) -> None:
    entry = SAMPLES[sample]
    charged = replace(
        entry.lines[0],
        vat_code="VH",
        cost_centre="KP10",
        cost_unit="REST",
        reverse_charge_amount=Decimal("0.00"),
    )
    lines = (charged, entry.lines[0]) if kind is EntryKind.PURCHASE else (charged,)
    filled = replace(entry, due_date=date(2026, 11, 14), rate=Decimal("0.9"), lines=lines)

    manner = Manner(is_final=True, free_text_field=1, link_field=2, link_template="{number}")
    transaction = make_transaction(filled, make_chart(), manner)

    assert entry.kind is kind
    assert set(names(transaction)) - OURS == set(LINEAGE_FIELDS[kind])
