"""The rules of header and lines: what refuses a transaction, on which node, in which words."""

import pytest

from tests.emulators.twinfield_client import TwinfieldClient, line, plain_sale, remarks, sale, transaction

JOURNAL = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031"}
TOTAL = line("total", "1300", "debit", "242.00", id="1", dim2="D10045")
DETAIL = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
HEAD = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": "VF1"}


def first_remark(client: TwinfieldClient, sent: str) -> tuple[str, str, str]:
    """Book what is refused; return its first remark, a missing balance that comes along left aside."""
    reply = client.book(sent)
    assert reply.get("result") == "0"
    assert client.books() == []
    found = [(node, kind, part) for node, kind, text in remarks(reply) for part in text.split("//")]
    return next(each for each in found if "balan" not in each[2])


@pytest.mark.parametrize(
    ("changes", "node", "message"),
    [
        ({"code": "XXX"}, "code", "Dagboek XXX bestaat niet."),
        ({"code": ""}, "code", "code moet worden ingevuld."),
        ({"currency": ""}, "currency", "currency moet worden ingevuld."),
        ({"invoicenumber": ""}, "invoicenumber", "invoicenumber moet worden ingevuld."),
        ({"date": "2026-10-31"}, "date", "De datum 2026-10-31 is ongeldig."),
        ({"date": "20260231"}, "date", "De datum 20260231 is ongeldig."),
        ({"duedate": "31122026"}, "duedate", "De datum 31122026 is ongeldig."),
        ({"period": "october"}, "period", "De waarde october is ongeldig."),
        (
            {"period": "2020/01"},
            "period",
            "De boeking kan niet gemaakt worden omdat periode 2020/01 niet bestaat",
        ),
        (
            {"date": "20200101"},
            "transaction",
            "De boeking kan niet gemaakt worden omdat periode 2020/01 niet bestaat",
        ),
        ({"regime": "Martian"}, "regime", "De waarde Martian is ongeldig."),
        (
            {"user": "API01"},
            "user",
            "Ongeldige XML - Het element 'user' mag niet worden aangeleverd.",
        ),
        (
            {"statementnumber": "1"},
            "statementnumber",
            "Ongeldige XML - Het element 'statementnumber' mag niet worden aangeleverd.",
        ),
        (
            {"code": "VRKZ", "freetext2": "Q"},
            "freetext2",
            "Vrij tekstveld freetext2 is niet toegestaan bij dagboek VRKZ.",
        ),
        (
            {"invoicenumber": "9" * 41},
            "invoicenumber",
            f"De tekst '{'9' * 41}' is te lang; maximaal 40 tekens.",
        ),
        ({"at_status": "temporary"}, "transaction", "Incorrecte XML - de bestemming is ongeldig."),
        ({"at_destiny": ""}, "transaction", "Incorrecte XML - de bestemming is ongeldig."),
        ({"at_raisewarning": "no"}, "transaction", "Incorrecte XML - de bestemming is ongeldig."),
    ],
)
def test_header_is_refused(client: TwinfieldClient, changes: dict[str, str], node: str, message: str) -> None:
    found = first_remark(client, plain_sale(**changes))

    assert found == (node, "error", message)


@pytest.mark.parametrize(
    ("changes", "node", "message"),
    [
        ({"value": "-200.00"}, "value", "Het bedrag -200.00 moet groter dan of gelijk aan 0 zijn."),
        ({"value": "200,00"}, "value", "Het bedrag 200,00 is ongeldig."),
        ({"value": "200.001"}, "value", "Het bedrag 200.001 is ongeldig."),
        ({"value": "2E2"}, "value", "Het bedrag 2E2 is ongeldig."),
        ({"value": ""}, "value", "value moet worden ingevuld."),
        ({"side": "D"}, "debitcredit", "De waarde D is ongeldig."),
        ({"dim1": ""}, "line", "dim1 moet worden ingevuld."),
        ({"dim1": "00822"}, "dim1", "Dimensie 00822 komt niet voor in administratie NL42."),
        ({"dim1": "8990"}, "dim1", "Dimensie 8990 is niet actief."),
        ({"dim2": "KP11"}, "dim2", "Dimensie KP11 komt niet voor in administratie NL42."),
        ({"dim2": "KP99"}, "dim2", "Dimensie KP99 is niet actief."),
        (
            {"dim2": "D10045"},
            "dim2",
            "Het formaat van het dimensietype DEB van dimensie D10045 op niveau 2 moet voldoen aan het "
            "formaat KPL.",
        ),
        ({"dim3": "KP10"}, "dim3", "Dimensie KP10 komt niet voor in administratie NL42."),
        (
            {"dim1": "8210", "dim2": ""},
            "dim2",
            "Grootboekrekening 8210 vereist de specificatie van een relatie of kostenplaats.",
        ),
        (
            {"dim1": "4900", "vatcode": ""},
            "dim2",
            "Dimensie KP30 op niveau 2 is niet toegestaan bij grootboekrekening 4900.",
        ),
        ({"vatcode": "V21"}, "vatcode", "Btw V21 bestaat niet of is (nog) niet actief."),
        ({"vatcode": "VO19"}, "vatcode", "Btw VO19 bestaat niet of is (nog) niet actief."),
        (
            {"vatcode": "IH"},
            "vatcode",
            "BTW Hoog inkoop (IH) is van het type Inkoop terwijl het dagboek van het btw-type Verkoop is.",
        ),
        ({"dim1": "8230", "vatcode": ""}, "vatcode", "Er ontbreekt een btw-code."),
        ({"vatvalue": "-42.00"}, "vatvalue", "Het bedrag -42.00 moet groter dan of gelijk aan 0 zijn."),
        ({"vatcode": "VVL", "vatvalue": "1.00"}, "vatvalue", "Het bedrag 1.00 is ongeldig."),
        ({"description": "x" * 41}, "description", f"De tekst '{'x' * 41}' is te lang; maximaal 40 tekens."),
        (
            {"invoicenumber": "VF1"},
            "invoicenumber",
            "Ongeldige XML - Het element 'invoicenumber' mag niet worden aangeleverd.",
        ),
        (
            {"openvalue": "1.00"},
            "openvalue",
            "Ongeldige XML - Het element 'openvalue' mag niet worden aangeleverd.",
        ),
        (
            {"performancetype": "goods"},
            "performancetype",
            "Ongeldige XML - Het element 'performancetype' mag niet worden aangeleverd.",
        ),
        ({"rate": "0.9"}, "rate", "De waarde 0.9 is ongeldig."),
    ],
)
def test_line_is_refused(client: TwinfieldClient, changes: dict[str, str], node: str, message: str) -> None:
    fields = {"dim1": "8220", "side": "credit", "value": "200.00", "dim2": "KP30", "vatcode": "VH"} | changes
    sent = {name: text for name, text in fields.items() if text or name in {"value"}}
    sent |= {"dim1": fields["dim1"]}
    detail = line("detail", sent.pop("dim1"), sent.pop("side"), sent.pop("value"), id="2", **sent)

    assert first_remark(client, sale(detail, gross="242.00")) == (node, "error", message)


@pytest.mark.parametrize(
    ("lines", "node", "message"),
    [
        ([DETAIL, TOTAL], "line", "De eerste regel moet de enige totaalregel zijn."),
        (
            [TOTAL, TOTAL.replace('id="1"', 'id="3"'), DETAIL],
            "line",
            "De eerste regel moet de enige totaalregel zijn.",
        ),
        (
            [DETAIL, DETAIL.replace('id="2"', 'id="3"')],
            "line",
            "De eerste regel moet de enige totaalregel zijn.",
        ),
        ([TOTAL], "transaction", "De boeking moet minimaal twee regels bevatten."),
        (
            [TOTAL, DETAIL.replace('id="2"', 'id="1"')],
            "line",
            "Het regelnummer 1 is ongeldig of komt vaker voor.",
        ),
        (
            [TOTAL, DETAIL.replace('id="2"', 'id="a"')],
            "line",
            "Het regelnummer a is ongeldig of komt vaker voor.",
        ),
        ([TOTAL, DETAIL.replace("detail", "sum")], "line", "De waarde sum is ongeldig."),
        (
            [TOTAL.replace("D10045", "C70020"), DETAIL],
            "dim2",
            "Het formaat van het dimensietype CRD van dimensie C70020 op niveau 2 moet voldoen aan het formaat DEB.",
        ),
        ([TOTAL.replace("D10045", "D99001"), DETAIL], "dim2", "Dimensie D99001 is niet actief."),
        (
            [TOTAL.replace("D10045", "D99002"), DETAIL],
            "dim2",
            "Dimensie D99002 komt niet voor in administratie NL42.",
        ),
        (
            [TOTAL.replace("<dim2>D10045</dim2>", ""), DETAIL],
            "dim2",
            "Grootboekrekening 1300 vereist de specificatie van een relatie of kostenplaats.",
        ),
        (
            [TOTAL.replace("1300", "2000"), DETAIL],
            "dim1",
            "Dimensie 2000 op niveau 1 is niet toegestaan bij grootboekrekening 2000.",
        ),
        (
            [TOTAL.replace("</line>", "<vatcode>VH</vatcode></line>"), DETAIL],
            "vatcode",
            "Ongeldige XML - Het element 'vatcode' mag niet worden aangeleverd.",
        ),
    ],
)
def test_lines_are_refused(client: TwinfieldClient, lines: list[str], node: str, message: str) -> None:
    assert first_remark(client, transaction(HEAD, *lines)) == (node, "error", message)


def test_number_that_is_not_there_cannot_be_changed(client: TwinfieldClient) -> None:
    sent = plain_sale().replace("<header>", "<header><number>202600099</number>")

    assert first_remark(client, sent) == ("number", "error", "De boeking bestaat niet.")


def test_total_line_may_leave_its_account_to_the_relation(client: TwinfieldClient) -> None:
    booked = client.book(transaction(HEAD, TOTAL.replace("<dim1>1300</dim1>", ""), DETAIL))[0]

    assert booked.findtext("lines/line[1]/dim1") == "1300"


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
