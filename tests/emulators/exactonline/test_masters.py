"""Master data and documents."""

import base64

import pytest

from tests.emulators.exactonline_client import Body, ExactClient, message

NOWHERE = "00000000-0000-4000-8000-000000000000"


def test_relation_gets_the_next_code_and_padding(client: ExactClient) -> None:
    account = client.post("crm/Accounts", {"Name": "Nieuw B.V.", "Status": "C", "Country": "NL"}).json()["d"]

    assert account["Code"] == "             99004"
    assert (account["Country"], account["IsSupplier"]) == ("NL ", False)


def test_relation_code_may_be_padded_with_zeros(client: ExactClient) -> None:
    client.switch(account_code_zeros=7)

    account = client.post("crm/Accounts", {"Name": "Nieuw B.V."}).json()["d"]

    assert account["Code"] == "           0099004"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"Code": "1001"}, "Verplicht: Naam"),
        ({"Name": "X", "Code": "             10045"}, "Gegeven bestaat reeds"),
        ({"Name": "X", "Code": "A1"}, "Ongeldig: Code"),
        ({"Name": "X", "PaymentConditionSales": "99"}, "Ongeldige referentie: Betalingsconditie"),
        ({"Name": "X", "Email": "geen"}, "Ongeldig: Email []"),
        ({"Name": "x" * 51}, "Te lang: Name"),
    ],
)
def test_relation_that_does_not_fit_is_refused(client: ExactClient, body: Body, text: str) -> None:
    answer = client.post("crm/Accounts", body)

    assert (answer.status_code, message(answer)) == (500, text)


def test_read_only_fields_of_a_relation_are_ignored(client: ExactClient) -> None:
    account = client.post("crm/Accounts", {"Name": "X", "IsPurchase": False}).json()["d"]

    assert account["IsPurchase"] is True


def test_relation_is_changed_and_deleted(client: ExactClient) -> None:
    key = client.post("crm/Accounts", {"Name": "Oud"}).json()["d"]["ID"]

    changed = client.put(f"crm/Accounts(guid'{key}')", {"Name": "Nieuw", "IsSupplier": True})
    shown = client.get(f"crm/Accounts(guid'{key}')").json()["d"]
    deleted = client.delete(f"crm/Accounts(guid'{key}')")

    assert (changed.status_code, deleted.status_code) == (204, 204)
    assert (shown["Name"], shown["IsSupplier"]) == ("Nieuw", True)
    assert client.get(f"crm/Accounts(guid'{key}')").status_code == 404


def test_what_the_ledger_uses_stays(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)])

    answer = client.delete(f"crm/Accounts(guid'{client.relation('10045')}')")

    assert answer.status_code == 500


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("crm/BankAccounts", {"BankAccount": "NL02ABNA0123456789"}),
        ("crm/Addresses", {"AddressLine1": "Dorpsstraat 1", "Type": 4}),
        ("crm/Contacts", {"LastName": "Jansen"}),
    ],
)
def test_parts_of_a_relation_need_it(client: ExactClient, path: str, body: Body) -> None:
    refused = client.post(path, body)
    taken = client.post(path, body | {"Account": client.relation("10045")})

    assert message(refused) == "Verplicht: Relatie"
    assert taken.json()["d"]["AccountName"] == "Restaurant De Proef"


def test_vat_codes_show_fractions_and_padding(client: ExactClient) -> None:
    row = client.rows("vat/VATCodes", filter="Code eq '4'", expand="VATPercentages")[0]

    assert (row["Code"], row["Percentage"], row["Type"], row["Charged"]) == ("4  ", 0.21, "E", False)
    assert [each["Percentage"] for each in row["VATPercentages"]["results"]] == [0.19, 0.21]


def test_code_of_a_cost_centre_is_fixed(client: ExactClient) -> None:
    key = client.id_of("hrm/Costcenters", "INZ")

    client.put(f"hrm/Costcenters(guid'{key}')", {"Code": "ANDERS", "Description": "Inzameling oost"})

    shown = client.get(f"hrm/Costcenters(guid'{key}')").json()["d"]
    assert (shown["Code"], shown["Description"]) == ("INZ", "Inzameling oost")


def test_payment_conditions_cannot_be_deleted(client: ExactClient) -> None:
    key = client.id_of("cashflow/PaymentConditions", "30")

    answer = client.delete(f"cashflow/PaymentConditions(guid'{key}')")

    assert answer.status_code == 405


def test_periods_say_nothing_about_being_closed(client: ExactClient) -> None:
    row = client.rows("financial/FinancialPeriods", filter="FinYear eq 2026 and FinPeriod eq 8")[0]

    assert not [name for name in row if "lose" in name]
    assert (row["StartDate"], row["EndDate"]) == ("/Date(1785542400000)/", "/Date(1788134400000)/")


def test_rates_are_foreign_units_per_euro(client: ExactClient) -> None:
    row = client.rows("financial/ExchangeRates", filter="SourceCurrency eq 'USD'")[0]

    assert (row["TargetCurrency"], row["Rate"]) == ("EUR", 1.08695652)


def test_attachment_comes_back_by_its_address_only(client: ExactClient) -> None:
    document = client.post("documents/Documents", {"Subject": "Factuur", "Type": 10}).json()["d"]
    content = base64.b64encode(b"%PDF-1.4").decode()

    attachment = client.post(
        "documents/DocumentAttachments",
        {"Document": document["ID"], "FileName": "factuur.pdf", "Attachment": content},
    ).json()["d"]
    downloaded = client.session.get(attachment["Url"] + "&Download=1", timeout=5)

    assert (attachment["Attachment"], attachment["FileSize"]) == (None, 8)
    assert "_Division_=1234567" in attachment["Url"]
    assert downloaded.content == b"%PDF-1.4"


def test_document_belongs_to_an_entry_that_exists(client: ExactClient) -> None:
    entry = client.sale("10045", [client.line("80502", 100)]).json()["d"]["EntryID"]
    body = {"Subject": "Factuur", "Type": 10, "FinancialTransactionEntryID": entry}

    made = client.post("documents/Documents", body)
    nowhere = client.post("documents/Documents", body | {"FinancialTransactionEntryID": NOWHERE})

    assert made.json()["d"]["FinancialTransactionEntryID"] == entry
    assert message(nowhere).startswith("Ongeldige referentie: ")


@pytest.mark.parametrize("left_out", ["Document", "FileName", "Attachment"])
def test_attachment_needs_all_its_parts(client: ExactClient, left_out: str) -> None:
    document = client.post("documents/Documents", {"Subject": "Factuur", "Type": 10}).json()["d"]
    body = {"Document": document["ID"], "FileName": "f.pdf", "Attachment": "eA=="}
    del body[left_out]

    answer = client.post("documents/DocumentAttachments", body)

    assert message(answer).startswith("Verplicht: ")


def test_open_items_and_balances_follow_the_entries(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 100)], YourRef="A1")
    client.sale("10045", [client.line("80502", -10)], YourRef="A2")

    items = client.get("read/financial/ReceivablesList").json()["d"]["results"]
    balance = client.rows(
        "financial/ReportingBalance", filter="GLAccountCode eq '80502' and ReportingPeriod eq 10"
    )

    ages = client.get("read/financial/AgingReceivablesList").json()["d"]["results"]

    assert [(row["AgeGroup1Amount"], row["TotalAmount"]) for row in ages] == [(108.9, 108.9)]
    assert [(item["YourRef"], item["Amount"], item["AccountCode"].strip()) for item in items] == [
        ("A1", 121, "10045"),
        ("A2", -12.1, "10045"),
    ]
    assert [
        (row["Amount"], row["AmountDebit"], row["AmountCredit"], row["Count"], row["Type"]) for row in balance
    ] == [
        (-100, 0, 100, 1, 20),
        (10, 10, 0, 1, 21),
    ]
