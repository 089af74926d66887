"""What policy, limits, refusals and deaths make of relations; one package stands for all."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.party import MatchedBy, PartyState, Role
from tests.integration.chain.chain import Chain
from tests.integration.chain.relatives import NAME, VAT_NUMBER, Relatives

LISTED = {"path": "*/bulk/CRM/Accounts", "method": "GET"}


@pytest.fixture
def relatives(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Relatives]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield Relatives(chain)
    chain.close()


def events(relatives: Relatives) -> list[str]:
    chosen = sa.text("SELECT name FROM event WHERE name LIKE 'party%' ORDER BY event_id")
    with relatives.chain.engine.begin() as connection:
        return list(connection.execute(chosen).scalars())


def test_proposing_writes_nothing_and_lists_what_would_be_written(relatives: Relatives) -> None:
    relatives.policy(RelationsPolicy.PROPOSE)
    number = relatives.invoice()

    relatives.night("first")

    assert relatives.writing_calls() == 0
    assert relatives.reasons() == {number: ["party_not_written"]}
    link = relatives.link()
    assert link is not None
    assert link.proposal is not None
    assert link.proposal["fields"]["VATNumber"] == VAT_NUMBER

    relatives.policy(RelationsPolicy.WRITE)
    _, report = relatives.night("second")

    assert (report.booked, report.parked) == (1, 0)


def test_proposed_change_keeps_no_document_and_is_written_once_policy_lets_it(relatives: Relatives) -> None:
    relatives.put(relatives.own_code(), "Oude Naam", vat_number=VAT_NUMBER)
    relatives.policy(RelationsPolicy.PROPOSE)
    relatives.invoice()

    counts, report = relatives.night("first")

    assert (counts["proposed"], report.booked) == (1, 1)
    assert relatives.named() == []

    relatives.policy(RelationsPolicy.WRITE)
    relatives.invoice()
    relatives.night("second")

    assert len(relatives.named()) == 1


def test_proposed_side_parks(relatives: Relatives) -> None:
    relatives.put(relatives.own_code(), NAME, roles=(Role.CREDITOR,), vat_number=VAT_NUMBER)
    relatives.policy(RelationsPolicy.PROPOSE)
    number = relatives.invoice()

    relatives.night()

    assert relatives.reasons() == {number: ["party_side_missing"]}
    assert relatives.writing_calls() == 0


def test_relation_that_a_person_unblocks_is_booked_on_the_next_night(relatives: Relatives) -> None:
    code = relatives.own_code()
    relatives.put(code, NAME, vat_number=VAT_NUMBER, blocked=True)
    number = relatives.invoice()
    relatives.night("first")
    assert relatives.reasons() == {number: ["party_blocked"]}

    account = next(
        row
        for row in relatives.chain.exact.emulator.books_of(1234567).rows("crm/Accounts")
        if row["Code"].strip() == code
    )
    account["Blocked"] = False
    _, report = relatives.night("second")

    assert (report.booked, report.parked) == (1, 0)


def test_refused_relation_parks_in_the_packages_words_and_is_sent_once_a_day(relatives: Relatives) -> None:
    relatives.put_party(InvoiceEmail="geen adres")
    number = relatives.invoice()
    relatives.night("first")
    relatives.night("again")

    assert relatives.reasons() == {number: ["party_refused"]}
    assert "Ongeldig: Email" in relatives.details()
    assert "Ongeldig: Email" not in relatives.events()
    assert relatives.writing_calls() == 1

    relatives.put_party()
    relatives.chain.clock.sleep(24 * 3600)
    _, report = relatives.night("next day")

    assert (report.booked, report.parked) == (1, 0)


def test_change_that_is_refused_keeps_no_document_from_being_booked(relatives: Relatives) -> None:
    relatives.put(relatives.own_code(), "Oude Naam", vat_number=VAT_NUMBER)
    relatives.invoice()
    body = '{"error": {"code": "", "message": {"lang": "", "value": "Ongeldig: Naam"}}}'
    fault = {**relatives.kit.fault, "method": "PUT"}
    relatives.chain.bench.place(effect="status", status=500, body=body, **fault)

    counts, report = relatives.night("first")

    assert (counts["refused"], report.booked) == (1, 1)
    link = relatives.link()
    assert link is not None
    assert link.proposal is not None
    assert "Ongeldig: Naam" in link.proposal["why"]

    relatives.invoice()
    counts, _ = relatives.night("second")

    assert counts == {}


@pytest.mark.parametrize("where", ["party_claimed", "party_answered"])
def test_death_of_a_writer_is_settled_by_what_the_package_shows(relatives: Relatives, where: str) -> None:
    def die(name: str) -> None:
        if name == where:
            raise SystemExit(name)

    relatives.invoice()
    relatives.chain.prepare("first")
    relatives.chain.checkpoint = die
    with pytest.raises(SystemExit):
        relatives.relate("first")
    relatives.chain.checkpoint = lambda _name: None
    relatives.chain.clock.sleep(600)

    counts, report = relatives.night("second")

    assert counts["orphaned"] == 1
    assert len(relatives.named()) == 1
    assert (report.booked, report.red) == (1, ())
    made = MatchedBy.CREATED if where == "party_claimed" else MatchedBy.CODE
    link = relatives.link()
    assert link is not None
    assert (link.state, link.matched_by) == (PartyState.LINKED, made)
    assert "party_unknown" in events(relatives)


def test_relations_that_may_not_be_read_park_only_who_is_not_known_yet(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.night("first")
    relatives.put_party("88002", Name="Tweede", VatNumber=None, CocNumber=None)
    known, new = relatives.invoice(), relatives.invoice("88002")
    relatives.chain.prepare("second")
    relatives.chain.bench.place(effect="status", status=403, **LISTED)

    relatives.relate("second")
    relatives.chain.load_until_done("second")

    assert relatives.reasons() == {new: ["party_refused"]}
    assert known in relatives.booked_on()


def test_relations_that_cannot_be_read_just_now_are_read_by_the_next_try(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.chain.prepare()
    relatives.chain.bench.place(effect="status", status=503, **LISTED)

    with pytest.raises(TemporaryFailure):
        relatives.relate()

    assert relatives.relate()["created"] == 1


def test_limit_on_a_write_is_waited_for(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.chain.bench.place(effect="throttle", delay_s=60, **relatives.kit.fault)

    counts, report = relatives.night()

    assert (counts["later"], counts["created"], report.booked) == (1, 1, 1)


def test_backfill_leaves_an_unanswered_write_to_the_night(relatives: Relatives) -> None:
    relatives.invoice()
    relatives.chain.is_backfill = True
    relatives.chain.bench.place(effect="reset", **relatives.kit.fault)

    counts, report = relatives.night("backfill")

    assert (counts["unknown"], counts["waiting"]) == (1, 1)
    assert (report.booked, report.waiting) == (0, 1)

    relatives.chain.is_backfill = False
    relatives.chain.clock.sleep(3600)
    _, report = relatives.night("night")

    assert (report.booked, len(relatives.named())) == (1, 1)
