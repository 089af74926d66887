"""What the package's own chart rules out is planned as parked, and costs no call that books."""

from collections.abc import Iterator

import pytest

from finance_hooks.posting.planned import Place
from tests.integration.chain.chain import Chain
from tests.integration.plan.comparing import Comparison, differences
from tests.targets.accountview.brief_entries import COMPANY


@pytest.fixture
def accountview(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Comparison]:
    chain = Chain(store_url, "accountview_nl", monkeypatch)
    yield Comparison(chain)
    chain.close()


@pytest.mark.parametrize("is_chart_kept", [False, True])
def test_account_that_is_blocked_parks_its_documents_in_plan_and_run(
    accountview: Comparison, *, is_chart_kept: bool
) -> None:
    chain = accountview.chain
    chain.generate(20)
    free = accountview.plan()
    account = next(free.entries).lines[0].ledger_account
    chain.bench.control("load", {COMPANY: {"LEDGER": [{"ACCT_NR": account, "REC_BLK": True}]}})
    if is_chart_kept:
        chain.bench.hook().read_chart(chain.administration.target_administration)

    plan = accountview.plan()
    night = accountview.night()

    assert plan.places[Place.PARKED] > 0
    assert plan.places[Place.BOOK] > 0
    assert differences(plan, night) == []
