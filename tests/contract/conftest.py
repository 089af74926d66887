"""Every package under test, with its undocumented facts one way and the other."""

import os
from collections.abc import Iterator

import pytest

from finance_hooks.model.entry import Entry
from tests.contract.bench import Bench
from tests.contract.benches import BENCHES


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, module_store_url: str) -> Iterator[Bench]:
    before = dict(os.environ)
    made = BENCHES[request.param](module_store_url)
    yield made
    made.close()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def sale(bench: Bench) -> Entry:
    return bench.entries()["sales"]
