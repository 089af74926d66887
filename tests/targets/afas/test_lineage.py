"""Lineage names every field that AFAS is sent, and none that it never is."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.lineage import LINEAGE_FIELDS
from finance_hooks.targets.afas.payload import RateDirection, make_payload
from tests.targets.afas.sample_chart import chart_of, lists
from tests.targets.afas.samples import OTHERS, SAMPLES

WITHOUT_ORIGIN = {"UnId", "FiEntries.VaAs"}


def both_axes_on() -> AfasChart:
    accounts = [{**row, "DimAx2": "B"} for row in lists()["ledger_accounts"]]
    return chart_of({**lists(), "ledger_accounts": accounts})


def names(element: Mapping[str, Any], under: str = "") -> Iterator[str]:
    yield from (f"{under}{name}" for name in element["Fields"])
    for below in element.get("Objects", []):
        for name, content in below.items():
            for part in content["Element"]:
                yield from names(part, f"{name}.")


@pytest.mark.parametrize(
    ("kind", "sample"),
    [
        (EntryKind.SALES, SAMPLES["S7"]),
        (EntryKind.PURCHASE, SAMPLES["P1"]),
        (EntryKind.MEMORIAL, OTHERS["memorial on a debtor"]),
    ],
)
def test_entry_with_every_field_filled_is_sent_in_just_these_fields(kind: EntryKind, sample: Any) -> None:
    lines = [replace(line, vat_code=line.vat_code or "1", cost_unit="REST") for line in sample.lines]
    filled = replace(sample, g_account_amount=Decimal("1.00"), lines=tuple(lines))
    if kind is not EntryKind.MEMORIAL:
        filled = replace(filled, rate=Decimal("0.9"), currency="USD")

    body = json.loads(make_payload(filled, both_axes_on(), RateDirection.CURRENCY_PER_BOOKS))

    sent = set(names(body["FiEntryPar"]["Element"])) - WITHOUT_ORIGIN
    assert filled.kind is kind
    assert sent == set(LINEAGE_FIELDS[kind])
