"""What the program refuses in a journal page, and what it fills in itself."""

from typing import Any

import pytest

from tests.emulators.accountview_client import AccountViewClient, Body, line, message, page_body

LINES = [line("8120", 100, VAT_CODE="1", VAT_AMT=21)]


def _nothing_booked(client: AccountViewClient) -> bool:
    entries: list[Body] = client.control("books?administration=VB01")["entries"]
    return not entries


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"DJ_CODE": None}, "Dagboekcode moet worden ingevoerd"),
        ({"DJ_CODE": "XXX"}, "Dagboekcode 'XXX' bestaat niet"),
        ({"DJ_CODE": "VRO"}, "Dagboekcode 'VRO' is geblokkeerd"),
        ({"DJ_CODE": "BNK"}, "Dagboek 'BNK' kan niet via de Web-API worden gevuld"),
        ({"HDR_DESC": None}, "Omschrijving bladzijde moet worden ingevoerd"),
        ({"SUB_NR": None}, "Debiteur/Crediteur moet worden ingevoerd"),
        ({"SUB_NR": "12345"}, "Debiteur/Crediteur '12345' bestaat niet"),
        ({"SUB_NR": "70020"}, "Debiteur/Crediteur '70020' bestaat niet"),
        ({"SUB_NR": "99001"}, "Debiteur/Crediteur '99001' is geblokkeerd"),
        ({"INV_NR": None}, "Document-/factuurnummer moet worden ingevoerd"),
        ({"INV_NR": "F123456789012"}, "Document-/factuurnummer is langer dan 12 tekens"),
        ({"HDR_DESC": "x" * 41}, "Omschrijving bladzijde is langer dan 40 tekens"),
        ({"DISC_CODE": "99"}, "Betalingsconditie '99' bestaat niet"),
        ({"COST_CODE": "OUD"}, "Kostenplaatscode 'OUD' bestaat niet"),
        ({"PROJ_CODE": "OUD"}, "Projectcode 'OUD' bestaat niet"),
        ({"ACCT_NR": "8990"}, "Rekeningnr '8990' is geblokkeerd"),
        ({"CUR_CODE": "USD"}, "Dagboek 'VRK' heeft valuta EUR, niet USD"),
        ({"DJ_CODE": "VRV", "CUR_CODE": "XXX", "EXCH_RATE": 1}, "Valutacode 'XXX' bestaat niet"),
        ({"DJ_CODE": "VRV", "CUR_CODE": "USD"}, "Valutakoers moet worden ingevoerd"),
        ({"TRN_DATE": "2026-08-15"}, "Periode 8 van boekjaar 2026 is geblokkeerd"),
        ({"TRN_DATE": "2025-12-31"}, "Datum 31-12-2025 valt niet in boekjaar 2026"),
        ({"PERIOD": 13}, "Periode '13' bestaat niet"),
        ({"PERIOD": 8}, "Periode 8 van boekjaar 2026 is geblokkeerd"),
        ({"PAGE_AMT": 121}, "Bladsaldo kan niet worden gewijzigd"),
        ({"TGT_BAL": 121.01}, "Controlesaldo 121.01 wijkt af van 121.00"),
        ({"BLK_AMT": 122}, "Bedrag G-rekening is groter dan het bladzijdebedrag"),
        ({"BLK_AMT": -1}, "Bedrag G-rekening is groter dan het bladzijdebedrag"),
    ],
)
def test_a_header_with_one_thing_wrong_is_refused(
    client: AccountViewClient, fields: dict[str, Any], text: str
) -> None:
    answer = client.sale(LINES, **fields)

    assert answer.status_code == 400
    assert text in message(answer)
    assert _nothing_booked(client)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"ACCT_NR": None}, "Rekeningnr moet worden ingevoerd"),
        ({"ACCT_NR": "9998"}, "Rekeningnr '9998' bestaat niet"),
        ({"ACCT_NR": "8990"}, "Rekeningnr '8990' is geblokkeerd"),
        ({"ACCT_NR": "8110"}, "Kostenplaatscode moet worden ingevoerd"),
        ({"ACCT_NR": "8340", "VAT_CODE": None, "VAT_AMT": None}, "BTW-code moet worden ingevoerd"),
        ({"ACCT_NR": "1210"}, "Debiteur-/crediteurnummer moet worden ingevoerd"),
        ({"ACCT_NR": "1210", "SUB_NR": "10045"}, "Document-/factuurnummer moet worden ingevoerd"),
        ({"ACCT_NR": "1210", "SUB_NR": "70020", "INV_NR": "X"}, "'70020' bestaat niet"),
        ({"SUB_NR": "12345"}, "'12345' bestaat niet"),
        ({"COST_CODE": "OUD"}, "Kostenplaatscode 'OUD' bestaat niet"),
        ({"PROJ_CODE": "OUD"}, "Projectcode 'OUD' bestaat niet"),
        ({"PC_CODE": "A"}, "'A' bestaat niet"),
        ({"VAT_CODE": "99"}, "BTW-code '99' bestaat niet"),
        ({"VAT_CODE": "11"}, "BTW-code '11' past niet bij dit dagboek"),
        ({"VAT_CODE": None}, "BTW-code moet worden ingevoerd"),
        ({"VAT_CODE": "3"}, "BTW-bedrag is niet toegestaan bij 0%"),
        ({"AMOUNT": None}, "bedrag moet worden ingevoerd"),
        ({"CUR_CODE": "USD"}, "wijkt af van die van de bladzijde"),
        ({"TRN_DATE": "2026-08-01", "DJ_CODE": "VRK"}, None),
        ({"TRN_DATE": "2025-08-01"}, "valt niet in boekjaar 2026"),
        ({"BEG_PER": 1}, "Spreiden over perioden is niet mogelijk"),
        ({"TRN_DESC": "x" * 41}, "is langer dan 40 tekens"),
    ],
)
def test_a_line_with_one_thing_wrong_is_refused(
    client: AccountViewClient, fields: dict[str, Any], text: str | None
) -> None:
    answer = client.sale([LINES[0] | fields])

    if text is None:
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert text in message(answer)
    assert _nothing_booked(client)


def test_an_account_may_demand_a_quantity(client: AccountViewClient) -> None:
    client.control("load", {"VB01": {"LEDGER": [{"ACCT_NR": "8120", "QTY_MAND": 1}]}})

    assert "moet worden ingevoerd" in message(client.sale(LINES))
    assert client.sale([LINES[0] | {"TRN_QTY": 2.5}]).status_code == 200


def test_the_refusal_names_the_line(client: AccountViewClient) -> None:
    answer = client.sale([*LINES, line("9998", 1)])

    assert message(answer).startswith("Regel 2: ")


def test_a_page_without_lines_is_refused(client: AccountViewClient) -> None:
    assert "geen regels" in message(client.sale([]))


def test_a_memorial_must_balance_vat_included(client: AccountViewClient) -> None:
    uneven = client.memorial([line("1250", 100), line("8900", -99.99)])
    with_vat = client.memorial([line("4410", 100, VAT_CODE="11", VAT_AMT=21), line("9999", -100)])

    assert message(uneven) == "De bladzijde is niet in balans, verschil 0.01"
    assert "21.00" in message(with_vat)
    assert client.memorial([line("4410", 100, VAT_CODE="11"), line("9999", -121)]).status_code == 200


def test_a_memorial_may_name_a_relation_that_exists(client: AccountViewClient) -> None:
    lines = [line("1250", 1), line("9999", -1)]

    assert client.memorial(lines, SUB_NR="10045").status_code == 200
    assert "'12345' bestaat niet" in message(client.memorial(lines, SUB_NR="12345"))


def test_a_memorial_in_foreign_currency_must_balance_in_both(client: AccountViewClient) -> None:
    lines = [line("1250", 92, CUR_AMT=100), line("8900", -92, CUR_AMT=-99.98)]

    answer = client.memorial(lines, DJ_CODE="MEV", CUR_CODE="USD", EXCH_RATE=0.92)

    assert message(answer) == "De bladzijde is niet in balans, verschil 0.02"


def test_pages_are_numbered_per_journal_and_year(client: AccountViewClient) -> None:
    numbers = [client.sale(LINES, INV_NR=f"F{n}").json()["DJ_PAGE"][0]["PAGE_NR"] for n in range(2)]
    purchase = client.purchase([line("4410", 1, VAT_CODE="19")])
    earlier = client.send("POST", _dated("2025-10-31"))

    assert numbers == ["1", "2"]
    assert purchase.json()["DJ_PAGE"][0]["PAGE_NR"] == "1"
    assert earlier.json()["DJ_PAGE"][0]["PAGE_NR"] == "1"


def test_a_page_number_that_is_sent_is_kept_once(client: AccountViewClient) -> None:
    assert client.sale(LINES, PAGE_NR="17").json()["DJ_PAGE"][0]["PAGE_NR"] == "17"
    assert "bestaat al" in message(client.sale(LINES, PAGE_NR="17"))
    assert client.sale(LINES).json()["DJ_PAGE"][0]["PAGE_NR"] == "18"
    assert client.sale(LINES, PAGE_NR="test").json()["DJ_PAGE"][0]["PAGE_NR"] == "TEST"


def test_the_same_document_number_is_taken_twice_unless_refused(client: AccountViewClient) -> None:
    assert client.sale(LINES).status_code == 200
    assert client.sale(LINES).status_code == 200

    client.switch(duplicate_inv_nr="per_relation")
    assert "bestaat al" in message(client.sale(LINES))
    assert client.sale(LINES, SUB_NR="10046").status_code == 200
    client.switch(duplicate_inv_nr="in_journal")
    assert "bestaat al" in message(client.sale(LINES, SUB_NR="10047"))
    assert client.sale(LINES, DJ_CODE="VRV").status_code == 200


def test_a_journal_that_numbers_itself_replaces_demands_or_keeps(client: AccountViewClient) -> None:
    replaced = client.sale(LINES, DJ_CODE="VRA").json()["DJ_PAGE"][0]["INV_NR"]
    client.switch(num_auto="keeps")
    kept = client.sale(LINES, DJ_CODE="VRA").json()["DJ_PAGE"][0]["INV_NR"]
    given = client.sale(LINES, DJ_CODE="VRA", INV_NR=None).json()["DJ_PAGE"][0]["INV_NR"]
    client.switch(num_auto="demands_none")

    assert (replaced, kept, given) == ("202600001", "F1", "202600002")
    assert "deelt zelf factuurnummers uit" in message(client.sale(LINES, DJ_CODE="VRA"))


def test_codes_and_numbers_come_back_in_upper_case_and_texts_in_windows_1252(
    client: AccountViewClient,
) -> None:
    answer = client.sale(LINES, INV_NR="f1a", DJ_CODE="vrk", HDR_DESC="Café ☂ € \u0160")

    page = answer.json()["DJ_PAGE"][0]
    assert (page["INV_NR"], page["DJ_CODE"]) == ("F1A", "VRK")
    assert page["HDR_DESC"] == "Café ? € \u0160"
    client.switch(outside_windows_1252="refused")
    assert "ongeldige tekens" in message(client.sale(LINES, HDR_DESC="☂"))


def test_codes_and_numbers_may_keep_their_letters_and_are_then_other_codes(client: AccountViewClient) -> None:
    client.switch(capitals="kept", duplicate_inv_nr="in_journal")

    pages = [client.sale(LINES, INV_NR=number).json()["DJ_PAGE"][0] for number in ("f1a", "F1A")]

    assert [page["INV_NR"] for page in pages] == ["f1a", "F1A"]
    assert "'vrk' bestaat niet" in message(client.sale(LINES, DJ_CODE="vrk"))


def test_texts_that_are_too_long_may_be_cut(client: AccountViewClient) -> None:
    client.switch(text_too_long="cut")

    page = client.sale(LINES, INV_NR="F123456789012").json()["DJ_PAGE"][0]

    assert page["INV_NR"] == "F12345678901"


def test_days_and_condition_come_from_the_relation_unless_sent(client: AccountViewClient) -> None:
    own = client.sale(LINES).json()["DJ_PAGE"][0]
    sent = client.sale(LINES, DISC_CODE="14").json()["DJ_PAGE"][0]
    days = client.sale(LINES, CRED_DAYS=8).json()["DJ_PAGE"][0]

    assert [(page["DISC_CODE"], page["CRED_DAYS"]) for page in (own, sent, days)] == [
        ("30", 30),
        ("14", 14),
        ("30", 8),
    ]


def test_a_line_takes_the_cost_centre_and_project_of_its_page(client: AccountViewClient) -> None:
    answer = client.sale([line("8110", 1, VAT_CODE="3")], COST_CODE="INZ", PROJ_CODE="GLAS")

    assert answer.json()["DJ_LINE"][0]["COST_CODE"] == "INZ"
    rows = client.read("GJ1")["TRANSACT"]
    assert [row["PROJ_CODE"] for row in rows if row["ACCT_NR"] == "8110"] == ["GLAS"]


def test_the_control_balance_is_checked_unless_switched_off(client: AccountViewClient) -> None:
    assert client.sale(LINES, TGT_BAL=121).status_code == 200
    assert client.sale(LINES, TGT_BAL=0).status_code == 200
    client.switch(control_balance="ignored")
    assert client.sale(LINES, TGT_BAL=5).status_code == 200


def _dated(day: str) -> Body:
    header = {"DJ_CODE": "VRK", "SUB_NR": "10045", "INV_NR": "F1", "HDR_DESC": "x", "TRN_DATE": day}
    return page_body(header, LINES) | {"BookDate": day}
