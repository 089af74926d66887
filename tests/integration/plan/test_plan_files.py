"""A plan counts the calls that attach files, of tonight's bookings and of those that still wait."""

from collections.abc import Iterator

import pytest

from tests.contract.afas.afas_bench import AfasBench
from tests.contract.exactonline.exact_bench import ExactBench
from tests.integration.chain.chain import Chain
from tests.integration.plan.comparing import Comparison, differences

COUNT = 60


@pytest.fixture(params=["exact_nl", "afas_nl"])
def attaching(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Comparison]:
    chain = Chain(store_url, request.param, monkeypatch)
    assert isinstance(chain.bench, ExactBench | AfasBench)
    chain.bench.attach_pdfs()
    yield Comparison(chain)
    chain.close()


def test_plan_counts_the_calls_that_attach_files(attaching: Comparison) -> None:
    chain = attaching.chain
    chain.generate(COUNT)
    attaching.plan()
    chain.prepare("first")
    attaching.relatives.relate("first")
    chain.load_until_done("first")
    chain.compare("first")
    chain.generate(10, seed=2)

    plan = attaching.plan()
    night = attaching.night("second")

    assert plan.counted is not None
    assert {calls.step for calls in plan.counted.calls} >= {"attach", "load", "reconcile"}
    assert plan.uncounted == ()
    assert differences(plan, night) == []


def test_plan_of_a_night_with_files_equals_the_night(attaching: Comparison) -> None:
    attaching.chain.generate(20)

    plan = attaching.plan()
    night = attaching.night()

    assert differences(plan, night) == []
