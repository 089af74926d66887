"""What an entry becomes: numbers, dates, VAT, rates, documents."""

from typing import Any

import pytest

from tests.emulators.exactonline_client import ExactClient, message

NO_GUID = "00000000-0000-4000-8000-000000000000"


def test_read_only_fields_are_ignored_so_that_amountdc_alone_books_nothing(client: ExactClient) -> None:
    line = {"GLAccount": client.ledger_account("70153"), "AmountDC": 100, "VATCode": "4"}

    answer = client.purchase("70020", [line])

    assert answer.status_code == 201
    assert (answer.json()["d"]["AmountFC"], answer.json()["d"]["VATAmountFC"]) == (0, None)


def test_numbers_may_come_as_text(client: ExactClient) -> None:
    answer = client.sale("10045", [client.line("80502", "100.50", VATCode="0")], InvoiceNumber="2026001")

    assert (answer.json()["d"]["AmountFC"], answer.json()["d"]["InvoiceNumber"]) == (100.5, 2026001)


def test_answer_without_prefer_holds_the_key_only(client: ExactClient) -> None:
    body: dict[str, Any] = {
        "Journal": "70",
        "Customer": client.relation("10045"),
        "SalesEntryLines": [client.line("80502", 1)],
    }

    entry = client.post("salesentry/SalesEntries", body, headers={}).json()["d"]

    assert entry["EntryID"] is not None
    assert (entry["EntryNumber"], entry["AmountFC"]) == (None, None)


def test_numbers_run_per_year_and_journal(client: ExactClient) -> None:
    days = [("70", "2026-10-31"), ("70", "2026-11-01"), ("70", "2025-10-31"), ("71", "2026-10-31")]

    numbers = [
        client.sale("10045", [client.line("80502", 1)], Journal=journal, EntryDate=day).json()["d"][
            "EntryNumber"
        ]
        for journal, day in days
    ]

    assert numbers == [26700001, 26700002, 25700001, 26710001]


def test_number_that_is_taken_is_refused(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)], EntryNumber=26700012)

    answer = client.sale("10045", [client.line("80502", 1)], EntryNumber=26700012)

    assert message(answer) == "Bestaat reeds - Boekstuknummer: 26700012, Dagboek: 70"


@pytest.mark.parametrize(
    ("condition", "day", "due"),
    [
        ("30", "2026-10-31", "2026-11-30"),
        ("00", "2026-10-31", "2026-10-31"),
        ("EM", "2026-10-15", "2026-12-30"),
    ],
)
def test_due_date_follows_the_payment_condition(
    client: ExactClient, condition: str, day: str, due: str
) -> None:
    client.sale("10045", [client.line("80502", 1)], PaymentCondition=condition, EntryDate=day)

    rows = client.rows("salesentry/SalesEntries", filter=f"DueDate eq datetime'{due}T00:00:00'")

    assert len(rows) == 1


@pytest.mark.parametrize(
    ("code", "amount", "net", "vat"),
    [
        ("4", 100, -100, -21),
        ("3", 121, -100, -21),
        ("2", 10, -10, -0.9),
        ("5", 100, -100, 0),
        ("0", 100, -100, 0),
    ],
)
def test_vat_follows_the_type_of_the_code(
    client: ExactClient, code: str, amount: float, net: float, vat: float
) -> None:
    entry = client.sale("10045", [client.line("80502", amount, VATCode=code)]).json()["d"]

    ledger = client.ledger(entry["EntryID"])
    assert ledger.pop("80502") == net
    assert sum(sum_ for account, sum_ in ledger.items() if account != "13011") == vat
    assert entry["AmountFC"] == -net - vat


def test_account_brings_its_vat_code_and_an_empty_text_keeps_it_away(client: ExactClient) -> None:
    own = client.sale("10045", [client.line("80502", 100)]).json()["d"]
    none = client.sale("10045", [client.line("80502", 100, VATCode="")]).json()["d"]

    assert (own["AmountFC"], none["AmountFC"]) == (121, 100)


def test_percentage_is_that_of_the_entry_date(client: ExactClient) -> None:
    code = client.id_of("vat/VATCodes", "2")
    ended = client.rows("vat/VatPercentages", filter=f"VATCodeID eq guid'{code}' and Percentage eq 0.09")[0]
    dated = [
        {"ID": ended["ID"], "EndDate": "2026-10-31"},
        {"VATCodeID": code, "Percentage": 0.12, "StartDate": "2026-11-01"},
    ]
    client.control("load", {str(client.division): {"vat/VatPercentages": dated}})

    totals = [
        client.sale("10045", [client.line("80502", 100, VATCode="2")], EntryDate=day).json()["d"]["AmountFC"]
        for day in ("2026-10-31", "2026-11-01")
    ]

    assert totals == [109, 112]


def test_vat_is_rounded_per_line_or_per_code(client: ExactClient) -> None:
    lines = [client.line("80502", 37.50, VATCode="4"), client.line("80503", 12.50, VATCode="4")]

    per_line = client.sale("10045", lines).json()["d"]["VATAmountFC"]
    client.switch(vat_rounding="per_code")
    per_code = client.sale("10045", lines).json()["d"]["VATAmountFC"]

    assert (per_line, per_code) == (10.51, 10.5)


def test_vat_that_rounds_to_nothing_gets_no_line(client: ExactClient) -> None:
    entry = client.sale("10045", [client.line("80502", 0.01, VATCode="4")]).json()["d"]

    assert client.ledger(entry["EntryID"]) == {"13011": 0.01, "80502": -0.01}


def test_foreign_currency_is_converted_and_balances(client: ExactClient) -> None:
    lines = [client.line("80340", 100.01, VATCode="8"), client.line("80340", 33.33, VATCode="8")]

    entry = client.sale("40010", lines, Journal="75", Currency="USD", Rate=0.92).json()["d"]

    ledger = client.ledger(entry["EntryID"])
    assert (entry["AmountFC"], entry["AmountDC"], entry["Rate"]) == (133.34, 122.67, 0.92)
    assert round(sum(ledger.values()), 2) == 0
    assert ledger["80340"] == -(92.01 + 30.66)


def test_rate_can_run_the_other_way(client: ExactClient) -> None:
    client.switch(rate_direction="fc_per_dc")

    entry = client.sale(
        "40010", [client.line("80340", 125, VATCode="8")], Journal="75", Currency="USD", Rate=1.25
    ).json()["d"]

    assert entry["AmountDC"] == 100


def test_rate_comes_from_the_table_when_none_is_sent(client: ExactClient) -> None:
    entry = client.sale("40010", [client.line("80340", 100, VATCode="8")], Journal="76", Currency="USD")

    assert entry.json()["d"]["AmountDC"] == 92


def test_purchase_gets_a_document_of_its_own(client: ExactClient) -> None:
    entry = client.purchase("70020", [client.line("70153", 100)], Description="Verbranding oktober").json()[
        "d"
    ]

    document = client.rows("documents/Documents", filter=f"ID eq guid'{entry['Document']}'")[0]
    assert (document["Subject"], document["Type"]) == ("Verbranding oktober", 20)
    assert document["FinancialTransactionEntryID"] == entry["EntryID"]
    assert entry["InvoiceNumber"] == entry["EntryNumber"] == 26600001


def test_part_of_purchase_vat_may_be_cost(client: ExactClient) -> None:
    line = client.line("70153", 100, VATCode="4", VATNonDeductiblePercentage=0.5)

    entry = client.purchase("70020", [line]).json()["d"]

    assert client.ledger(entry["EntryID"]) == {"16011": -121, "70153": 110.5, "13305": 10.5}


def test_supplier_may_bill_the_same_number_twice_unless_switched(client: ExactClient) -> None:
    lines = [client.line("70153", 100)]

    taken = [client.purchase("70020", lines, YourRef="A1").status_code for _ in range(2)]
    client.switch(duplicate_your_ref="refused")
    refused = client.purchase("70020", lines, YourRef="A1")

    assert taken == [201, 201]
    assert message(refused) == "In gebruik: Uw ref."


def test_own_key_is_kept_only_when_switched(client: ExactClient) -> None:
    key = "11111111-2222-4333-8444-555555555555"

    ignored = client.sale("10045", [client.line("80502", 1)], EntryID=key).json()["d"]["EntryID"]
    client.switch(honours_entry_id=True)
    kept = client.sale("10045", [client.line("80502", 1)], EntryID=key).json()["d"]["EntryID"]
    again = client.sale("10045", [client.line("80502", 1)], EntryID=key)

    assert ignored != key
    assert kept == key
    assert message(again) == "Gegeven bestaat reeds"


def test_credit_may_be_told_by_type_when_switched(client: ExactClient) -> None:
    ignored = client.sale("10045", [client.line("80502", 10)], Type=21).json()["d"]
    client.switch(credit_type_sign="type")
    credit = client.sale("10045", [client.line("80502", 10)], Type=21).json()["d"]

    assert (ignored["Type"], ignored["AmountFC"]) == (20, 12.1)
    assert (credit["Type"], credit["AmountFC"]) == (21, -12.1)


def test_negative_entry_may_keep_the_type_of_an_invoice(client: ExactClient) -> None:
    credit = client.sale("10045", [client.line("80502", -10)]).json()["d"]
    client.switch(credit_type="invoice")
    invoice = client.sale("10045", [client.line("80502", -10)]).json()["d"]

    assert (credit["Type"], credit["AmountFC"]) == (21, -12.1)
    assert (invoice["Type"], invoice["AmountFC"]) == (20, -12.1)


def test_line_on_an_account_of_elsewhere_is_refused_or_dropped(client: ExactClient) -> None:
    lines = [client.line("80502", 10), {"GLAccount": NO_GUID, "AmountFC": 5}]

    refused = client.sale("10045", lines)
    client.switch(foreign_guid="drop")
    shorter = client.sale("10045", lines)
    empty = client.sale("10045", lines[1:])

    assert message(refused) == "Ongeldige referentie: Grootboekrekening"
    assert shorter.json()["d"]["AmountFC"] == 12.1
    assert message(empty) == "Verplicht: Boekingsregels"


def test_long_text_is_cut_when_switched(client: ExactClient) -> None:
    client.switch(text_too_long="cut")

    entry = client.sale("10045", [client.line("80502", 1)], Description="x" * 70).json()["d"]

    assert entry["Description"] == "x" * 60
