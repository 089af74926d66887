"""AFAS as it is documented, on the bench."""

from collections.abc import Iterator

import pytest

from tests.contract.afas.afas_bench import AfasBench
from tests.contract.bench import opened


@pytest.fixture
def afas() -> Iterator[AfasBench]:
    with opened(AfasBench) as made:
        yield made
