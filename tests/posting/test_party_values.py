"""What is compared and written of a party, and when anything about it counts as new."""

from dataclasses import replace

from finance_hooks.model.masters import Party
from finance_hooks.model.party import MatchedBy, PartyNeed, PartyState, Role
from finance_hooks.model.party_field import PartyField, PartyValue
from finance_hooks.posting.party_values import WantedParty, want_party
from finance_hooks.store.party_links import StoredLink

V = PartyValue
PARTY = Party(
    number="88001",
    name="Klant B.V.",
    country="NL",
    is_debtor=True,
    is_creditor=False,
    debtor_number="88001",
    creditor_number=None,
    vat_number="NL 1122.33.004 B01",
    coc_number="34567812",
    payment_term="30",
    self_billing_agreement=False,
    street="Markt",
    house_number="1",
    addition="bis",
    email="a@example.org",
)
NEED = PartyNeed(party="88001", role=Role.DEBTOR, target_party="88001", by_row=False)
FIELDS = (
    PartyField(value=V.NAME, target_field="Name", on_update=True),
    PartyField(value=V.ADDRESS_LINE, target_field="Address", on_update=True),
    PartyField(value=V.VAT_NUMBER, target_field="Vat", on_update=True),
    PartyField(value=V.REGISTRATION_NUMBER, target_field="Kvk", on_update=True),
    PartyField(value=V.EMAIL, target_field="Email"),
    PartyField(value=V.PAYMENT_TERM, target_field="Term"),
)


def want(party: Party = PARTY, need: PartyNeed = NEED) -> WantedParty:
    return want_party(need, party, FIELDS, {"30": "30 dagen"})


def test_values_are_put_down_as_the_package_wants_them() -> None:
    assert want().fields == {
        "Name": "Klant B.V.",
        "Address": "Markt 1 bis",
        "Vat": "NL112233004B01",
        "Kvk": "34567812",
        "Email": "a@example.org",
        "Term": "30 dagen",
    }


def test_numbers_that_are_not_valid_are_not_written() -> None:
    party = replace(PARTY, vat_number="NL112233005B01", coc_number="1", payment_term=None)

    assert {"Vat", "Kvk", "Term"}.isdisjoint(want(party).fields)


def test_only_what_we_keep_equal_makes_a_party_new() -> None:
    digest = want().content_digest

    assert want(replace(PARTY, email="b@example.org")).content_digest == digest
    assert want(replace(PARTY, name="Klant N.V.")).content_digest != digest
    assert want(need=replace(NEED, target_party="5")).content_digest != digest


def test_link_that_was_never_seen_in_the_package_is_not_asked_for() -> None:
    unseen = StoredLink(state=PartyState.PARKED, target_party="5")
    seen = replace(unseen, target_id="id-5")
    decided = replace(unseen, matched_by=MatchedBy.PERSON)

    assert want().asked(None).linked_code is None
    assert want().asked(unseen).linked_code is None
    assert (want().asked(seen).linked_code, want().asked(seen).linked_id) == ("5", "id-5")
    assert (want().asked(decided).linked_code, want().asked(decided).linked_by_person) == ("5", True)
    assert want().key == ("88001", Role.DEBTOR)
