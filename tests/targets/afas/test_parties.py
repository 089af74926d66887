"""How debtors and creditors of AFAS are read, written, and what its answers about them mean."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from finance_hooks.model.outcome import Unknown
from finance_hooks.model.party import PartyRefused, PartyWrite, Role, Written
from finance_hooks.targets.afas.parties import (
    connector_of,
    read_creditors,
    read_debtors,
    read_party_response,
    why_unfit,
    write_body,
)
from finance_hooks.transport.answer import NeverSent, PerhapsProcessed, Sending
from tests.targets.party_writes import EARLIER, NOW, a_change, a_write, answered, waits_s

TODAY = date(2026, 11, 2)
ADDRESS = {
    "KnBasicAddressAdr/CoId": "BE",
    "KnBasicAddressAdr/Ad": "Markt",
    "KnBasicAddressAdr/HmNr": "1",
    "KnBasicAddressAdr/Rs": "Gent",
}
ORGANISATION = {"VaId": "NL1", "KnOrganisation/Nm": "Klant B.V."}
MADE = '{"results": {"KnSalesRelationOrg": {"BcCo": "1000123", "DbId": "88001"}}}'


def message(text: str) -> str:
    return json.dumps({"externalMessage": text})


def written(write: PartyWrite) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Return the relation's fields, those of its organisation or person, and what stands below that."""
    (body,) = json.loads(write_body(write, TODAY)).values()
    element = body["Element"]
    (holder,) = element["Objects"][0].values()
    (inner,) = holder["Element"]
    return element["Fields"], inner["Fields"], inner.get("Objects", [])


@pytest.mark.parametrize(
    ("vat_number", "registration_number", "country"),
    [
        ("BE0456789034", None, "BE"),
        (None, "0456.789.034", "BE"),
        (None, "12345678", "NL"),
        ("111222333B01", None, "NL"),
    ],
)
def test_country_is_told_by_the_numbers(
    vat_number: str | None, registration_number: str | None, country: str
) -> None:
    row = {"DebtorId": 10045, "BcCo": 1000, "VatNr": vat_number, "ChOfCommNr": registration_number}

    (debtor,) = read_debtors([row])

    assert (debtor.id, debtor.code, debtor.country, debtor.name) == ("1000", "10045", country, "")


def test_creditor_is_read_from_fields_of_its_own_names() -> None:
    row = {"CreditorId": "70007", "CreditorName": "Metaal", "BcCo": "1001", "Btw-nummer": "NL1"}

    (creditor,) = read_creditors([row])

    assert creditor.roles == {Role.CREDITOR}
    assert (creditor.vat_number, creditor.fields["KnOrganisation/Nm"]) == ("NL1", "Metaal")


def test_number_is_of_sixteen_letters_and_digits_at_most() -> None:
    assert why_unfit("1" * 17) is not None
    assert why_unfit("88-01") is not None
    assert why_unfit("D88001") is None


def test_new_organisation_is_matched_by_its_chamber_of_commerce_number_or_always_new() -> None:
    fields, organisation, _ = written(a_write(**ORGANISATION))
    _, known, _ = written(a_write(**ORGANISATION, **{"KnOrganisation/CcNr": "34567812"}))

    assert fields == {"VaId": "NL1", "IsDb": True, "CuId": "EUR"}
    assert organisation == {"MatchOga": "6", "PadAdr": True, "AutoNum": True, "Nm": "Klant B.V."}
    assert known["MatchOga"] == "1"


def test_new_person_is_a_person() -> None:
    write = replace(a_write(**{"KnPerson/LaNm": "Jansen"}), is_person=True)

    _, person, _ = written(write)

    assert connector_of(write) == "KnSalesRelationPer"
    assert (person["MatchPer"], person["LaNm"]) == ("7", "Jansen")


def test_address_bears_afas_letters_for_the_country_and_holds_from_today() -> None:
    _, _, below = written(a_write(**ORGANISATION, **ADDRESS))

    assert below[0]["KnBasicAddressAdr"]["Element"][0]["Fields"] == {
        "CoId": "B",
        "Ad": "Markt",
        "HmNr": 1,
        "Rs": "Gent",
        "PbAd": False,
        "BeginDate": "2026-11-02",
        "ResZip": False,
    }


@pytest.mark.parametrize(
    ("number", "addition", "sent"), [("1A", "bis", "1A bis"), ("1A", "", "1A"), ("", "bis", "bis")]
)
def test_house_number_that_is_none_goes_to_its_addition(number: str, addition: str, sent: str) -> None:
    parts = {"KnBasicAddressAdr/HmNr": number, "KnBasicAddressAdr/HmAd": addition}
    given = {name: text for name, text in {**ADDRESS, **parts}.items() if text}

    _, _, below = written(a_write(**ORGANISATION, **given))

    address = below[0]["KnBasicAddressAdr"]["Element"][0]["Fields"]
    assert address["HmAd"] == sent
    assert "HmNr" not in address


def test_address_that_afas_cannot_take_is_not_sent() -> None:
    _, _, below = written(a_write(**ORGANISATION, **{**ADDRESS, "KnBasicAddressAdr/CoId": "JP"}))

    assert below == []


def test_change_and_other_side_name_the_organisation_by_its_number() -> None:
    fields, organisation, _ = written(a_change(**{"KnOrganisation/Nm": "Nieuw"}))
    side = replace(a_write(**ORGANISATION), earlier=EARLIER, adds_side=True, role=Role.CREDITOR)
    of_side, _, _ = written(side)

    assert fields == {}
    assert organisation == {"MatchOga": "0", "BcCo": "an id", "Nm": "Nieuw"}
    assert (of_side["IsCr"], connector_of(side)) == (True, "KnPurchaseRelationOrg")


@pytest.mark.parametrize(
    ("sending", "seconds"),
    [
        (NeverSent(why="no connection"), 60),
        (NeverSent(why="a limit", retry_after_s=7), 7),
        (answered(429), 60),
        (answered(500, message("Vergrendeld door een andere gebruiker")), 60),
    ],
)
def test_what_was_not_carried_out_is_left_to_later(sending: Sending, seconds: int) -> None:
    assert waits_s(read_party_response(sending, a_write(**ORGANISATION), NOW)) == seconds


@pytest.mark.parametrize(
    "sending",
    [
        PerhapsProcessed(why="reset"),
        answered(201),
        answered(201, '{"results": {"KnSalesRelationOrg": {"BcCo": "1", "DbId": "5"}}}'),
        answered(201, '{"results": {"KnSalesRelationOrg": {"DbId": "88001"}}}'),
        answered(500, message("Onverwachte fout")),
        answered(500),
        answered(502),
        answered(408),
    ],
)
def test_answer_that_says_nothing_about_the_relation_is_unknown(sending: Sending) -> None:
    assert isinstance(read_party_response(sending, a_write(**ORGANISATION), NOW), Unknown)


def test_relation_that_was_made_or_changed_is_named() -> None:
    assert read_party_response(answered(201, MADE), a_write(**ORGANISATION), NOW) == Written(
        id="1000123", code="88001"
    )
    assert read_party_response(answered(201), a_change(VaId="NL1"), NOW) == Written(id="an id", code="88001")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, message("Debiteur 88001 bestaat al.")),
        (500, message("Vul een waarde in bij 'Naam'.")),
        (401, ""),
    ],
)
def test_refusal_keeps_afas_words(status: int, body: str) -> None:
    outcome = read_party_response(answered(status, body), a_write(**ORGANISATION), NOW)

    assert isinstance(outcome, PartyRefused)
    assert outcome.why.startswith(f"AFAS answered {status}")
