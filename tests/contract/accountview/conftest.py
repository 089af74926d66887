"""AccountView as it is thought to behave, on the bench."""

import os
from collections.abc import Iterator

import pytest

from tests.contract.accountview.accountview_bench import AccountViewBench


@pytest.fixture
def accountview(module_store_url: str) -> Iterator[AccountViewBench]:
    before = dict(os.environ)
    made = AccountViewBench(module_store_url)
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)
