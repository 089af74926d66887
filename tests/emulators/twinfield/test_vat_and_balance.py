"""VAT lines that Twinfield adds, the balance to the cent, currencies; with the source's sample documents."""

from typing import Any

import pytest

from tests.emulators.twinfield_client import TwinfieldClient, line, remarks, sale, transaction

PURCHASE = {"office": "NL42", "code": "INK", "currency": "EUR", "date": "20261031", "invoicenumber": "A-1"}
Ledger = dict[str, str]


def ledger(client: TwinfieldClient) -> Ledger:
    """Return the last booking: account to signed amount."""
    sums: dict[str, Any] = {}
    for each in client.books()[-1]["lines"]:
        cents = round((float(each["debit"]) - float(each["credit"])) * 100)
        sums[each["account"]] = sums.get(each["account"], 0) + cents
    return {account: f"{cents / 100:.2f}" for account, cents in sums.items()}


def s1(*, gross: str = "418.60", autobalance: str = "false", amounts: tuple[str, ...] = ()) -> str:
    rows = [("8210", "150.00"), ("8220", "12.50"), ("8230", "176.70"), ("8240", "6.75")]
    details = []
    for place, (account, net) in enumerate(rows):
        fields = {"vatvalue": amounts[place]} if amounts else {}
        details.append(
            line(
                "detail",
                account,
                "credit",
                net,
                id=str(place + 2),
                dim2="KP10",
                vatcode="VH",
                **fields,
            )
        )
    return sale(*details, gross=gross, at_autobalancevat=autobalance)


def test_vat_sent_per_line_is_booked_to_the_cent(client: TwinfieldClient) -> None:
    client.number(s1(amounts=("31.50", "2.63", "37.10", "1.42")))

    assert ledger(client) == {
        "1300": "418.60",
        "8210": "-150.00",
        "8220": "-12.50",
        "8230": "-176.70",
        "8240": "-6.75",
        "1530": "-72.65",
    }


def test_vat_left_to_twinfield_is_rounded_per_line_and_misses_the_gross(client: TwinfieldClient) -> None:
    found = remarks(client.book(s1()))

    assert found[0][2].startswith("De boeking is niet in balans. Er ontbreekt 0.01 debet.//")


# Rounded per line the VAT is 72.66 and the booking 418.61.
@pytest.mark.parametrize(
    ("gross", "result"), [("418.58", "0"), ("418.59", "1"), ("418.63", "1"), ("418.64", "0")]
)
def test_autobalance_takes_two_cents_at_most(client: TwinfieldClient, gross: str, result: str) -> None:
    assert client.book(s1(gross=gross, autobalance="true")).get("result") == result


def test_autobalanced_vat_shows_in_line_and_vat_line(client: TwinfieldClient) -> None:
    booked = client.book(s1(autobalance="true"))[0]

    details = [each.findtext("vatvalue") for each in booked.findall("lines/line[@type='detail']")]
    assert booked.findtext("lines/line[@type='vat']/value") == "72.65"
    assert f"{sum(float(each or 0) for each in details):.2f}" == "72.65"


def test_mixed_rates_make_one_vat_line_each_and_zero_rates_a_line_of_zero(client: TwinfieldClient) -> None:
    metal = line("detail", "8310", "credit", "3307.20", id="2", dim2="KP40", vatcode="VVL")
    rent = line("detail", "8220", "credit", "185.00", id="3", dim2="KP30", vatcode="VH")

    booked = client.book(sale(metal, rent, gross="3531.05"))[0]

    vat = booked.findall("lines/line[@type='vat']")
    assert [(each.get("id"), each.findtext("vatcode"), each.findtext("value")) for each in vat] == [
        ("4", "VVL", "0.00"),
        ("5", "VH", "38.85"),
    ]
    assert ledger(client)["1530"] == "-38.85"


def test_shifted_purchase_makes_two_vat_lines_that_cancel_out(client: TwinfieldClient) -> None:
    total = line("total", "1600", "credit", "1957.60", id="1", dim2="C70007")
    iron = line("detail", "7210", "debit", "810.60", id="2", dim2="KP40", vatcode="IVLH")
    copper = line("detail", "7210", "debit", "1147.00", id="3", dim2="KP40", vatcode="IVLH")

    client.number(transaction(PURCHASE, total, iron, copper))

    assert ledger(client) == {"1600": "-1957.60", "7210": "1957.60", "1520": "411.10", "1535": "-411.10"}


def test_shifted_purchase_may_make_no_vat_lines(client: TwinfieldClient) -> None:
    client.switch(reverse_charge_lines=0)
    total = line("total", "1600", "credit", "100.00", id="1", dim2="C70007")
    detail = line("detail", "7210", "debit", "100.00", id="2", dim2="KP40", vatcode="IVLH")

    client.number(transaction(PURCHASE, total, detail))

    assert ledger(client) == {"1600": "-100.00", "7210": "100.00"}


def test_client_may_send_both_vat_lines_of_a_shifted_code_itself(client: TwinfieldClient) -> None:
    base = {"vatcode": "IVLH", "vatturnover": "100.00", "baseline": "2"}
    lines = [
        line("total", "1600", "credit", "100.00", id="1", dim2="C70007"),
        line("detail", "7210", "debit", "100.00", id="2", dim2="KP40", vatcode="IVLH"),
        line("vat", "1520", "debit", "21.00", id="3", **base),
        line("vat", "1535", "credit", "21.00", id="4", **base),
    ]

    booked = client.book(transaction(PURCHASE, *lines))[0]

    assert len(booked.findall("lines/line")) == 4
    assert ledger(client) == {"1600": "-100.00", "7210": "100.00", "1520": "21.00", "1535": "-21.00"}


def test_vat_line_without_account_takes_the_codes_own(client: TwinfieldClient) -> None:
    detail = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
    vat = line("vat", "", "credit", "42.00", id="3", vatcode="VH", vatturnover="200.00", baseline="2")

    booked = client.book(sale(detail, vat, gross="242.00"))[0]

    assert booked.findtext("lines/line[3]/dim1") == "1530"


def test_vat_line_names_its_base_line(client: TwinfieldClient) -> None:
    detail = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
    vat = line("vat", "1530", "credit", "42.00", id="3", vatcode="VH", vatturnover="200.00")

    found = remarks(client.book(sale(detail, vat, gross="242.00")))

    assert found == [("line", "error", "De btw-regel verwijst niet naar een regel met btw-code VH.")]


def test_vat_lines_may_come_per_line(client: TwinfieldClient) -> None:
    client.switch(vat_lines="per_line")

    booked = client.book(s1(amounts=("31.50", "2.63", "37.10", "1.42")))[0]

    vat = booked.findall("lines/line[@type='vat']")
    assert [each.findtext("value") for each in vat] == ["31.50", "2.63", "37.10", "1.42"]


def test_lines_of_both_signs_follow_their_own_side(client: TwinfieldClient) -> None:
    rent = line("detail", "8220", "credit", "100.00", id="2", dim2="KP30", vatcode="VH")
    discount = line("detail", "8240", "debit", "10.00", id="3", dim2="KP10", vatcode="VH")

    booked = client.book(sale(rent, discount, gross="108.90"))[0]

    assert booked.findtext("lines/line[@type='vat']/value") == "18.90"
    assert booked.findtext("lines/line[@type='total']/vattotal") == "18.90"
    assert ledger(client) == {"1300": "108.90", "8220": "-100.00", "8240": "10.00", "1530": "-18.90"}


def test_rate_is_that_of_the_invoices_day(client: TwinfieldClient) -> None:
    detail = line("detail", "8340", "credit", "100.00", id="2", dim2="KP40", vatcode="VL")

    client.number(sale(detail, gross="109.00"))

    assert ledger(client)["1531"] == "-9.00"


def test_document_without_vat_has_no_vat_line(client: TwinfieldClient) -> None:
    booked = client.book(sale(line("detail", "8265", "credit", "27.60", id="2"), gross="27.60"))[0]

    assert booked.findall("lines/line[@type='vat']") == []
    assert booked.findtext("lines/line[1]/vattotal") == "0.00"


def test_foreign_currency_has_its_base_value_and_balances_in_both(client: TwinfieldClient) -> None:
    details = [
        line("detail", "8330", "credit", "33.33", id="2", dim2="KP40", vatcode="VEXP"),
        line("detail", "8330", "credit", "33.34", id="3", dim2="KP40", vatcode="VEXP"),
    ]

    booked = client.book(sale(*details, gross="66.67", customer="D40010", currency="USD"))[0]

    assert booked.findtext("lines/line[1]/rate") == "0.920000000"
    assert [each.findtext("basevalue") for each in booked.findall("lines/line")][:3] == [
        "61.33",
        "30.66",
        "30.67",
    ]
    assert (client.books()[-1]["currency"], client.books()[-1]["rate"]) == ("USD", "0.920000000")


def test_rate_that_was_sent_is_kept(client: TwinfieldClient) -> None:
    detail = line("detail", "8330", "credit", "100.00", id="2", dim2="KP40", rate="0.9", basevalue="90.00")
    sent = sale(detail, gross="100.00", customer="D40010", currency="USD").replace(
        "<value>100.00</value></line>",
        "<value>100.00</value><rate>0.9</rate><basevalue>90.00</basevalue></line>",
        1,
    )

    booked = client.book(sent)[0]

    assert booked.findtext("lines/line[1]/basevalue") == "90.00"


def test_base_values_that_were_sent_must_balance(client: TwinfieldClient) -> None:
    detail = line("detail", "8330", "credit", "100.00", id="2", dim2="KP40", basevalue="91.00")

    found = remarks(client.book(sale(detail, gross="100.00", customer="D40010", currency="USD")))

    assert found[0][2].startswith("De boeking balanceert niet in de basisvaluta. Er ontbreekt 1.00 credit.")


def test_intra_eu_code_defaults_its_vat_number_from_the_relation(client: TwinfieldClient) -> None:
    detail = line("detail", "8320", "credit", "2638.48", id="2", dim2="KP40", vatcode="VEUL")

    known = client.book(sale(detail, gross="2638.48", customer="D30010"))
    unknown = client.book(sale(detail, gross="2638.48", customer="D20008", number="VF2"))

    assert known.get("result") == "1"
    assert remarks(unknown) == [
        ("performancevatnumber", "error", "Het btw-nummer voor de ICP-opgaaf ontbreekt.")
    ]


def test_performance_is_read_back(client: TwinfieldClient) -> None:
    detail = line(
        "detail",
        "8280",
        "credit",
        "100.00",
        id="2",
        dim2="KP20",
        vatcode="VEUD",
        performancetype="services",
        performancecountry="DE",
        performancevatnumber="DE123456788",
        performancedate="20261031",
    )

    number = client.number(sale(detail, gross="100.00", customer="D30011"))

    read = client.read("VRK", number).find("lines/line[2]")
    assert read is not None
    assert [read.findtext(f"performance{name}") for name in ("type", "country", "vatnumber", "date")] == [
        "services", "DE", "DE123456788", "20261031",
    ]  # fmt: skip
