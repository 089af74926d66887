"""Exact's Dutch site as it is documented, on the bench."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.exactonline.exact_bench import ExactBench


@pytest.fixture
def exact(module_store_url: str) -> Iterator[ExactBench]:
    before = dict(os.environ)
    made = ExactBench(country="NL", store_url=module_store_url)
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)
