"""Transactions that are booked: replies as recorded."""

from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import (
    TwinfieldClient,
    attributes,
    line,
    plain_sale,
    transaction,
)

PURCHASE = {"office": "NL42", "code": "INK", "currency": "EUR", "date": "20261031", "invoicenumber": "A-1"}
JOURNAL = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031", "regime": "Generic"}


def names(element: Element | None) -> list[str]:
    assert element is not None
    return [str(each.tag) for each in element]


def test_reply_brings_what_was_sent_in_its_order_then_twinfields_own(client: TwinfieldClient) -> None:
    reply = client.book(plain_sale(period="2026/10", freetext2="QUBZ-8841"))

    booked = reply[0]
    assert (reply.get("result"), booked.get("result"), booked.get("location")) == ("1", "1", "temporary")
    assert booked.get("destiny") is None
    assert names(booked.find("header")) == [
        "office", "code", "currency", "date", "invoicenumber", "period", "freetext2",
        "duedate", "origin", "originreference", "user", "number",
    ]  # fmt: skip
    assert booked.findtext("header/number") == "202600001"
    assert booked.findtext("header/duedate") == "20261130"
    assert names(booked.find("lines/line[1]"))[4:] == [
        "rate", "basevalue", "reprate", "repvalue", "vattotal", "vatbasetotal", "matchlevel",
        "customersupplier", "openvalue", "openbasevalue", "openrepvalue", "matchstatus",
    ]  # fmt: skip
    assert names(booked.find("lines/line[2]"))[5:] == [
        "rate", "basevalue", "reprate", "repvalue", "vatvalue", "vatbasevalue", "matchstatus",
    ]  # fmt: skip


def test_generated_vat_line_has_the_next_id_and_baseline_1(client: TwinfieldClient) -> None:
    booked = client.book(plain_sale())[0]

    vat = booked.find("lines/line[3]")
    assert vat is not None
    assert (vat.get("id"), vat.get("type"), vat.findtext("baseline")) == ("3", "vat", "1")
    assert names(vat) == [
        "dim1", "value", "vatcode", "debitcredit", "vatturnover", "vatbaseturnover", "baseline", "rate",
        "basevalue", "reprate", "repvalue",
    ]  # fmt: skip
    assert [vat.findtext(name) for name in ("dim1", "value", "debitcredit", "vatturnover")] == [
        "1530", "42.00", "credit", "200.00",
    ]  # fmt: skip


def test_coded_nodes_carry_names(client: TwinfieldClient) -> None:
    booked = client.book(plain_sale())[0]

    account = booked.find("lines/line[2]/dim1")
    assert account is not None
    assert attributes(account) == {
        "name": "Omzet verhuur containers",
        "shortname": "Verhuur",
        "type": "PNL",
        "inuse": "true",
        "vatcode": "VH",
        "vatobligatory": "false",
    }
    assert {name: node.get("name") for name in ("office", "code", "currency", "user")
            for node in booked.findall(f"header/{name}")} == {
        "office": "Voorbeeld Recycling B.V.",
        "code": "Verkoopboek",
        "currency": "Euro",
        "user": "API Koppeling",
    }  # fmt: skip


def test_purchase_is_the_mirror(client: TwinfieldClient) -> None:
    total = line("total", "1600", "credit", "121.00", id="1", dim2="C70020")
    detail = line("detail", "7310", "debit", "100.00", id="2", dim2="KP20", vatcode="IH")

    booked = client.book(transaction(PURCHASE, total, detail))[0]

    assert booked.get("result") == "1"
    assert booked.find("header/originreference") is None
    assert booked.findtext("lines/line[3]/dim1") == "1520"
    assert booked.findtext("lines/line[3]/debitcredit") == "debit"


def test_journal_line_on_a_relation_is_open_and_due(client: TwinfieldClient) -> None:
    cost = line("detail", "4100", "debit", "75.00", id="1", dim2="KP10")
    relation = line("detail", "1300", "credit", "75.00", id="2", dim2="D10045", invoicenumber="VF1")

    booked = client.book(transaction(JOURNAL, cost, relation))[0]

    assert names(booked.find("header"))[-4:] == ["origin", "user", "period", "number"]
    open_line = booked.find("lines/line[2]")
    assert open_line is not None
    assert [open_line.findtext(name) for name in ("duedate", "matchlevel", "openvalue", "matchstatus")] == [
        "20261130", "2", "75.00", "available",
    ]  # fmt: skip
    assert booked.findtext("lines/line[1]/invoicenumber") == ""
    assert booked.findtext("lines/line[1]/matchstatus") == "notmatchable"


def test_credit_note_is_the_same_with_every_side_inverted(client: TwinfieldClient) -> None:
    head = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": "C1"}
    total = line("total", "1300", "credit", "23.70", id="1", dim2="D10045")
    first = line("detail", "8210", "debit", "18.75", id="2", dim2="KP10", vatcode="VH", vatvalue="3.94")
    second = line("detail", "8240", "debit", "0.84", id="3", dim2="KP10", vatcode="VH", vatvalue="0.17")

    booked = client.book(transaction(head, total, first, second))[0]

    assert [booked.findtext(f"lines/line[4]/{name}") for name in ("value", "debitcredit")] == [
        "4.11",
        "debit",
    ]
