"""What may still be worked on is not sent again, for its own party or for one that may be the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from finance_hooks.model.masters import Party
from finance_hooks.model.party import PartyKey, PartySides, PartyState, Role
from finance_hooks.posting.party_under_way import UnderWay, may_be_one
from finance_hooks.posting.party_values import want_party
from finance_hooks.posting.relating import Relations
from finance_hooks.store.party_links import StoredLink
from tests.mapping.examples import some_masters
from tests.posting.test_party_values import FIELDS, NEED, PARTY

D, C = Role.DEBTOR, Role.CREDITOR
TOGETHER = [PartySides.ONE_RELATION, PartySides.ONE_ORGANISATION]
STRANGER = replace(PARTY, number="88002", vat_number="NL112233016B01", coc_number="45678923")
SAME_VAT = replace(STRANGER, vat_number="NL112233004B01")
SAME_KVK = replace(STRANGER, coc_number="34567812")
NO_VALID_NUMBER = replace(STRANGER, vat_number="NL112233005B01", coc_number="1")


@pytest.mark.parametrize("sides", TOGETHER)
@pytest.mark.parametrize("other", [PARTY, SAME_VAT, SAME_KVK])
def test_both_sides_of_one_party_or_number_may_be_one_relation(sides: PartySides, other: Party) -> None:
    assert may_be_one(("88001", D), PARTY, (other.number, C), other, sides)


@pytest.mark.parametrize("other", [PARTY, SAME_VAT, SAME_KVK])
def test_a_package_that_keeps_sides_apart_makes_two_of_a_debtor_and_a_creditor(other: Party) -> None:
    assert not may_be_one(("88001", D), PARTY, (other.number, C), other, PartySides.SEPARATE)
    assert may_be_one(("88001", C), PARTY, (other.number, C), other, PartySides.SEPARATE)


@pytest.mark.parametrize("sides", PartySides)
@pytest.mark.parametrize("other", [STRANGER, NO_VALID_NUMBER])
def test_parties_without_a_valid_number_in_common_are_two(sides: PartySides, other: Party) -> None:
    assert not may_be_one(("88001", D), PARTY, (other.number, D), other, sides)


READ_AT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
SETTLE_S = 300
JUST_SENT, LONG_SENT = READ_AT - timedelta(seconds=299), READ_AT - timedelta(seconds=300)
WANTED = want_party(NEED, PARTY, FIELDS, {})


def under_way(links: dict[PartyKey, StoredLink], *parties: Party) -> UnderWay:
    relations = Relations(
        masters=replace(some_masters(), parties={party.number: party for party in (PARTY, *parties)}),
        fields=(),
        sides=PartySides.ONE_RELATION,
        payment_terms={},
        settle_s=SETTLE_S,
    )
    return UnderWay(links=links, relations=relations, read_at=READ_AT)


def sent(state: PartyState, sent_until: datetime | None) -> StoredLink:
    return StoredLink(state=state, sent_until=sent_until)


@pytest.mark.parametrize("state", [PartyState.WRITING, PartyState.UNKNOWN])
@pytest.mark.parametrize(("sent_until", "may_be"), [(JUST_SENT, True), (None, True), (LONG_SENT, False)])
def test_write_may_be_worked_on_until_its_settle_time_is_over(
    state: PartyState, sent_until: datetime | None, may_be: bool
) -> None:
    assert under_way({}).is_own(sent(state, sent_until)) is may_be


@pytest.mark.parametrize("link", [None, sent(PartyState.LINKED, JUST_SENT), sent(PartyState.PARKED, None)])
def test_party_without_an_open_write_has_none_under_way(link: StoredLink | None) -> None:
    assert not under_way({}).is_own(link)


@pytest.mark.parametrize(
    ("other", "sent_until", "waits"),
    [(SAME_VAT, JUST_SENT, True), (SAME_VAT, LONG_SENT, False), (STRANGER, JUST_SENT, False)],
)
def test_party_waits_for_the_open_write_of_another_one_that_may_be_the_same(
    other: Party, sent_until: datetime, waits: bool
) -> None:
    links = {(other.number, D): sent(PartyState.UNKNOWN, sent_until)}

    assert under_way(links, other).is_twins(WANTED) is waits


def test_other_side_of_the_same_party_is_waited_for_and_its_own_side_is_no_twin() -> None:
    open_write = sent(PartyState.UNKNOWN, JUST_SENT)

    assert under_way({("88001", C): open_write}).is_twins(WANTED)
    assert not under_way({("88001", D): open_write}).is_twins(WANTED)


def test_party_that_the_source_shows_no_more_is_no_twin() -> None:
    assert not under_way({("99999", D): sent(PartyState.UNKNOWN, JUST_SENT)}).is_twins(WANTED)
