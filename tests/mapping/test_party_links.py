"""What is known of a party's relation comes to mapping as data, and decides where no row of its own does."""

from datetime import date
from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.payment_terms import map_payment_terms
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyFault, PartyKey, PartyLink, PartyNeed, Role
from tests.mapping.examples import a_document
from tests.mapping.map_one import MapOne

KEY: PartyKey = ("10045", Role.DEBTOR)
FAULT = PartyFault(code=ReasonCode.PARTY_BLOCKED, detail="10045 Klant")
NO_RULE = {"books/parties.csv": ["*,70020,creditor,70020,"]}
OWN_ROW = {"books/parties.csv": ["*,*,debtor,{number},", "*,10045,debtor,X1,"]}


def test_linked_relation_is_booked_on_and_says_so(map_one: MapOne) -> None:
    mapped = map_one(a_document(), links={KEY: PartyLink(target_party="555")})

    assert mapped.entry is not None
    assert mapped.entry.party == "555"
    assert mapped.mapping_rows["party_link:debtor:10045"].endswith("555")
    assert mapped.parties == (PartyNeed(party="10045", role=Role.DEBTOR, target_party="10045", by_row=False),)


def test_row_of_its_own_wins_over_the_link(map_one: MapOne) -> None:
    mapped = map_one(a_document(), OWN_ROW, links={KEY: PartyLink(target_party="555")})

    assert mapped.entry is not None
    assert mapped.entry.party == "X1"
    assert mapped.parties[0].by_row


def test_link_to_the_rules_own_code_changes_nothing(map_one: MapOne) -> None:
    plain, linked = map_one(a_document()), map_one(a_document(), links={KEY: PartyLink(target_party="10045")})

    assert linked.mapping_digest == plain.mapping_digest


def test_fault_of_a_relation_parks_the_document(map_one: MapOne) -> None:
    mapped = map_one(a_document(), links={KEY: PartyLink(target_party=None, faults=(FAULT,))})

    assert mapped.entry is None
    assert [(reason.code, reason.value, reason.detail) for reason in mapped.reasons] == [
        (ReasonCode.PARTY_BLOCKED, "10045", "10045 Klant")
    ]


def test_link_serves_a_party_that_no_rule_gives_a_code(map_one: MapOne) -> None:
    mapped = map_one(a_document(), NO_RULE, links={KEY: PartyLink(target_party="555")})

    assert mapped.entry is not None
    assert (mapped.entry.party, mapped.parties) == ("555", ())


@pytest.mark.parametrize(("code", "found"), [("30", {"30": "30"}), ("99", {})])
def test_payment_terms_of_a_day_are_found(code: str, found: dict[str, str]) -> None:
    administration = next(row.administration for row in read_administrations() if row.sync_id == "exact_nl")
    assert administration is not None
    tables = read_tables(administration, Path("include/mappings"))

    assert map_payment_terms([code], tables, date(2026, 11, 2)) == found
