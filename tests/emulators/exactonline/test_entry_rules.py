"""What Exact refuses in entries, and what it takes without a word."""

import pytest

from tests.emulators.exactonline_client import Body, ExactClient, message

NO_GUID = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"Journal": ""}, "Verplicht: Dagboek"),
        ({"Journal": "X9"}, "Ongeldige referentie: Journals"),
        ({"Journal": "60"}, "Ongeldig: Dagboek (type)"),
        ({"Journal": "79"}, "Geblokkeerd: Dagboek"),
        ({"Customer": None}, "Verplicht: Relatie"),
        ({"Customer": NO_GUID}, "Ongeldige referentie: Relatie"),
        ({"PaymentCondition": "99"}, "Ongeldige referentie: Betalingsconditie"),
        ({"Currency": "USD"}, "Niet toegestaan: Valuta"),
        ({"Rate": 1.1}, "Niet toegestaan: Wisselkoers"),
        ({"Currency": "XXX"}, "Ongeldige referentie: Valuta"),
        ({"EntryDate": "2031-01-01"}, "Onbekend: Boekjaar (Periode-datumtabel)"),
        ({"ReportingYear": 2026, "ReportingPeriod": 13}, "Onbekend: Boekjaar (Periode-datumtabel)"),
        ({"EntryDate": "2026-08-31"}, "Periode is afgesloten: [2026] \u2013 [8]"),
        ({"Document": NO_GUID}, "Ongeldige referentie: Document"),
        ({"GAccountAmountFC": -1}, "Ongeldig: Bedrag G-rekening"),
        ({"EntryNumber": 26600001}, "Ongeldig: Boekstuknummer"),
        ({"YourRef": "x" * 31}, "Te lang: YourRef"),
    ],
)
def test_head_that_does_not_fit_is_refused(client: ExactClient, fields: Body, text: str) -> None:
    answer = client.sale("10045", [client.line("80502", 100)], **fields)

    assert (answer.status_code, message(answer)) == (500, text)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("70020", "Ongeldig: Klant (Type)"),
        ("99003", "Ongeldig: Klant (Type)"),
        ("99001", "Geblokkeerd: Relatie"),
    ],
)
def test_customer_needs_its_role(client: ExactClient, code: str, text: str) -> None:
    answer = client.sale(code, [client.line("80502", 100)])

    assert message(answer) == text


def test_supplier_needs_its_role(client: ExactClient) -> None:
    answer = client.purchase("10045", [client.line("70153", 100)])

    assert message(answer) == "Ongeldig: Leverancier (Type)"


def test_one_relation_may_have_both_roles(client: ExactClient) -> None:
    sale = client.sale("99002", [client.line("80502", 100)])
    purchase = client.purchase("99002", [client.line("70153", 100)])

    assert (sale.status_code, purchase.status_code) == (201, 201)


@pytest.mark.parametrize(
    ("account", "fields", "text"),
    [
        ("80502", {"VATCode": "ZZ"}, "Ongeldige referentie: Btw-code"),
        ("80502", {"VATCode": "12"}, "Geblokkeerd: Btw code"),
        ("80502", {"VATCode": "20"}, "Niet toegestaan: Btw-code"),
        (
            "80502",
            {"VATCode": "0", "VATAmountFC": 1},
            "Een btw bedrag is niet toegestaan als u gebruikmaakt van een btw-code van het type geen btw",
        ),
        ("80502", {"VATCode": "5", "VATAmountFC": 1}, "Ongeldig: Btw-bedrag"),
        ("80502", {"VATCode": "4", "VATPercentage": 0.5}, "Ongeldig: Btw-percentage []"),
        ("80502", {"CostCenter": "NIX"}, "Ongeldige referentie: Kostenplaats"),
        ("80502", {"CostCenter": "OUD"}, "Ongeldige referentie: Kostenplaats"),
        ("80502", {"CostUnit": "NIX"}, "Ongeldige referentie: Kostendrager"),
        ("80502", {"Project": NO_GUID}, "Ongeldige referentie: Project"),
        ("80502", {"From": "2026-10-01"}, "Verplicht: Van - Tot"),
        ("80502", {"Description": "x" * 61}, "Te lang: Description"),
        ("80501", {}, "Verplicht: Kostenplaats"),
        ("80599", {}, "Geblokkeerd: Grootboekrekening"),
        ("13011", {"VATCode": ""}, "Ongeldig: Grootboekrekeningtype"),
        ("16221", {"VATCode": ""}, "Ongeldig: Grootboekrekeningtype"),
        ("10201", {"CostCenter": "INZ"}, "Ongeldig: Cost center link"),
    ],
)
def test_line_that_does_not_fit_is_refused(
    client: ExactClient, account: str, fields: Body, text: str
) -> None:
    answer = client.sale("10045", [client.line(account, 100, **fields)])

    assert (answer.status_code, message(answer)) == (500, text)


def test_all_reasons_come_at_once_in_the_users_language(client: ExactClient) -> None:
    client.switch(user_language="en")

    answer = client.sale("10045", [client.line("80502", 1, VATCode="ZZ", CostCenter="NIX")], Journal="")

    assert message(answer) == (
        "Mandatory: Journal\r\nInvalid reference: VAT code\r\nInvalid reference: Cost center"
    )


def test_entry_without_lines_is_refused(client: ExactClient) -> None:
    answer = client.sale("10045", [])

    assert message(answer) == "Verplicht: Boekingsregels"


def test_code_is_wanted_where_a_code_belongs(client: ExactClient) -> None:
    journal = client.id_of("financial/Journals", "70")

    answer = client.sale("10045", [client.line("80502", 1)], Journal=journal)

    assert message(answer) == "Ongeldige referentie: Journals"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"Customer": "10045"}, "property 'Customer' to type 'Guid'"),
        ({"EntryDate": "31-10-2026"}, "property 'EntryDate' to type 'DateTime'"),
        ({"InvoiceNumber": "F2026-1"}, "property 'InvoiceNumber' to type 'Int32'"),
        ({"Journal": 70}, "property 'Journal' to type 'String'"),
        ({"Rate": "1E+400"}, "property 'Rate' to type 'Double'"),
        ({"Rate": "NaN"}, "property 'Rate' to type 'Double'"),
        ({"Klant": "x"}, "The property name 'Klant' specified for type 'Exact.Web.Api.Models.SalesEntry'"),
    ],
)
def test_field_of_the_wrong_kind_is_a_bad_request(client: ExactClient, fields: Body, text: str) -> None:
    answer = client.sale("10045", [client.line("80502", 1)], **fields)

    assert answer.status_code == 400
    assert message(answer).startswith("Error processing request stream. ")
    assert text in message(answer)
