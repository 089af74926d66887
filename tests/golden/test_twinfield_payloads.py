"""Every sample document is written for Twinfield as the expected file says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from finance_hooks.targets.twinfield.payload import Manner, make_batch, make_transaction
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import OTHERS, SAMPLES

EXPECTED = Path(__file__).parent / "twinfield"
PROVISIONAL = Manner(is_final=False, free_text_field=None)
ENTRIES = {**SAMPLES, **OTHERS}


@pytest.mark.golden
@pytest.mark.parametrize("name", ENTRIES)
def test_sample_is_written_as_expected(name: str, golden: Callable[[Path, str], None]) -> None:
    entry = ENTRIES[name]

    transaction = make_transaction(entry, make_chart(entry.administration), PROVISIONAL)

    golden(EXPECTED / f"{name.replace(' ', '_')}.xml", _readable(make_batch([transaction])))


def _readable(document: etree._Element) -> str:
    return etree.tostring(document, pretty_print=True, encoding="unicode")
