"""Random invoices: every one booked to the cent or parked, and with its credit it leaves nothing behind."""

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS
from tests.integration.chain.random_invoices import book_all, tally, wish

COUNT = 60


@pytest.mark.parametrize(("sync_id", "seed"), [(sync_id, place) for place, sync_id in enumerate(SYNC_IDS, 1)])
def test_random_invoices_equal_the_source_to_the_cent_or_are_parked(
    sync_id: str, seed: int, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.source_emulator.load({"generate": wish(chain, COUNT, seed)})

    report = book_all(chain)
    found = tally(chain, report)
    chain.close()

    assert (found.differing, found.doubled, found.lost, found.not_netting) == ((), (), (), ())
    assert found.shifted_apart == () or chain.bench.computes_shifted_vat
    assert found.booked + sum(found.parked.values()) == found.documents == COUNT
    # Only a total that its own VAT method would not give is parked.
    assert set(found.parked) <= {"vat_disagrees"}
    assert report.difference == 0
    assert (report.unknown, report.waiting) == (0, 0)
    assert found.pairs_booked > 3
    assert found.inclusive > 3
