"""Every sample document is written for AFAS as the expected file says."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.targets.afas.payload import RateDirection, make_payload
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES

EXPECTED = Path(__file__).parent / "afas"
ENTRIES = {**SAMPLES, **OTHERS}


@pytest.mark.golden
@pytest.mark.parametrize("name", ENTRIES)
def test_sample_is_written_as_expected(name: str, golden: Callable[[Path, str], None]) -> None:
    body = make_payload(ENTRIES[name], sample_chart(), RateDirection.CURRENCY_PER_BOOKS)

    golden(EXPECTED / f"{name.replace(' ', '_')}.json", _readable(body))


def _readable(body: str) -> str:
    """Spread a body over lines without touching the digits of its amounts."""
    amounts: list[str] = []

    def keep(digits: str) -> Decimal:
        amounts.append(digits)
        return Decimal(digits)

    content = json.loads(body, parse_float=keep)
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    for digits in amounts:
        text = text.replace(f'"{digits}"', digits, 1)
    return text + "\n"
