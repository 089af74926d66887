"""Every package on the bench, in every position of what nobody documents about it."""

from collections import defaultdict
from collections.abc import Iterator

import pytest

from finance_hooks.model.entry import Entry
from tests.contract.bench import Bench, opened
from tests.contract.benches import BENCHES


@pytest.fixture(scope="session")
def charts() -> defaultdict[str, dict[tuple[str, str], str]]:
    return defaultdict(dict)


@pytest.fixture(params=BENCHES)
def bench(
    request: pytest.FixtureRequest,
    module_store_url: str,
    charts: defaultdict[str, dict[tuple[str, str], str]],
) -> Iterator[Bench]:
    with opened(lambda: BENCHES[request.param](module_store_url)) as made:
        # Charts are kept half a day; that they are read at all has a test of its own.
        made.know_chart(charts[request.param])
        yield made


@pytest.fixture
def sale(bench: Bench) -> Entry:
    return bench.sale
