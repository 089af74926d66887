"""What the source changes after it was booked is reversed and booked anew, in every package, never overwritten."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.administration import CorrectionPolicy
from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges, entries, net, open_findings

PACKAGES = ("exact_nl", "twinfield_nl", "afas_nl", "accountview_nl")
SALES, PURCHASES, MEMORIALS = "salesinvoices", "purchaseinvoices", "memorials"


@pytest.fixture
def source(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SourceChanges]:
    sync_id, policy = request.param
    chain = Chain(store_url, sync_id, monkeypatch, correction_policy=policy)
    yield SourceChanges(chain)
    chain.close()


reversing = pytest.mark.parametrize(
    "source", [(name, CorrectionPolicy.REVERSE) for name in PACKAGES], indirect=True
)
exact = pytest.mark.parametrize("source", [("exact_nl", CorrectionPolicy.REVERSE)], indirect=True)
by_person = pytest.mark.parametrize("source", [("exact_nl", CorrectionPolicy.PERSON)], indirect=True)


@reversing
def test_changed_and_cancelled_documents_are_reversed_and_booked_anew_once(source: SourceChanges) -> None:
    chain = source.chain
    changed = {kind: source.issue(kind) for kind in (SALES, PURCHASES, MEMORIALS)}
    cancelled, untouched = source.issue(SALES), source.issue(PURCHASES)
    first = chain.night("first")
    assert (first.booked, first.red) == (5, ())

    for kind, number in changed.items():
        source.rewrite(kind, number)
    source.change(SALES, cancelled, Status="Cancelled")
    second = chain.night("second")

    assert second.red == ()
    assert (second.documents, second.booked, second.already_booked, second.withdrawn) == (4, 3, 1, 1)
    assert second.difference == 0
    assert len(chain.bench.books()) == 5 + 4 + 3
    for number in (*changed.values(), cancelled):
        named = entries(chain, number)
        assert net(chain, [named["book", 1], named["reverse", 1]]) == {}
    assert open_findings(chain) == []
    places = {(one["document"], one["purpose"], one["n"]): one["place"] for one in second.corrections}
    assert places == {
        **{(number, "reverse", 1): "booked" for number in (*changed.values(), cancelled)},
        **{(number, "book", 2): "booked" for number in changed.values()},
    }

    sent = chain.bench.posting_calls()
    third = chain.night("third")

    assert (third.booked, third.already_booked, third.red) == (0, 4, ())
    assert chain.bench.posting_calls() == sent
    assert untouched not in {one["document"] for one in third.corrections}
