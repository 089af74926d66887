"""Batches, refusals node by node, warnings and invoice numbers that come again."""

import pytest
from lxml import etree

from tests.emulators.twinfield_client import (
    TwinfieldClient,
    attributes,
    line,
    plain_sale,
    remarks,
    sale,
    transaction,
)

JOURNAL = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031", "regime": "Generic"}


def test_documents_of_a_batch_are_independent_and_keep_their_order(client: TwinfieldClient) -> None:
    broken = sale(line("detail", "8999", "credit", "10.00", id="2"), gross="12.10", number="VF2")

    reply = client.book(plain_sale("VF1"), broken, plain_sale("VF3"))

    assert reply.get("result") == "0"
    assert [each.get("result") for each in reply] == ["1", "0", "1"]
    assert [each.findtext("header/number") for each in reply] == ["202600001", None, "202600002"]
    assert [entry["document"] for entry in client.books()] == ["VF1", "VF3"]


def test_refused_documents_may_come_first(client: TwinfieldClient) -> None:
    client.switch(batch_order="refused_first")

    reply = client.book(plain_sale("VF1"), plain_sale("VF2", currency="XXX"), plain_sale("VF3"))

    assert [each.findtext("header/invoicenumber") for each in reply] == ["VF2", "VF1", "VF3"]


def test_refusal_marks_the_node_and_every_node_above(client: TwinfieldClient) -> None:
    reply = client.book(sale(line("detail", "8999", "credit", "242.00", id="2"), gross="242.00"))

    booked = reply[0]
    account = booked.find("lines/line[2]/dim1")
    assert account is not None
    assert attributes(account) == {
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
            (
                "De boeking is niet in balans. Er ontbreekt 0.01 debet."
                "//De boeking balanceert niet in de basisvaluta. Er ontbreekt 0.01 debet."
                "//De boeking balanceert niet in de rapportagevaluta. Er ontbreekt 0.01 debet."
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
