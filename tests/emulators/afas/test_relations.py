"""Debtors and creditors: added, matched, numbered, changed."""

from typing import Any

from tests.emulators.afas_client import AfasClient, Body, text_of


def organisation(match: str = "6", **fields: object) -> Body:
    sent = {"PadAdr": True, "AutoNum": True, "MatchOga": match, "Nm": "Nieuwe Relatie B.V."} | fields
    address = {
        "CoId": "NL",
        "PbAd": False,
        "Ad": "Dorpsstraat",
        "HmNr": 1,
        "ZpCd": "1234 AB",
        "Rs": "Ergens",
        "BeginDate": "2026-01-01",
        "ResZip": False,
    }
    objects = [{"KnBasicAddressAdr": {"Element": [{"Fields": address}]}}]
    return {"KnOrganisation": {"Element": [{"Fields": sent, "Objects": objects}]}}


def relation(name: str, below: Body | None, number: str | None = None, **fields: object) -> Body:
    key = {"@DbId" if "Sales" in name else "@CrId": number} if number else {}
    element = key | {"Fields": fields} | ({"Objects": [below]} if below else {})
    return {name: {"Element": element}}


def add(client: AfasClient, name: str, below: Body, number: str | None = None, **fields: object) -> Any:
    fields = {"CuId": "EUR", "PaCd": "30"} | fields
    return client.send(relation(name, below, number, **fields), name)


def shown(client: AfasClient, table: str, key: str, number: str) -> Body:
    return client.rows(table, filterfieldids=key, operatortypes="1", filtervalues=number)[0]


def test_a_debtor_gets_a_number_and_shows(client: AfasClient) -> None:
    answer = add(client, "KnSalesRelationOrg", organisation(CcNr="99887766"), IsDb=True, VaId="NL1")

    keys = answer.json()["results"]["KnSalesRelationOrg"]
    row = shown(client, "Profit_Debtor", "DebtorId", keys["DbId"])
    assert answer.status_code == 201
    assert (row["BcCo"], row["DebtorName"], row["PayCon"]) == (keys["BcCo"], "Nieuwe Relatie B.V.", "30")
    assert (row["AdressLine1"], row["AdressLine3"]) == ("Dorpsstraat 1", "1234 AB  ERGENS")
    assert (row["VatNr"], row["ChOfCommNr"], row["Blocked"]) == ("NL1", "99887766", False)


def test_a_creditor_and_persons_are_the_same_with_fields_of_their_own(client: AfasClient) -> None:
    person = {"KnPerson": {"Element": {"Fields": {"MatchPer": "7", "FiNm": "Jan", "LaNm": "Jansen"}}}}

    creditor = add(client, "KnPurchaseRelationOrg", organisation(), "72000", VaId="NL2")
    debtor = add(client, "KnSalesRelationPer", person)
    both = add(client, "KnPurchaseRelationPer", person)

    assert creditor.json()["results"]["KnPurchaseRelationOrg"]["CrId"] == "72000"
    assert shown(client, "Profit_Creditor", "CreditorId", "72000")["Btw-nummer"] == "NL2"
    number = debtor.json()["results"]["KnSalesRelationPer"]["DbId"]
    assert shown(client, "Profit_Debtor", "DebtorId", number)["DebtorName"] == "Jan Jansen"
    assert both.status_code == 201


def test_matching_takes_an_organisation_that_is_there(client: AfasClient) -> None:
    by_number = add(client, "KnPurchaseRelationOrg", organisation("1", CcNr="87654321"))
    by_name = add(client, "KnPurchaseRelationOrg", organisation("3", Nm="Restaurant De Proef"))
    by_key = add(client, "KnPurchaseRelationOrg", organisation("0", BcCo="1000999"))
    nothing = add(client, "KnPurchaseRelationOrg", organisation("1"))

    debtor = shown(client, "Profit_Debtor", "DebtorId", "10045")
    for answer in (by_number, by_name):
        assert answer.json()["results"]["KnPurchaseRelationOrg"]["BcCo"] == debtor["BcCo"]
    assert "bestaat niet" in text_of(by_key)
    assert "CcNr" in text_of(nothing)


def test_what_does_not_fit_is_refused(client: AfasClient) -> None:
    name = "KnSalesRelationOrg"
    answers = [
        add(client, name, organisation(), "10045"),
        add(client, name, organisation(), PaCd="99"),
        add(client, name, organisation(), CuId="XXX"),
        add(client, name, organisation(), ColA="9999"),
        client.send(relation(name, organisation()), name),
        client.send(relation(name, None, CuId="EUR"), name),
        add(client, name, organisation(Nm=None)),
    ]

    assert [text_of(answer) for answer in answers] == [
        "Debiteur 10045 bestaat al.",
        "De ingevulde waarde bij 'Betaalvoorwaarde' bestaat niet",
        "De ingevulde waarde bij 'Valuta' bestaat niet",
        "De ingevulde waarde bij 'Verzamelrekening' bestaat niet",
        "Vul een waarde in bij 'Valuta'.",
        "Vul een waarde in bij 'Organisatie/persoon'.",
        "Vul een waarde in bij 'Naam'.",
    ]


def test_numbering_may_be_off(client: AfasClient) -> None:
    client.switch(relation_auto_number=False)

    assert "automatisch nummeren" in text_of(add(client, "KnSalesRelationOrg", organisation()))
    assert add(client, "KnSalesRelationOrg", organisation(), "42000").status_code == 201


def test_a_change_touches_what_it_names_and_an_empty_text_clears(client: AfasClient) -> None:
    client.put("KnSalesRelationOrg", relation("KnSalesRelationOrg", None, "10045", Bl=True, Iban=""))
    unknown = client.put("KnSalesRelationOrg", relation("KnSalesRelationOrg", None, "1", Bl=True))

    row = shown(client, "Profit_Debtor", "DebtorId", "10045")
    assert (row["Blocked"], row["IBAN"], row["DebtorName"]) == (True, None, "Restaurant De Proef")
    assert "bestaat niet" in text_of(unknown)
