"""The sample documents as hand-written requests, and what they leave in the ledger."""

from typing import Any

import pytest

from tests.emulators.exactonline_client import Body, ExactClient

# account, net, VAT code, further fields
Line = tuple[str, float, str, dict[str, Any]]
INZ = {"CostCenter": "INZ"}

SALES: dict[str, tuple[str, str, list[Line], dict[str, Any], dict[str, float]]] = {
    "S1": (
        "10045",
        "2026100123",
        [
            ("80501", 150.00, "4", INZ | {"VATAmountFC": 31.50}),
            ("80502", 12.50, "4", {"CostCenter": "VERH", "VATAmountFC": 2.62}),
            ("80503", 176.70, "4", {"CostCenter": "VERW", "VATAmountFC": 37.11}),
            ("80504", 6.75, "4", INZ | {"VATAmountFC": 1.42}),
        ],
        {},
        {
            "13011": 418.60,
            "80501": -150.00,
            "80502": -12.50,
            "80503": -176.70,
            "80504": -6.75,
            "16221": -72.65,
        },
    ),
    "S2": (
        "20007",
        "2026100124",
        [("80330", 3307.20, "5", {}), ("80502", 185.00, "4", {"VATAmountFC": 38.85})],
        {},
        {"13011": 3531.05, "80330": -3307.20, "80502": -185.00, "16221": -38.85},
    ),
    "S3": (
        "10045",
        "2026110007",
        [
            ("80501", -18.75, "4", INZ | {"VATAmountFC": -3.93}),
            ("80504", -0.84, "4", {"VATAmountFC": -0.18}),
        ],
        {},
        {"13011": -23.70, "80501": 18.75, "80504": 0.84, "16221": 4.11},
    ),
    "S4": ("30010", "S4", [("80345", 2638.48, "6", {})], {}, {"13011": 2638.48, "80345": -2638.48}),
    "S5": (
        "10050",
        "S5",
        [("80506", 128.80, "4", {"VATAmountFC": 27.05})],
        {},
        {"13011": 155.85, "80506": -128.80, "16221": -27.05},
    ),
    "S6": ("10060", "S6", [("80507", 27.60, "0", {})], {}, {"13011": 27.60, "80507": -27.60}),
    "S7": (
        "10070",
        "S7",
        [("80505", 2000.00, "4", {"VATAmountFC": 420.00})],
        {"GAccountAmountFC": 968.00},
        {"13011": 2420.00, "80505": -2000.00, "16221": -420.00},
    ),
    "S8": (
        "10080",
        "S8",
        [("80510", 115.32, "0", {}), ("80510", 121.50, "0", {})],
        {},
        {"13011": 236.82, "80510": -236.82},
    ),
}
PURCHASES: dict[str, tuple[str, str, list[Line], dict[str, Any], dict[str, float]]] = {
    "P1": (
        "70007",
        "ZF-2026-0031",
        [("70251", 810.60, "20", {}), ("70251", 1147.00, "20", {})],
        {"Journal": "61"},
        {"16011": -1957.60, "70251": 1957.60, "13305": 411.10, "16223": -411.10},
    ),
    "P2": ("70060", "P2", [("70252", 14.45, "25", {})], {}, {"16011": -14.45, "70252": 14.45}),
    "P3": (
        "70020",
        "P3",
        [
            ("70153", 2422.56, "4", {"VATAmountFC": 508.74}),
            ("70154", 988.80, "4", {"VATAmountFC": 207.65}),
        ],
        {},
        {"16011": -4127.75, "70153": 2422.56, "70154": 988.80, "13305": 716.39},
    ),
}


def _lines(client: ExactClient, lines: list[Line]) -> list[Body]:
    return [client.line(account, net, VATCode=code, **more) for account, net, code, more in lines]


@pytest.mark.parametrize("name", SALES)
def test_sales_samples_stand_in_the_ledger_to_the_cent(client: ExactClient, name: str) -> None:
    customer, number, lines, more, ledger = SALES[name]

    answer = client.sale(customer, _lines(client, lines), YourRef=number, **more)

    entry = answer.json()["d"]
    assert answer.status_code == 201
    assert client.ledger(entry["EntryID"]) == ledger
    assert entry["AmountFC"] == ledger["13011"]
    assert entry["Type"] == (21 if ledger["13011"] < 0 else 20)


@pytest.mark.parametrize("name", PURCHASES)
def test_purchase_samples_stand_in_the_ledger_to_the_cent(client: ExactClient, name: str) -> None:
    supplier, number, lines, more, ledger = PURCHASES[name]

    answer = client.purchase(supplier, _lines(client, lines), YourRef=number, **more)

    entry = answer.json()["d"]
    assert answer.status_code == 201
    assert client.ledger(entry["EntryID"]) == ledger
    assert entry["AmountFC"] == -ledger["16011"]


def test_belgian_sample_takes_the_vat_of_the_whole(belgian: ExactClient) -> None:
    lines = [
        belgian.line("700000", 37.50, VATCode="03", CostCenter="INZ", VATAmountFC=7.88),
        belgian.line("700100", 12.50, VATCode="03", VATAmountFC=2.62),
    ]

    entry = belgian.sale("50010", lines).json()["d"]

    assert belgian.ledger(entry["EntryID"]) == {
        "400000": 60.50,
        "700000": -37.50,
        "700100": -12.50,
        "451000": -10.50,
    }


def test_memorial_sample_and_its_reversal_balance(client: ExactClient) -> None:
    def lines(amount: float, day: str) -> list[Body]:
        shared = {"Date": day, "Description": "Nog te factureren", "VATCode": ""}
        return [
            client.line("14305", amount, **shared),
            client.line("80590", -amount, CostCenter="INZ", **shared),
        ]

    booked = client.memorial(lines(1250, "2026-10-31"), FinancialYear=2026, FinancialPeriod=10)
    reversed_ = client.memorial(lines(-1250, "2026-11-01"), FinancialYear=2026, FinancialPeriod=11)

    assert (booked.status_code, reversed_.status_code) == (201, 201)
    assert client.ledger(booked.json()["d"]["EntryID"]) == {"14305": 1250, "80590": -1250}
    assert booked.json()["d"]["EntryNumber"] == 26900001


def test_shifted_vat_shows_both_sides_with_their_letters(client: ExactClient) -> None:
    _, number, lines, more, _ = PURCHASES["P1"]
    entry = client.purchase("70007", _lines(client, lines), YourRef=number, **more).json()["d"]

    rows = client.rows(
        "financialtransaction/TransactionLines",
        filter=f"EntryID eq guid'{entry['EntryID']}'",
        select="GLAccountCode,AmountDC,VATCode,VATType,LineNumber",
        orderby="LineNumber",
    )

    assert [(row["GLAccountCode"], row["AmountDC"], row["VATCode"], row["VATType"]) for row in rows] == [
        ("16011", -1957.6, None, None),
        ("70251", 810.6, "20 ", "I"),
        ("70251", 1147, "20 ", "I"),
        ("13305", 411.1, "20 ", "O"),
        ("16223", -411.1, "20 ", "P"),
    ]


def test_head_counts_shifted_vat_when_switched_and_its_amount_stays_net(client: ExactClient) -> None:
    _, number, lines, more, _ = PURCHASES["P1"]
    usual = client.purchase("70007", _lines(client, lines), YourRef=number, **more).json()["d"]
    client.switch(header_vat_of_reverse="counted")
    counted = client.purchase("70007", _lines(client, lines), YourRef=number, **more).json()["d"]

    assert (usual["AmountFC"], usual["VATAmountFC"]) == (1957.6, None)
    assert (counted["AmountFC"], counted["VATAmountFC"]) == (1957.6, 411.1)


def test_control_route_shows_debit_and_credit_as_decimal_text(client: ExactClient) -> None:
    customer, number, lines, _, _ = SALES["S3"]
    client.sale(customer, _lines(client, lines), YourRef=number, Description="Correctie [QABC]")

    books = client.session.get(f"{client.base}/_emulator/books?administration=1234567", timeout=5).json()

    entry = books["entries"][0]
    assert {name: entry[name] for name in ("journal", "number", "document", "date", "period", "party")} == {
        "journal": "70",
        "number": "26700001",
        "document": "2026110007",
        "date": "2026-10-31",
        "period": "2026/10",
        "party": "10045",
    }
    assert entry["lines"][0] == {
        "account": "13011",
        "debit": "0.00",
        "credit": "23.70",
        "in_currency": "-23.70",
        "vat_code": None,
        "is_vat": False,
        "cost_centre": None,
        "party": "10045",
        "text": "Correctie [QABC]",
    }
