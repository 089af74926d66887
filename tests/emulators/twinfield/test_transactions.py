"""Transactions that are sent: replies as recorded, batches, warnings, duplicates."""

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import (
    TwinfieldClient,
    line,
    plain_sale,
    remarks,
    sale,
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
    assert dict(account.attrib) == {
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


def test_documents_of_a_batch_are_independent_and_keep_their_order(client: TwinfieldClient) -> None:
    broken = sale(line("detail", "8999", "credit", "10.00", id="2"), gross="12.10", number="VF2")

    reply = client.book(plain_sale("VF1"), broken, plain_sale("VF3"))

    assert reply.get("result") == "0"
    assert [each.get("result") for each in reply] == ["1", "0", "1"]
    assert [each.findtext("header/number") for each in reply] == ["202600001", None, "202600002"]
    assert [entry["document"] for entry in client.books()] == ["VF1", "VF3"]


def test_refusal_marks_the_node_and_every_node_above(client: TwinfieldClient) -> None:
    reply = client.book(sale(line("detail", "8999", "credit", "242.00", id="2"), gross="242.00"))

    booked = reply[0]
    account = booked.find("lines/line[2]/dim1")
    assert account is not None
    assert dict(account.attrib) == {
        "msgtype": "error",
        "msg": "Dimensie 8999 komt niet voor in administratie NL42.",
        "result": "0",
    }
    marked = [booked, booked.find("lines"), booked.find("lines/line[2]")]
    assert [each.get("result") for each in marked if each is not None] == ["0", "0", "0"]
    assert [each.get("result") for each in (booked.find("header"), booked.find("lines/line[1]"))
            if each is not None] == [None, None]  # fmt: skip
    assert (booked.get("destiny"), booked.get("location")) == ("temporary", None)


def test_lines_without_id_are_refused_without_id(client: TwinfieldClient) -> None:
    lines = [
        line("total", "1300", "debit", "10.00", dim2="D10045"),
        line("detail", "8220", "credit", "9.00", dim2="KP30"),
    ]
    head = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": "VF1"}

    reply = client.book(transaction(head, *lines))

    assert [each.get("id") for each in reply.iter("line")] == [None, None]


def test_lone_transaction_is_answered_alone(client: TwinfieldClient) -> None:
    reply = client.ask(plain_sale())

    assert (reply.tag, reply.get("result")) == ("transaction", "1")


def test_office_of_the_document_wins_over_the_header(client: TwinfieldClient) -> None:
    client.book(plain_sale(office="NL43"))

    assert (client.books("NL42"), len(client.books("NL43"))) == ([], 1)


@pytest.mark.parametrize(
    ("office", "message"),
    [
        ("XX", "De administratie bestaat niet."),
        ("", "De administratie bestaat niet."),
        ("NL44", "U hebt geen toegang tot deze administratie."),
    ],
)
def test_office_that_is_not_there_refuses_the_document(
    client: TwinfieldClient, office: str, message: str
) -> None:
    assert remarks(client.book(plain_sale(office=office))) == [("transaction", "error", message)]


def test_numbers_run_per_daybook_and_year(client: TwinfieldClient) -> None:
    numbers = [
        client.number(plain_sale("V1")),
        client.number(plain_sale("V2", code="VRKZ")),
        client.number(plain_sale("V3", date="20250131")),
        client.number(plain_sale("V4")),
    ]

    assert numbers == ["202600001", "202600001", "202500001", "202600002"]


def test_same_invoice_number_of_a_relation_is_a_warning_that_refuses(client: TwinfieldClient) -> None:
    client.number(plain_sale())

    again = client.book(plain_sale())
    other = client.book(plain_sale(customer="D10046"))

    assert remarks(again) == [("invoicenumber", "warning", "Factuurnummer VF1 komt reeds voor.")]
    assert other.get("result") == "1"
    assert len(client.books()) == 2


def test_warning_that_is_not_raised_books_the_double(client: TwinfieldClient) -> None:
    client.number(plain_sale())

    assert client.book(plain_sale(at_raisewarning="false")).get("result") == "1"
    assert len(client.books()) == 2


def test_raising_on_the_node_wins_over_the_root(client: TwinfieldClient) -> None:
    client.number(plain_sale())
    raised = plain_sale(at_raisewarning="false").replace(
        "<invoicenumber>", '<invoicenumber raisewarning="true">'
    )
    silent = plain_sale().replace("<invoicenumber>", '<invoicenumber raisewarning="false">')

    assert client.book(raised).get("result") == "0"
    assert client.book(silent).get("result") == "1"


def test_daybook_may_refuse_a_double_whatever_is_raised(client: TwinfieldClient) -> None:
    client.number(plain_sale(code="VRKZ"))

    again = client.book(plain_sale(code="VRKZ", at_raisewarning="false"))

    assert remarks(again) == [("invoicenumber", "error", "Factuurnummer VF1 komt reeds voor.")]


def test_day_outside_its_period_is_a_warning(client: TwinfieldClient) -> None:
    sent = plain_sale(date="20261025", period="2026/11")
    silent = sent.replace("<date>", '<date raisewarning="false">')

    text = "Datum 25-10-2026 valt buiten de opgegeven periode (2026/11)."
    assert remarks(client.book(sent)) == [("date", "warning", text)]
    assert client.book(silent).get("result") == "1"


def test_several_messages_of_a_node_are_joined(client: TwinfieldClient) -> None:
    detail = line("detail", "8220", "credit", "200.01", id="2", vatcode="VH")

    found = remarks(client.book(sale(detail, gross="242.00")))

    assert found == [
        (
            "transaction",
            "error",
            "//".join(
                [
                    "De boeking is niet in balans. Er ontbreekt 0.01 debet.",
                    "De boeking balanceert niet in de basisvaluta. Er ontbreekt 0.01 debet.",
                    "De boeking balanceert niet in de rapportagevaluta. Er ontbreekt 0.01 debet.",
                ]
            ),
        )
    ]


def test_texts_come_in_the_users_language(client: TwinfieldClient) -> None:
    client.switch(user_language="en")

    found = remarks(client.book(sale(line("detail", "8999", "credit", "242.00", id="2"), gross="242.00")))

    assert found == [("dim1", "error", "Dimension 8999 does not exist in company NL42.")]


def test_identical_document_is_booked_anew_without_a_number(client: TwinfieldClient) -> None:
    journal = transaction(
        JOURNAL,
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "2000", "credit", "1.00", id="2"),
    )

    assert (client.number(journal), client.number(journal)) == ("202600001", "202600002")


def test_whole_document_comes_back_with_its_remark(client: TwinfieldClient) -> None:
    reply = client.book(plain_sale(currency="XXX"))

    text = etree.tostring(reply[0], encoding="unicode")
    assert 'msg="Valuta XXX bestaat niet."' in text
    assert "<number>" not in text
    assert "<value>242.00</value>" in text
