"""A row of administrations.csv that is changed during a night leads nothing into another administration."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.prepare import prepare
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import Relatives

ANOTHER = {"exact_nl": "1234568", "twinfield_nl": "NL43", "afas_nl": "2", "accountview_nl": "VB02"}
"""Of every package an administration that the same connection may book in."""


@pytest.fixture(params=list(ANOTHER))
def chain(request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield chain
    chain.close()


def lead_astray(chain: Chain) -> None:
    there = ANOTHER[chain.sync_id]
    chain.administration = replace(chain.administration, target_administration=there)


def test_row_that_leads_elsewhere_after_documents_were_received_maps_and_books_nothing(chain: Chain) -> None:
    chain.generate(6)
    chain.prepare("first")
    right = chain.administration
    lead_astray(chain)

    with pytest.raises(ConfigurationError, match="administration code"):
        prepare(chain.work("first"), chain.source, chain.mapping())
    chain.load("first")
    assert chain.bench.books() == []

    chain.administration = right
    report = chain.night("second")
    assert (report.booked, report.parked, report.red) == (6, 0, ())
    assert {entry["administration"] for entry in chain.bench.books()} == {right.target_administration}


def test_row_that_leads_elsewhere_makes_no_relation_there(chain: Chain) -> None:
    relatives = Relatives(chain)
    relatives.invoice()
    chain.prepare("first")
    lead_astray(chain)

    assert relatives.relate("first") == {}
    assert relatives.writing_calls() == 0
