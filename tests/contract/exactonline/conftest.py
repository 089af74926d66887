"""Exact's Dutch site as it is documented, on the bench."""

from collections.abc import Iterator

import pytest

from tests.contract.bench import opened
from tests.contract.exactonline.exact_bench import ExactBench
from tests.contract.exactonline.uploading import UPLOADING


@pytest.fixture
def exact(module_store_url: str) -> Iterator[ExactBench]:
    with opened(lambda: ExactBench(module_store_url)) as made:
        yield made


@pytest.fixture
def uploading(module_store_url: str) -> Iterator[ExactBench]:
    """Give it a connection that uploads, and a chart that is read."""
    with opened(lambda: ExactBench(module_store_url, UPLOADING)) as made:
        made.hook().read_chart(made.administration)
        yield made
