"""Debtors and creditors are found, made and kept up to date before documents are booked on them."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.party import MatchedBy, PartyState
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import VAT_NUMBER, Relatives

TWIN, TWINS_NAME = "88002", "Nog Eens Dezelfde B.V."
SYNC_IDS = ["exact_nl", "twinfield_nl", "afas_nl", "accountview_nl"]


@pytest.fixture(params=SYNC_IDS)
def relatives(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Relatives]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield Relatives(chain)
    chain.close()


def test_new_debtor_is_made_and_booked_on_the_same_night(relatives: Relatives) -> None:
    relatives.invoice()

    counts, report = relatives.night()

    assert counts["created"] == 1
    assert (report.booked, report.red) == (1, ())
    (made,) = relatives.named()
    assert made.code == relatives.own_code()
    assert made.vat_number == VAT_NUMBER
    link = relatives.link()
    assert link is not None
    assert (link.state, link.matched_by) == (PartyState.LINKED, MatchedBy.CREATED)


def test_four_full_syncs_make_nothing_new_and_write_nothing(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.night("first")
    written, there = relatives.writing_calls(), len(relatives.relations())

    for number in range(4):
        relatives.forget()
        relatives.night(f"again {number}")

    assert relatives.writing_calls() == written
    assert len(relatives.relations()) == there
    assert relatives.chain.states() == {"booked": 1}


def test_night_without_news_about_parties_makes_no_call_for_them(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.night("first")
    relatives.invoice()
    relatives.chain.prepare("second")
    before = len(list(relatives.chain.bench.calls()))

    counts = relatives.relate("second")

    assert counts == {}
    assert len(list(relatives.chain.bench.calls())) == before


def test_lost_answer_is_looked_up_and_not_sent_again(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.chain.bench.place(effect="lost_answer", **relatives.kit.fault)

    counts, report = relatives.night()

    assert counts["unknown"] >= 1
    assert relatives.writing_calls() == 1
    assert len(relatives.named()) == 1
    assert (report.booked, report.red) == (1, ())


@pytest.mark.parametrize("effect", ["lost_answer", "reset"])
def test_second_party_with_the_same_number_waits_for_the_first_ones_lost_answer(
    relatives: Relatives, effect: str
) -> None:
    relatives.put_party(TWIN, Name=TWINS_NAME)
    relatives.invoice()
    relatives.invoice(TWIN)
    relatives.chain.bench.place(effect=effect, **relatives.kit.fault)

    _, report = relatives.night()

    assert [each.name for each in relatives.relations() if each.vat_number == VAT_NUMBER] == [
        relatives.named()[0].name
    ]
    assert (report.booked, report.parked) == (1, 1)
    assert list(relatives.reasons().values()) == [["party_ambiguous"]]


def test_request_that_was_lost_is_sent_again_after_the_settle_time_only(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.chain.bench.place(effect="reset", **relatives.kit.fault)
    started = relatives.chain.now()

    counts, report = relatives.night()

    assert (counts["absent"], counts["created"]) == (1, 1)
    assert (relatives.chain.now() - started).total_seconds() >= relatives.target.settings.settle_s
    assert len(relatives.named()) == 1
    assert (report.booked, report.red) == (1, ())


def test_changed_name_alone_is_written_and_what_people_filled_in_stays(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.night("first")
    relatives.put_party(Name="Nieuwe Klant Beheer B.V.", InvoiceEmail="anders@example.org")
    relatives.invoice()

    counts, _ = relatives.night("second")

    assert counts["updated"] == 1
    (changed,) = relatives.named("Nieuwe Klant Beheer B.V.")
    assert changed.code == relatives.own_code()
    assert changed.vat_number == VAT_NUMBER
    assert "anders@example.org" not in changed.fields.values()
