"""Invoice numbers, duplicates, open items, deleting, and what a POST answers."""

import pytest
import requests

from tests.emulators.afas_client import AfasClient, Body, cost_centre, line, purchase, sale, text_of


def buy(client: AfasClient, invoice: str, creditor: str = "70020", **header: object) -> requests.Response:
    return client.post(purchase(invoice, creditor), **({"JoCo": "10"} | header))


def test_a_number_in_use_is_refused_on_both_sides(client: AfasClient) -> None:
    client.post(sale("NR-1"))
    buy(client, "NR-1")

    assert text_of(client.post(sale("nr-1 "))) == (
        "Factuurnummer nr-1  wordt al gebruikt in financieel bij Debiteur 10045"
    )
    assert text_of(buy(client, "NR-1", "70030")) == (
        "Factuurnummer NR-1 wordt al gebruikt in financieel bij Crediteur 70030"
    )
    assert len(client.booked()) == 2


@pytest.mark.parametrize(
    ("scope", "statuses"),
    [
        ("side", [500, 500, 201]),
        ("relation", [500, 201, 201]),
        ("administration", [500, 500, 500]),
        ("side_and_year", [500, 500, 201]),
        ("none", [201, 201, 201]),
    ],
)
def test_within_what_a_number_is_unique_is_a_switch(
    client: AfasClient, scope: str, statuses: list[int]
) -> None:
    client.switch(invoice_scope=scope)
    buy(client, "NR-1")

    answers = [buy(client, "NR-1"), buy(client, "NR-1", "70030"), client.post(sale("NR-1"))]

    assert [answer.status_code for answer in answers] == statuses


def test_another_year_or_administration_is_apart_where_the_scope_says(client: AfasClient) -> None:
    client.switch(invoice_scope="side_and_year")
    first = buy(client, "NR-1")
    other_year = buy(client, "NR-1", Year=2027, Peri=1)
    other_unit = buy(client, "NR-1", UnId=2)

    assert [each.status_code for each in (first, other_year, other_unit)] == [201, 201, 201]


def test_numbers_may_differ_by_case_and_the_debtors_text_may_be_another(client: AfasClient) -> None:
    client.post(sale("NR-1"))
    client.switch(text_case="sensitive", debtor_duplicate_text="other")

    assert text_of(client.post(sale("NR-1"))) == "Factuur NR-1 bestaat al."
    assert client.post(sale("nr-1")).status_code == 201


def test_a_relation_line_needs_a_number_unless_afas_gives_one(client: AfasClient) -> None:
    lines = sale()
    for each in lines:
        del each["Fields"]["InId"]

    refused = client.post(lines)
    client.post(sale("v008002"))
    numbers = [client.post(lines, AuNu="1").json()["results"]["FiEntryPar"]["InId"] for _ in range(2)]

    assert text_of(refused) == "Vul een waarde in bij 'Factuurnummer'."
    assert numbers == ["V008001", "V008003"]
    assert {row["InvoiceId"] for row in client.rows("Profit_Transactions")} == {*numbers, "v008002"}


def test_a_memorial_can_make_an_open_item_that_takes_no_number(client: AfasClient) -> None:
    lines = [line("2", "10045", "10.00"), line("1", "1340", credit="10.00")]
    made = client.post(lines, JoCo="80", AuNu=True).json()["results"]["FiEntryPar"]["InId"]

    assert made == "V008001"
    assert client.rows("Profit_Debtor_Invoices")[0]["Balance"] == 10.0
    assert client.post(sale(made)).status_code == 201
    assert [row["Balance"] for row in client.rows("Profit_Debtor_Invoices")] == [131.0]


def test_a_payment_may_come_before_its_invoice(client: AfasClient) -> None:
    client.post([line("1", "1100", "121.00"), line("2", "10045", credit="121.00", InId="SI-1")], JoCo="50")
    before = client.rows("Profit_Debtor_Invoices")

    assert client.post(sale("SI-1")).status_code == 201
    assert [row["Balance"] for row in before] == [-121.0]
    assert client.rows("Profit_Debtor_Invoices") == []


def test_a_number_of_twelve_with_a_blank_inside_is_taken(client: AfasClient) -> None:
    assert client.post(sale("FACTUUR V999")).json()["results"]["FiEntryPar"]["InId"] == "FACTUUR V999"


def test_a_creditor_in_a_sales_journal_needs_no_number(client: AfasClient) -> None:
    lines = [line("3", "70020", credit="10.00"), line("1", "1340", "10.00")]

    assert client.post(lines).status_code == 201


@pytest.mark.parametrize(
    ("variant", "body"),
    [
        ("results", {"results": {"FiEntryPar": {"UnId": "1", "EnNo": "48001", "InId": "SI-000042"}}}),
        ("bare", {"FiEntryPar": {"UnId": "1", "EnNo": "48001", "InId": "SI-000042"}}),
        ("spec", {"results": {"FiEntries": {"EnNo": "48001", "UnId": "1", "InID": "SI-000042"}}}),
        ("short", {"results": {"FiEntryPar": {"UnId": "1", "EnNo": "48001"}}}),
        ("empty", None),
    ],
)
def test_what_a_post_answers_is_a_switch(client: AfasClient, variant: str, body: Body | None) -> None:
    client.switch(post_answer=variant)

    answer = client.post(sale())

    assert answer.status_code == 201
    assert (answer.json() if answer.content else None) == body
    assert client.booked()[0]["number"] == "48001"


def test_open_items_show_what_is_left_and_go_when_paid(client: AfasClient) -> None:
    client.post(sale("SI-1"))
    buy(client, "PI-1")

    def paid(amount: str) -> None:
        client.post([line("1", "1100", amount), line("2", "10045", credit=amount, InId="SI-1")], JoCo="50")

    paid("21.00")
    debtors = client.rows("Profit_Debtor_Invoices")
    creditors = client.rows("Profit_Creditor_Invoices")
    paid("100.00")

    assert [(row["InvoiceNr"], row["AmtInvoice"], row["Balance"]) for row in debtors] == [
        ("SI-1", 121.0, 100.0)
    ]
    assert [(row["InvoiceNr"], row["AmtInvoice"], row["BookPiecrNr"]) for row in creditors] == [
        ("PI-1", 121.0, "F-2026/17")
    ]
    assert client.rows("Profit_Debtor_Invoices") == []
    assert client.post(sale("SI-1")).status_code == 500


def test_a_credit_note_is_the_same_with_sides_swapped(client: AfasClient) -> None:
    lines = [
        line("2", "10045", credit="121.00", InId="CN-1"),
        line("1", "8110", "100.00", InId="CN-1", VaId="1", objects=cost_centre()),
        line("1", "1510", "21.00", InId="CN-1", VaId="1"),
    ]

    client.post(lines)

    assert client.rows("Profit_Debtor_Invoices")[0]["Balance"] == -121.0


def test_an_invoice_can_be_changed_but_not_its_entry(client: AfasClient) -> None:
    buy(client, "PI-1")
    keys = {"UnId": "1", "VaAd": "3", "DcNr": "70020", "InId": "PI-1"}

    def changed(**fields: object) -> requests.Response:
        return client.put("FiInvoice", {"FiInvoice": {"Element": {"Fields": keys | fields}}})

    blocked = changed(BlPa=True, PaCd="60")
    item = client.rows("Profit_Creditor_Invoices")[0]
    later = changed(ExDa="2027-01-15", BlPa="", Ds="Later")
    again = client.rows("Profit_Creditor_Invoices")[0]

    assert (blocked.status_code, blocked.content, later.status_code) == (201, b"", 201)
    assert (item["Blocked"], item["ExpDate"]) == (True, "2026-12-30T00:00:00Z")
    assert (again["Blocked"], again["ExpDate"], again["Description"]) == (
        False,
        "2027-01-15T00:00:00Z",
        "Later",
    )
    assert "Factuurnummer" in text_of(changed(DcNr="70030"))
    assert "UpdateConnector" in text_of(client.put("FiEntries", {"FiEntryPar": {}}))


def test_an_entry_is_deleted_by_number_or_by_invoice_and_frees_its_number(client: AfasClient) -> None:
    client.post(sale("SI-1"))
    client.post(sale("SI-2"))

    by_number = client.delete("20", "@EnNo/48001")
    by_invoice = client.delete("20", "InId/SI-2")
    again = client.post(sale("SI-1"))

    assert [(each.status_code, each.content) for each in (by_number, by_invoice)] == [(200, b""), (200, b"")]
    assert again.json()["results"]["FiEntryPar"]["EnNo"] == "48003"
    assert [row["EntryDate"] for row in client.rows("Profit_Fin_ChangedEntrydate")] == [
        "2026-10-31T00:00:00Z"
    ]


@pytest.mark.parametrize(
    ("journal", "key", "text"),
    [
        ("20", "@EnNo/48009", "Journaalpost niet aanwezig."),
        ("10", "@EnNo/48001", "Journaalpost niet aanwezig."),
        ("20", "InId/SI-9", "eErrFiEntryJournalNotFoundForGivenInvoiceId (AFASFiEntry)"),
        (
            "20",
            "@SeNo/1",
            "Voor het verwijderen van een journaalpost is journaalpostnummer of factuurnummer verplicht.",
        ),
    ],
)
def test_deleting_names_what_is_not_there(client: AfasClient, journal: str, key: str, text: str) -> None:
    client.post(sale())

    assert text_of(client.delete(journal, key)) == text
    assert len(client.booked()) == 1


def test_deleting_is_held_to_rights_locks_and_periods(client: AfasClient) -> None:
    client.post(sale())
    elsewhere = client.delete("20", "@EnNo/48001", unit=3)
    client.switch(locked_journals="1/20")
    locked = client.delete("20", "@EnNo/48001")
    client.switch(locked_journals="", closed_periods="2026/10")
    closed = client.delete("20", "@EnNo/48001")
    wrong = client.session.delete(f"{client.base}/connectors/FiEntries/FiEntryPar/@Year/2026", timeout=5)

    assert text_of(elsewhere) == "No unit available"
    assert "andere gebruiker" in text_of(locked)
    assert "geblokkeerd" in text_of(closed)
    assert "verplicht" in text_of(wrong)


def test_the_relation_shows_in_transactions_by_switch_only(client: AfasClient) -> None:
    client.post(sale())

    def account() -> str:
        return str(client.rows("Profit_Transactions", orderbyfieldids="SeqNo")[0]["AccountNo"])

    first = account()
    client.switch(relation_account_no="relation")

    assert (first, account()) == ("1300", "10045")
    own = client.rows("Qubz_Transactions", orderbyfieldids="SeqNo")[0]
    assert (own["AccountNo"], own["AccountKind"], own["RelationId"]) == ("1300", "2", "10045")
