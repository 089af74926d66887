"""AccountView as it is thought to behave, on the bench."""

from collections.abc import Iterator

import pytest

from tests.contract.accountview.accountview_bench import AccountViewBench
from tests.contract.bench import opened


@pytest.fixture
def accountview(module_store_url: str) -> Iterator[AccountViewBench]:
    with opened(lambda: AccountViewBench(module_store_url)) as made:
        yield made
