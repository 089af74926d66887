"""The demo: sample documents of every organisation and the manifest of what should become of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from emulators.qubz.demo_be import demo_be
from emulators.qubz.demo_purchases_nl import memorials_nl, purchases_nl
from emulators.qubz.demo_refused_nl import refused_nl
from emulators.qubz.demo_sales_nl import sales_nl
from emulators.qubz.masters import SEEDED_AS
from emulators.qubz.sample import Calendar, Sample


def demo(today: date) -> Iterator[Sample]:
    """Make every sample, dated relative to today."""
    days = Calendar(today)
    for organisation, seeded_as in SEEDED_AS.items():
        for sample in _SAMPLES[seeded_as](days):
            yield sample if organisation == seeded_as else _of(organisation, sample)


def demo_rows(today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Make the samples as resource and row."""
    for sample in demo(today):
        yield sample.resource, sample.row


def manifest(today: date) -> list[dict[str, Any]]:
    """List the samples and what should become of them; the gross of a memorial is its sum of debit."""
    return [
        {
            "name": sample.name,
            "organisation": sample.row["Organisation"],
            "resource": sample.resource,
            "id": sample.row["Id"],
            "number": sample.row.get("InvoiceNumber") or sample.row["EntryNumber"],
            "outcome": sample.outcome,
            "rules": list(sample.rules),
            "gross": str(_gross(sample.row)),
        }
        for sample in demo(today)
    ]


def _dutch(days: Calendar) -> Iterator[Sample]:
    yield from sales_nl(days)
    yield from purchases_nl(days)
    yield from memorials_nl(days)
    yield from refused_nl(days)


_SAMPLES: dict[str, Callable[[Calendar], Iterator[Sample]]] = {"100": _dutch, "200": demo_be}


def _of(organisation: str, sample: Sample) -> Sample:
    """Make the document another organisation's own: the same numbers, under a key of its own."""
    own = {"Organisation": organisation, "Id": sample.row["Id"] + (int(organisation) - 100) * 100}
    return replace(sample, row=sample.row | own)


def _gross(row: dict[str, Any]) -> object:
    return row.get("TotalGross", sum(line.get("Debit", 0) for line in row["Lines"]))
