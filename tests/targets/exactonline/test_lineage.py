"""Lineage names every field that Exact is sent, and none that it never is."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.exactonline.lineage import LINEAGE_FIELDS
from finance_hooks.targets.exactonline.payload import RateDirection, make_payload
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES


def names(body: Mapping[str, Any]) -> Iterator[str]:
    for name, value in body.items():
        if isinstance(value, list):
            yield from (f"{name}.{inner}" for line in value for inner in line)
        else:
            yield name


@pytest.mark.parametrize(
    ("kind", "sample"),
    [(EntryKind.SALES, "S1"), (EntryKind.PURCHASE, "P1"), (EntryKind.MEMORIAL, "J1")],
)
def test_entry_with_every_field_filled_is_sent_in_just_these_fields(kind: EntryKind, sample: str) -> None:
    entry = SAMPLES[sample]
    charged = SAMPLES["S1"].lines[0].vat_code
    line = replace(
        entry.lines[0], vat_code=charged, cost_centre="INZ", cost_unit="REST", party=SAMPLES["S1"].party
    )
    filled = replace(
        entry,
        due_date=date(2026, 11, 14),
        payment_term="30",
        rate=Decimal("0.9"),
        g_account_amount=Decimal("1.00"),
        lines=(line,),
    )

    payload = make_payload(filled, make_chart(entry.administration), RateDirection.BOOKS_PER_CURRENCY)

    assert entry.kind is kind
    assert set(names(json.loads(payload.body))) == set(LINEAGE_FIELDS[kind])
