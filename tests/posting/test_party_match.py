"""The ladder by which a relation is found, rung by rung; a name is only shown to a person."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import MatchedBy, PartyKey, PartySides, Role, TargetParty
from finance_hooks.posting.party_match import Asked, Doubt, Found, Match, NotThere, find_party, make_index

D, C = Role.DEBTOR, Role.CREDITOR
VAT, OTHER_VAT = "NL112233004B01", "NL112233016B01"
KVK = "34567812"
ASKED = Asked(
    party="88001",
    role=D,
    code="88001",
    by_row=False,
    name="Klant B.V.",
    country="NL",
    vat_number=VAT,
    registration_number=KVK,
)
ONE, ORGANISATION, SEPARATE = (
    PartySides.ONE_RELATION,
    PartySides.ONE_ORGANISATION,
    PartySides.SEPARATE,
)


def a_relation(code: str = "88001", *roles: Role, **fields: object) -> TargetParty:
    made = TargetParty(id=f"id-{code}", code=code, name="Iemand", roles=frozenset(roles or {D}), country="NL")
    return replace(made, **fields)  # type: ignore[arg-type]


def found(
    asked: Asked,
    *relations: TargetParty,
    sides: PartySides = ONE,
    held: Mapping[PartyKey, str | None] | None = None,
) -> Match:
    return find_party(asked, make_index(relations, sides, held or {}))


def doubt(match: Match) -> ReasonCode:
    assert isinstance(match, Doubt), match
    return match.fault.code


def matched(match: Match) -> tuple[str, MatchedBy, bool]:
    assert isinstance(match, Found), match
    return match.relation.code, match.matched_by, match.adds_side


def test_stored_link_comes_before_the_own_code() -> None:
    linked = replace(ASKED, linked_code="5", linked_id="id-5")

    assert matched(found(linked, a_relation("5"), a_relation())) == ("5", MatchedBy.LINK, False)


def test_relation_whose_code_people_changed_is_still_found_by_its_id() -> None:
    linked = replace(ASKED, linked_code="5", linked_id="id-6")

    assert matched(found(linked, a_relation("6"))) == ("6", MatchedBy.LINK, False)


def test_somebody_else_under_the_code_of_a_link_does_not_take_its_place() -> None:
    linked = replace(ASKED, linked_code="5", linked_id="id-5")
    moved, newcomer = a_relation("6", id="id-5"), a_relation("5", id="id-7")

    assert matched(found(linked, moved, newcomer)) == ("6", MatchedBy.LINK, False)


def test_link_to_what_is_gone_leaves_it_to_the_next_rung() -> None:
    linked = replace(ASKED, linked_code="5", linked_id="id-5")

    assert matched(found(linked, a_relation()))[:2] == ("88001", MatchedBy.CODE)


def test_person_decides_even_for_a_code_that_is_not_there_yet() -> None:
    decided = replace(ASKED, linked_code="5", linked_by_person=True)

    assert matched(found(decided, a_relation("5")))[:2] == ("5", MatchedBy.PERSON)
    assert found(decided, a_relation("9", vat_number=VAT), a_relation("8", name="Klant B.V.")) == NotThere(
        code="5"
    )


def test_person_decides_for_a_side_that_is_still_missing() -> None:
    decided = replace(ASKED, linked_code="5", linked_by_person=True)

    assert matched(found(decided, a_relation("5", C)))[:2] == ("5", MatchedBy.PERSON)
    assert doubt(found(decided, a_relation("5", C), sides=SEPARATE)) is ReasonCode.PARTY_SIDE_MISSING


def test_own_row_asks_for_its_code_and_nothing_else() -> None:
    row = replace(ASKED, by_row=True, code="7", linked_code="5", linked_id="id-5")

    assert matched(found(row, a_relation("7", vat_number=OTHER_VAT), a_relation("5")))[:2] == (
        "7",
        MatchedBy.ROW,
    )
    assert found(row, a_relation("5", vat_number=VAT)) == NotThere(code="7")


def test_somebody_else_under_the_own_code_is_seen_by_a_valid_number_only() -> None:
    assert doubt(found(ASKED, a_relation(vat_number=OTHER_VAT))) is ReasonCode.PARTY_COLLIDES
    assert matched(found(ASKED, a_relation(vat_number="NL112233005B01")))[1] is MatchedBy.CODE


def test_capitals_of_a_code_make_no_difference() -> None:
    asked = replace(ASKED, code="d88001")

    assert matched(found(asked, a_relation("D88001")))[0] == "D88001"


@pytest.mark.parametrize(
    ("fields", "by"),
    [
        ({"vat_number": "112233004B01"}, MatchedBy.VAT_NUMBER),
        ({"registration_number": KVK}, MatchedBy.REGISTRATION_NUMBER),
    ],
)
def test_valid_number_finds_a_relation_under_another_code(fields: dict[str, object], by: MatchedBy) -> None:
    assert matched(found(ASKED, a_relation("5", **fields))) == ("5", by, False)


def test_belgian_vat_and_enterprise_number_find_each_other() -> None:
    asked = replace(ASKED, country="BE", vat_number=None, registration_number="0456789034")
    relation = a_relation("5", country="BE", vat_number="BE 0456.789.034")

    assert matched(found(asked, relation))[1] is MatchedBy.REGISTRATION_NUMBER


def test_registration_number_with_another_vat_number_is_a_collision() -> None:
    relation = a_relation("5", registration_number=KVK, vat_number=OTHER_VAT)

    assert doubt(found(ASKED, relation)) is ReasonCode.PARTY_COLLIDES


def test_two_relations_with_one_number_are_both_told() -> None:
    match = found(ASKED, a_relation("5", vat_number=VAT), a_relation("6", C, vat_number=VAT))

    assert doubt(match) is ReasonCode.PARTY_AMBIGUOUS
    assert isinstance(match, Doubt)
    assert "5 Iemand (debtor" in match.fault.detail
    assert "6 Iemand (creditor" in match.fault.detail


def test_relation_that_another_party_has_is_not_taken_too() -> None:
    held: dict[PartyKey, str | None] = {("77001", D): "5", ("77002", D): None}

    assert doubt(found(ASKED, a_relation("5", vat_number=VAT), held=held)) is ReasonCode.PARTY_AMBIGUOUS
    held = {("77001", D): "88001"}
    assert doubt(found(ASKED, a_relation(), held=held)) is ReasonCode.PARTY_AMBIGUOUS
    held = {("88001", D): "88001"}
    assert matched(found(ASKED, a_relation(), held=held))[1] is MatchedBy.CODE


@pytest.mark.parametrize("name", ["KLANT BV", "Klant B.V."])
def test_name_is_proposed_to_a_person(name: str) -> None:
    assert doubt(found(ASKED, a_relation("5", name=name))) is ReasonCode.PARTY_PROPOSED


def test_namesake_with_another_number_is_somebody_else() -> None:
    assert found(ASKED, a_relation("5", name="Klant B.V.", vat_number=OTHER_VAT)) == NotThere(code="88001")


def test_blocked_relation_is_told() -> None:
    assert doubt(found(ASKED, a_relation(blocked=True))) is ReasonCode.PARTY_BLOCKED


def test_one_relation_serves_both_sides() -> None:
    assert matched(found(ASKED, a_relation("88001", C))) == ("88001", MatchedBy.CODE, True)
    assert matched(found(ASKED, a_relation("5", C, vat_number=VAT)))[2] is True
    assert matched(found(ASKED, a_relation("88001", D, C)))[2] is False


def test_organisation_gets_its_other_side_under_a_code_of_its_own() -> None:
    creditor = a_relation("5", C, vat_number=VAT, id="org", blocked=True)
    debtor = a_relation("6", D, vat_number=VAT, id="org")

    assert matched(found(ASKED, creditor, sides=ORGANISATION)) == ("5", MatchedBy.VAT_NUMBER, True)
    assert matched(found(ASKED, creditor, debtor, sides=ORGANISATION)) == ("6", MatchedBy.VAT_NUMBER, False)
    twice = found(ASKED, debtor, replace(debtor, code="7"), sides=ORGANISATION)
    assert doubt(twice) is ReasonCode.PARTY_AMBIGUOUS
    assert found(replace(ASKED, vat_number=None), a_relation("88001", C), sides=ORGANISATION) == NotThere(
        code="88001"
    )


def test_sides_that_are_kept_apart_do_not_find_each_other() -> None:
    creditor = a_relation("5", C, vat_number=VAT, name="Klant B.V.")

    assert found(ASKED, creditor, sides=SEPARATE) == NotThere(code="88001")
    assert doubt(found(ASKED, a_relation("88001", C), sides=SEPARATE)) is ReasonCode.PARTY_SIDE_MISSING


def test_relation_that_was_written_takes_the_place_of_what_was_read() -> None:
    index = make_index([a_relation("5", C, vat_number=VAT)], ONE, {})

    index.add(a_relation("5", D, C, vat_number=VAT))

    match = find_party(ASKED, index)
    assert isinstance(match, Found)
    assert match.relation.roles == {D, C}


def test_sides_of_one_organisation_stand_beside_each_other() -> None:
    index = make_index([a_relation("5", C, id="org", vat_number=VAT)], ORGANISATION, {})

    index.add(a_relation("5", D, id="org", vat_number=VAT))

    assert len(index.by_id["org"]) == 2


def test_relation_without_any_side_or_number_is_shown_as_such() -> None:
    relation = a_relation("5", name="Klant B.V.", roles=frozenset())
    match = found(replace(ASKED, vat_number=None), relation)

    assert isinstance(match, Doubt)
    assert "5 Klant B.V. (no side, -)" in match.fault.detail
