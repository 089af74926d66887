"""Every sample document is written as eExact XML as the expected file says, and is valid."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.exactonline.eexact import write_document, write_transaction
from finance_hooks.targets.exactonline.payload import RateDirection
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import OTHERS, SAMPLES

EXPECTED = Path(__file__).parent / "exactonline" / "eexact"
SCHEMA = Path(__file__).parent.parent / "schemas" / "eexact.rng"
ENTRIES = {**SAMPLES, **OTHERS}


@pytest.mark.golden
@pytest.mark.parametrize("name", ENTRIES)
def test_sample_is_written_as_expected(name: str, golden: Callable[[Path, str], None]) -> None:
    document = written(ENTRIES[name])

    golden(EXPECTED / f"{name.replace(' ', '_')}.xml", readable(document))


@pytest.mark.parametrize("name", ENTRIES)
def test_sample_is_valid(name: str) -> None:
    schema = etree.RelaxNG(etree.parse(SCHEMA))

    schema.assertValid(etree.fromstring(written(ENTRIES[name])))


def written(entry: Entry) -> bytes:
    chart = make_chart(entry.administration)
    return write_document([write_transaction(entry, chart, RateDirection.BOOKS_PER_CURRENCY)])


def readable(document: bytes) -> str:
    return etree.tostring(etree.fromstring(document), pretty_print=True, encoding="unicode")
