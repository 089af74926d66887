"""The source's sample documents as they stand in Twinfield's ledger."""

from decimal import Decimal

import pytest

from tests.emulators.twinfield_client import TwinfieldClient, line, sale, transaction

PURCHASE = {"office": "NL42", "currency": "EUR", "date": "20261031", "invoicenumber": "A-1"}
JOURNAL = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031"}
Leg = tuple[str, str, str, str]


def ledger(client: TwinfieldClient) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for each in client.books()[-1]["lines"]:
        sums[each["account"]] = (
            sums.get(each["account"], Decimal(0)) + Decimal(each["debit"]) - Decimal(each["credit"])
        )
    return {account: str(amount) for account, amount in sums.items()}


def details(side: str, *legs: Leg) -> list[str]:
    """Write detail lines: account, net, VAT code and the client's own VAT amount."""
    return [
        line("detail", account, side, net, id=str(place), dim2="KP10", **vat(code, amount))
        for place, (account, net, code, amount) in enumerate(legs, start=2)
    ]


def vat(code: str, amount: str) -> dict[str, str]:
    return {name: text for name, text in (("vatcode", code), ("vatvalue", amount)) if text}


@pytest.mark.parametrize(
    ("customer", "gross", "legs", "expected"),
    [
        pytest.param(
            "D20007",
            "3531.05",
            [("8310", "3307.20", "VVL", ""), ("8220", "185.00", "VH", "38.85")],
            {"1300": "3531.05", "8310": "-3307.20", "8220": "-185.00", "1530": "-38.85"},
            id="S2",
        ),
        pytest.param(
            "D30010",
            "2638.48",
            [("8320", "2638.48", "VEUL", "")],
            {"1300": "2638.48", "8320": "-2638.48"},
            id="S4",
        ),
        pytest.param(
            "D10050",
            "155.85",
            [("8260", "128.80", "VH", "27.05")],
            {"1300": "155.85", "8260": "-128.80", "1530": "-27.05"},
            id="S5",
        ),
        pytest.param(
            "D10060", "27.60", [("8265", "27.60", "VG", "")], {"1300": "27.60", "8265": "-27.60"}, id="S6"
        ),
        pytest.param(
            "D10070",
            "2420.00",
            [("8250", "2000.00", "VH", "420.00")],
            {"1300": "2420.00", "8250": "-2000.00", "1530": "-420.00"},
            id="S7",
        ),
        pytest.param(
            "D10080",
            "236.82",
            [("8270", "115.32", "VG", ""), ("8270", "121.50", "VG", "")],
            {"1300": "236.82", "8270": "-236.82"},
            id="S8",
        ),
    ],
)
def test_sale_is_booked_as_the_source_says(
    client: TwinfieldClient, customer: str, gross: str, legs: list[Leg], expected: dict[str, str]
) -> None:
    client.number(sale(*details("credit", *legs), gross=gross, customer=customer))

    assert ledger(client) == expected


@pytest.mark.parametrize(
    ("daybook", "supplier", "gross", "legs", "expected"),
    [
        pytest.param(
            "INKZ",
            "C70007",
            "1957.60",
            [("7210", "810.60", "IVLH", ""), ("7210", "1147.00", "IVLH", "")],
            {"1600": "-1957.60", "7210": "1957.60", "1520": "411.10", "1535": "-411.10"},
            id="P1",
        ),
        pytest.param(
            "INK",
            "C70060",
            "14.45",
            [("7220", "14.45", "IG", "")],
            {"1600": "-14.45", "7220": "14.45"},
            id="P2",
        ),
        pytest.param(
            "INK",
            "C70020",
            "4127.75",
            [("7310", "2422.56", "IH", "508.74"), ("7320", "988.80", "IH", "207.65")],
            {"1600": "-4127.75", "7310": "2422.56", "7320": "988.80", "1520": "716.39"},
            id="P3",
        ),
    ],
)
def test_purchase_is_booked_as_the_source_says(
    client: TwinfieldClient,
    daybook: str,
    supplier: str,
    gross: str,
    legs: list[Leg],
    expected: dict[str, str],
) -> None:
    total = line("total", "1600", "credit", gross, id="1", dim2=supplier)

    client.number(transaction(PURCHASE | {"code": daybook}, total, *details("debit", *legs)))

    assert ledger(client) == expected


def test_memorial_is_booked_as_the_source_says(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "1390", "debit", "1250.00", id="1", dim2="KP10"),
        line("detail", "8290", "credit", "1250.00", id="2", dim2="KP10"),
    ]

    client.number(transaction(JOURNAL, *lines))

    assert ledger(client) == {"1390": "1250.00", "8290": "-1250.00"}
