"""A code of an administration is only ever a code, whatever a mapping file says it is."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.registry import TARGETS
from tests.contract.bench import Bench, opened
from tests.contract.benches import bench_of, positions_of

CODES = ("1/../{own}", "../../x", "..", "{own}?x=1", "{own}#x", "{own}%2F..", "' or 1 eq 1", '"><x/>', "*")


@pytest.fixture(params=sorted(TARGETS))
def bench(request: pytest.FixtureRequest, store_url: str) -> Iterator[Bench]:
    slug = request.param
    with opened(lambda: bench_of(slug)(store_url, positions_of(slug)["NL"])) as made:
        yield made


def test_a_code_that_is_none_reads_no_other_administration(bench: Bench) -> None:
    bench.hook().read_chart(bench.administration)

    for code in CODES:
        hostile = code.format(own=bench.administration)
        before = len(list(bench.calls()))
        with pytest.raises((ConfigurationError, TemporaryFailure)):
            bench.hook().read_chart(hostile)
        called = list(bench.calls())[before:]
        assert not any(".." in unquote(call["path"]).split("/") and call["status"] == 200 for call in called)
        assert bench.books() == []
