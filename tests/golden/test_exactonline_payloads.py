"""Every sample document is written for Exact as the expected file says."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.targets.exactonline.payload import RateDirection, make_payload
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES

EXPECTED = Path(__file__).parent / "exactonline"


@pytest.mark.golden
@pytest.mark.parametrize("name", SAMPLES)
def test_sample_is_written_as_expected(name: str, golden: Callable[[Path, str], None]) -> None:
    entry = SAMPLES[name]

    payload = make_payload(entry, make_chart(entry.administration), RateDirection.BOOKS_PER_CURRENCY)

    golden(EXPECTED / f"{name}.json", _readable(payload.resource, payload.body))


def _readable(resource: str, body: str) -> str:
    """Spread a body over lines without touching the digits of its amounts."""
    amounts: list[str] = []

    def keep(digits: str) -> Decimal:
        amounts.append(digits)
        return Decimal(digits)

    content = json.loads(body, parse_float=keep)
    text = json.dumps({"resource": resource, "body": content}, indent=2, ensure_ascii=False, default=str)
    for digits in amounts:
        text = text.replace(f'"{digits}"', digits, 1)
    return text + "\n"
