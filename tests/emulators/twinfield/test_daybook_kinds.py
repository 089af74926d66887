"""Journals, opening balances and cash books; documents that are no transaction."""

from tests.emulators.twinfield.first_remark import first_remark
from tests.emulators.twinfield_client import TwinfieldClient, line, plain_sale, remarks, sale, transaction

JOURNAL = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031"}
TOTAL = line("total", "1300", "debit", "242.00", id="1", dim2="D10045")
DETAIL = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
HEAD = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": "VF1"}


def test_journal_has_no_total(client: TwinfieldClient) -> None:
    sent = transaction(JOURNAL, TOTAL, line("detail", "2000", "credit", "242.00", id="2"))

    assert first_remark(client, sent) == (
        "line",
        "error",
        "Het regeltype total is niet toegestaan bij dagboek MEMO.",
    )


def test_journal_carries_its_invoice_number_on_the_line(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "2000", "credit", "1.00", id="2"),
    ]

    found = first_remark(client, transaction(JOURNAL | {"invoicenumber": "VF1"}, *lines))

    assert found[0] == "invoicenumber"


def test_journal_line_on_a_relations_account_has_no_cost_centre(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "1300", "credit", "1.00", id="2", dim2="KP10"),
    ]

    assert "moet voldoen aan het formaat DEB" in first_remark(client, transaction(JOURNAL, *lines))[2]


def test_relation_belongs_to_its_own_control_account(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "1600", "credit", "1.00", id="2", dim2="D10045"),
    ]

    found = first_remark(client, transaction(JOURNAL, *lines))

    assert found[2] == "Dimensie D10045 op niveau 2 is niet toegestaan bij grootboekrekening 1600."


def test_line_without_type_is_a_detail(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "2000", "credit", "1.00", id="2"),
    ]
    sent = transaction(JOURNAL, *[each.replace(' type="detail"', "") for each in lines])

    assert client.book(sent).get("result") == "1"


def test_currency_and_day_of_a_journal_may_be_left_out(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "4100", "debit", "1.00", id="1"),
        line("detail", "2000", "credit", "1.00", id="2"),
    ]

    booked = client.book(transaction({"office": "NL42", "code": "MEMO"}, *lines))[0]

    assert (booked.findtext("header/date"), booked.findtext("header/period")) == ("20261106", "2026/11")


def test_opening_balance_stands_in_period_0(client: TwinfieldClient) -> None:
    lines = [
        line("detail", "1100", "debit", "1.00", id="1"),
        line("detail", "0500", "credit", "1.00", id="2"),
    ]

    head = {"office": "NL42", "code": "BEGINBALANS", "date": "20260101"}

    assert client.book(transaction(head, *lines))[0].findtext("header/period") == "2026/00"


def test_cash_booking_needs_its_total_and_a_statement_number_of_its_own(client: TwinfieldClient) -> None:
    head = {
        "office": "NL42",
        "code": "KAS",
        "currency": "EUR",
        "date": "20261031",
        "statementnumber": "7",
        "startvalue": "0.00",
        "closevalue": "10.00",
    }
    total = line("total", "1000", "debit", "10.00", id="1")
    detail = line("detail", "2000", "credit", "10.00", id="2")

    without = client.book(transaction(head, detail, detail.replace('id="2"', 'id="3"')))
    booked = client.book(transaction(head, total, detail))
    again = client.book(transaction(head, total, detail))

    assert "De eerste regel moet de enige totaalregel zijn." in [
        text for _node, _kind, text in remarks(without)
    ]
    assert booked.get("result") == "1"
    assert remarks(again) == [("statementnumber", "error", "Het afschriftnummer 7 komt reeds voor.")]


def test_total_of_a_payment_may_have_a_day_of_its_own(client: TwinfieldClient) -> None:
    head = {"office": "NL42", "code": "KAS", "currency": "EUR", "date": "20261031"}
    total = line("total", "1000", "debit", "10.00", id="1", currencydate="20261030")
    detail = line("detail", "2000", "credit", "10.00", id="2", currencydate="20261030")

    assert client.book(transaction(head, total, detail)).get("result") == "1"
    assert remarks(client.book(sale(DETAIL, gross="242.00").replace("</dim2>", "</dim2><currencydate>20261030"
        "</currencydate>", 1)))[0][0] == "currencydate"  # fmt: skip


def test_more_than_1000_lines_are_a_bare_400(client: TwinfieldClient) -> None:
    lines = [line("detail", "8220", "credit", "1.00", id=str(number)) for number in range(2, 1002)]

    answer = client.post(f"<transactions>{sale(*lines, gross='1000.00')}</transactions>")

    assert (answer.status_code, answer.content) == (400, b"")


def test_zero_as_number_makes_a_new_booking(client: TwinfieldClient) -> None:
    assert (
        client.number(plain_sale(number="VF1").replace("<header>", "<header><number>0</number>"))
        == "202600001"
    )


def test_document_without_header_or_lines_is_refused(client: TwinfieldClient) -> None:
    reply = client.book('<transaction destiny="temporary"><lines/></transaction>', "<booking/>")

    assert [text for _node, _kind, text in remarks(reply)] == [
        "header moet worden ingevuld.",
        "Ongeldige XML - Het element 'booking' mag niet worden aangeleverd.",
    ]
