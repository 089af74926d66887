"""Every package under test, with its undocumented facts one way and the other."""

import os
from collections.abc import Callable, Iterator, Mapping

import pytest

from finance_hooks.model.entry import Entry
from tests.contract.bench import Bench
from tests.contract.exactonline.exact_bench import ExactBench

OTHER_WAY_ROUND = {
    "user_language": "en",
    "early_refresh_status": 401,
    "old_refresh_token_dies": "used",
    "error_limit_status": 403,
    "mandatory_filtering": True,
    "date_only_literals": False,
    "bare_list_with_top": False,
    "minimal_post_answer": False,
    "binary_tails": True,
    "vat_rounding": "per_code",
    "vat_lines": "per_line",
    "rate_direction": "fc_per_dc",
    "credit_type_sign": "type",
    "foreign_guid": "drop",
    "text_too_long": "cut",
    "duplicate_your_ref": "refused",
    "final_after_s": 0,
}
BENCHES: Mapping[str, Callable[[str], Bench]] = {
    "exactonline NL": lambda store_url: ExactBench(country="NL", store_url=store_url),
    "exactonline NL, the other way round": lambda store_url: ExactBench(
        country="NL",
        store_url=store_url,
        switches=OTHER_WAY_ROUND,
        rate_direction="currency_per_books",
    ),
    "exactonline BE": lambda store_url: ExactBench(country="BE", store_url=store_url),
}


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
