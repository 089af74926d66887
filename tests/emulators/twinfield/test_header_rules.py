"""The rules of the header: what refuses a transaction, on which node, in which words."""

import pytest

from tests.emulators.twinfield.first_remark import first_remark
from tests.emulators.twinfield_client import TwinfieldClient, plain_sale


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


def test_number_that_is_not_there_cannot_be_changed(client: TwinfieldClient) -> None:
    sent = plain_sale().replace("<header>", "<header><number>202600099</number>")

    assert first_remark(client, sent) == ("number", "error", "De boeking bestaat niet.")
