"""The rules of lines: what refuses a transaction, on which node, in which words."""

import pytest

from tests.emulators.twinfield.first_remark import first_remark
from tests.emulators.twinfield_client import TwinfieldClient, line, sale, transaction

REQUIRES = "Grootboekrekening {} met nummer {} vereist de specificatie van een relatie of kostenplaats."
DIFFERS = "Het formaat van het dimensietype {} van dimensie {} op niveau 2 moet voldoen aan het formaat {}."
TOTAL = line("total", "1300", "debit", "242.00", id="1", dim2="D10045")
DETAIL = line("detail", "8220", "credit", "200.00", id="2", dim2="KP30", vatcode="VH")
HEAD = {"office": "NL42", "code": "VRK", "currency": "EUR", "date": "20261031", "invoicenumber": "VF1"}


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
            DIFFERS.format("DEB", "Restaurant De Proef (D10045)", "KPL"),
        ),
        ({"dim3": "KP10"}, "dim3", "Dimensie KP10 komt niet voor in administratie NL42."),
        (
            {"dim1": "8210", "dim2": ""},
            "dim2",
            REQUIRES.format("Omzet inzameling", "8210"),
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
    sent = {name: text for name, text in fields.items() if text or name == "value"}
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
            DIFFERS.format("CRD", "Verbrander Test B.V. (C70020)", "DEB"),
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
            REQUIRES.format("Debiteuren", "1300"),
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


def test_total_line_may_leave_its_account_to_the_relation(client: TwinfieldClient) -> None:
    booked = client.book(transaction(HEAD, TOTAL.replace("<dim1>1300</dim1>", ""), DETAIL))[0]

    assert booked.findtext("lines/line[1]/dim1") == "1300"
