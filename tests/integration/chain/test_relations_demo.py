"""Every sample of the demo becomes what its manifest says when relations are brought up to date first."""

from collections.abc import Iterator

import pytest

from emulators.qubz.demo import demo_rows, manifest
from finance_hooks.mapping.administrations import read_administrations
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import Relatives

SYNC_IDS = [row.sync_id for row in read_administrations() if row.sync_id]


@pytest.fixture(params=SYNC_IDS)
def relatives(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Relatives]:
    chain = Chain(store_url, request.param, monkeypatch)
    for resource, row in demo_rows(chain.today):
        chain.source_emulator.documents.put(resource, row)
    yield Relatives(chain, new_customer=False)
    chain.close()


def test_demo_is_booked_and_parked_as_its_manifest_says(relatives: Relatives) -> None:
    organisation = relatives.chain.administration.organisation
    wanted = {"booked": 0, "parked": 0}
    for sample in manifest(relatives.chain.today):
        if sample["organisation"] == organisation and sample["outcome"] in wanted:
            wanted[sample["outcome"]] += 1
    there = len(relatives.relations())

    counts, report = relatives.night()

    assert (report.booked, report.parked) == (wanted["booked"], wanted["parked"])
    assert report.difference == 0
    assert not {code for codes in relatives.reasons().values() for code in codes if "party" in code}
    assert counts["parked"] == 0
    assert len(relatives.relations()) == there + counts["created"]
