"""Every package on the bench, in every position of what nobody documents about it."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.entry import Entry
from tests.contract.bench import Bench, opened
from tests.contract.benches import BENCHES


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, module_store_url: str) -> Iterator[Bench]:
    with opened(lambda: BENCHES[request.param](module_store_url)) as made:
        yield made


@pytest.fixture
def sale(bench: Bench) -> Entry:
    return bench.sale
