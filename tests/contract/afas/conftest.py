"""AFAS as it is documented, on the bench."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.afas.afas_bench import AfasBench


@pytest.fixture
def afas() -> Iterator[AfasBench]:
    before = dict(os.environ)
    made = AfasBench()
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)
