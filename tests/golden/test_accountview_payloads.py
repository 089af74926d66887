"""Every sample document is written for AccountView as the expected file says."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.targets.accountview.conventions import Conventions
from finance_hooks.targets.accountview.payload import make_page, write_page
from tests.targets.accountview.samples import OTHERS, SAMPLES

EXPECTED = Path(__file__).parent / "accountview"
NAMED = {**SAMPLES, **{name.replace(" ", "_"): entry for name, entry in OTHERS.items()}}


@pytest.mark.golden
@pytest.mark.parametrize("name", NAMED)
def test_sample_is_written_as_expected(name: str, golden: Callable[[Path, str], None]) -> None:
    entry = NAMED[name]

    body = write_page(entry, make_page(entry, Conventions()))

    golden(EXPECTED / f"{name}.json", _readable(body))


def _readable(body: str) -> str:
    """Spread a body over lines, a row of values each, without touching the digits of its amounts."""
    amounts: list[str] = []

    def keep(digits: str) -> Decimal:
        amounts.append(digits)
        return Decimal(digits)

    content = json.loads(body, parse_float=keep)
    text = json.dumps(content, indent=2, ensure_ascii=False, default=str)
    for digits in amounts:
        text = text.replace(f'"{digits}"', digits, 1)
    return _SMALL.sub(lambda found: " ".join(found[0].split()), text) + "\n"


_SMALL = re.compile(r"\{\s+\"Name\": [^{}]*\"FieldType\": [^{}]*\}|\[[^\[\]{}]*\]")
