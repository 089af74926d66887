"""Exact's Dutch site as it is documented, on the bench."""

from collections.abc import Iterator

import pytest

from tests.contract.bench import opened
from tests.contract.exactonline.exact_bench import ExactBench


@pytest.fixture
def exact(module_store_url: str) -> Iterator[ExactBench]:
    with opened(lambda: ExactBench(module_store_url)) as made:
        yield made
