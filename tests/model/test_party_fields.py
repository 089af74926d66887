"""What is written of a party: only what the source has, only as long as it may be, only what differs."""

from finance_hooks.model.party import Role
from finance_hooks.model.party_field import (
    PartyField,
    PartyValue,
    differing_fields,
    owned_names,
    write_fields,
)

FIELDS = (
    PartyField(value=PartyValue.NAME, target_field="Name", length=5, on_update=True),
    PartyField(value=PartyValue.EMAIL, target_field="Email"),
    PartyField(value=PartyValue.CITY, target_field="City", on_update=True),
    PartyField(value=PartyValue.PAYMENT_TERM, target_field="Term", role=Role.CREDITOR, on_update=True),
    PartyField(value=PartyValue.NAME, target_field="LastName", person=True),
)
VALUES = {
    PartyValue.NAME: "Klant B.V.",
    PartyValue.EMAIL: "a@example.org",
    PartyValue.CITY: " ",
    PartyValue.PAYMENT_TERM: "30",
}


def test_what_the_source_leaves_empty_is_not_written() -> None:
    assert write_fields(VALUES, Role.DEBTOR, FIELDS) == {"Name": "Klant", "Email": "a@example.org"}


def test_fields_of_one_side_or_of_persons_are_for_these_only() -> None:
    written = write_fields(VALUES, Role.CREDITOR, FIELDS, person=True)

    assert written == {
        "Name": "Klant",
        "Email": "a@example.org",
        "Term": "30",
        "LastName": "Klant B.V.",
    }


def test_only_owned_fields_that_differ_are_changed() -> None:
    wanted = {"Name": "Klant", "Email": "new@example.org", "City": "Gent"}

    assert differing_fields(wanted, {"Name": "KLANT ", "Email": "", "City": "Aalst"}, FIELDS) == {
        "City": "Gent"
    }
    assert differing_fields(wanted, {}, FIELDS) == {"Name": "Klant", "City": "Gent"}


def test_owned_fields_are_those_of_the_side() -> None:
    assert owned_names(Role.DEBTOR, FIELDS) == {"Name", "City"}
    assert owned_names(Role.CREDITOR, FIELDS) == {"Name", "City", "Term"}
