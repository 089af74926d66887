"""What an entry is held to: administration, journal, period, accounts, amounts, balance."""

from typing import Any

import pytest

from tests.emulators.afas_client import AfasClient, Body, cost_centre, line, purchase, sale, text_of


def changed(place: int, **fields: object) -> list[Body]:
    lines = sale()
    lines[place]["Fields"] |= fields
    return lines


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ({"UnId": 3}, "No unit available"),
        ({"UnId": 9}, "No unit available"),
        ({"JoCo": "21"}, "De ingevulde waarde bij 'Dagboek' bestaat niet"),
        ({"JoCo": "29"}, "Dagboek '29' is geblokkeerd."),
        ({"Peri": 13}, "Voor deze administratie bestaat periode 13 van jaar 2026 niet."),
        ({"Year": 2031}, "Voor deze administratie bestaat periode 10 van jaar 2031 niet."),
        ({"Peri": 8}, "Voor deze administratie is periode 8 van jaar 2026 geblokkeerd."),
    ],
)
def test_the_head_must_fit_the_administration(client: AfasClient, header: Body, text: str) -> None:
    assert text_of(client.post(sale(), **header)) == text


def test_a_call_without_administration_lands_where_the_user_last_was(client: AfasClient) -> None:
    answer = client.post(sale(), UnId=None)

    assert answer.json()["results"]["FiEntryPar"]["UnId"] == "2"
    assert client.booked()[0]["administration"] == "2"


@pytest.mark.parametrize(
    ("place", "fields", "text"),
    [
        (0, {"EnNo": 1}, "Bij toevoegen journaalpost mag het journaalpostnummer niet worden opgegeven."),
        (0, {"VaAs": "4"}, "De ingevulde waarde bij 'Kenmerk rekening' bestaat niet"),
        (0, {"AcNr": "10044"}, "De ingevulde waarde bij 'Rekeningnummer' bestaat niet"),
        (0, {"VaAs": "3"}, "De ingevulde waarde bij 'Rekeningnummer' bestaat niet"),
        (1, {"AcNr": "8111"}, "De ingevulde waarde bij 'Rekeningnummer' bestaat niet"),
        (1, {"AcNr": "8299"}, "Grootboekrekening 8299 is geblokkeerd."),
        (1, {"AcNr": "1300", "VaId": None}, "Op verzamelrekening 1300 kan niet rechtstreeks worden geboekt."),
        (0, {"AcNr": "99001"}, "Debiteur 99001 is geblokkeerd."),
        (0, {"EnDa": "2026-08-01"}, "Datum '1-8-2026' valt in een geblokkeerde periode"),
        (0, {"EnDa": "2031-08-01"}, "Datum '1-8-2031' valt in een geblokkeerde periode"),
        (0, {"BpDa": None}, "Vul een waarde in bij 'Boekstukdatum'."),
        (0, {"AmDe": 0}, "eErrFiEntryNoAmountOnEntryLine (AFASFiEntry)"),
        (0, {"AmCr": 1}, "Vul het bedrag debet of het bedrag credit in, niet beide."),
        (0, {"AmDe": "121.001"}, "Het bedrag heeft te veel decimalen."),
        (0, {"AmDe": "120.99"}, "De journaalpost is niet in balans: debet 120.99, credit 121.00."),
        (0, {"AmDe": "-121.00"}, "Het bedrag mag niet negatief zijn."),
        (0, {"PaCd": "99"}, "De ingevulde waarde bij 'Betalingsvoorwaarde' bestaat niet"),
        (0, {"PaCd": "OUD"}, "De ingevulde waarde bij 'Betalingsvoorwaarde' bestaat niet"),
        (0, {"BankAccount": "NL00"}, "Bankrekening NL00 niet gevonden bij rekening 10045."),
        (0, {"AmGa": 122}, "Het bedrag G-rekening is groter dan het factuurbedrag."),
        (0, {"CuId": "XXX"}, "De ingevulde waarde bij 'Valuta' bestaat niet"),
        (1, {"BankAccount": "NL00"}, "Afwijkende betaalrekening is niet toegestaan."),
        (1, {"CuId": "USD"}, "Valuta is niet toegestaan voor rekening 8110."),
        (
            0,
            {"InI2": "X"},
            "Dit is niet mogelijk. Je kunt niet een intern en extern factuurnummer samen meegeven.",
        ),
    ],
)
def test_a_line_must_fit(client: AfasClient, place: int, fields: Body, text: str) -> None:
    assert text_of(client.post(changed(place, **fields))) == text
    assert client.booked() == []


def test_refusals_come_in_the_language_that_is_asked_for(client: AfasClient) -> None:
    texts = {}
    for language in ("nl-nl", "nl-be", "en-us", "xx", ""):
        client.session.headers["Accept-Language"] = language
        texts[language] = text_of(client.post(sale(), JoCo="21"))
    client.switch(environment_language="en")
    client.session.headers["Accept-Language"] = ""

    dutch, english = (
        "De ingevulde waarde bij 'Dagboek' bestaat niet",
        "The value entered at 'Journal' does not exist",
    )
    assert texts == {"nl-nl": dutch, "nl-be": dutch, "en-us": english, "xx": dutch, "": dutch}
    assert text_of(client.post(sale(), JoCo="21")) == english


def test_every_refusal_has_a_log_reference_of_its_own(client: AfasClient) -> None:
    answers = [client.post(sale(), JoCo="21") for _ in range(2)]
    references = [answer.json()["profitLogReference"] for answer in answers]

    assert len(set(references)) == 2
    assert all(len(each) == 32 and each == each.upper() for each in references)
    assert answers[0].headers["X-PROFIT-ERROR"]


def test_words_nobody_documents_may_be_others(client: AfasClient) -> None:
    client.switch(composed_texts="strange")

    composed = text_of(client.post(sale(), JoCo="29"))
    documented = text_of(client.post(sale(), Peri=8))

    assert composed.startswith("De gegevens zijn niet verwerkt")
    assert documented == "Voor deze administratie is periode 8 van jaar 2026 geblokkeerd."


def test_a_locked_journal_takes_nothing_until_it_is_free(client: AfasClient) -> None:
    client.switch(locked_journals="1/20")
    locked = client.post(sale())
    elsewhere = client.post(purchase(), JoCo="10")
    client.switch(locked_journals="")

    assert "geblokkeerd door een andere gebruiker" in text_of(locked)
    assert elsewhere.status_code == 201
    assert client.post(sale()).status_code == 201


def test_a_fully_blocked_creditor_is_refused_whatever_the_switch(client: AfasClient) -> None:
    client.switch(blocked_relation="taken")

    debtor = client.post(changed(0, AcNr="99001"))
    creditor = client.post(purchase(creditor="99004"), JoCo="10")

    assert debtor.status_code == 201
    assert text_of(creditor) == "Crediteur 99004 is geblokkeerd."


@pytest.mark.parametrize(
    ("switch", "position", "place", "fields"),
    [
        ("negative_amounts", "taken", 0, {"AmDe": 0, "AmCr": "-121.00"}),
        ("balance_tolerance_cents", 1, 0, {"AmDe": "120.99"}),
        ("third_decimal", "rounded", 0, {"AmDe": "121.004"}),
        ("zero_amounts", "taken", 3, {}),
        ("ledger_on_collect_account", "taken", 1, {"AcNr": "1300", "VaId": None}),
    ],
)
def test_other_positions_take_what_the_default_refuses(
    client: AfasClient, switch: str, position: Any, place: int, fields: Body
) -> None:
    lines = [*sale(), line("1", "1340")] if place == 3 else changed(place, **fields)
    if fields.get("AcNr") == "1300":
        del lines[1]["Objects"]
    before = client.post(lines)
    client.switch(**{switch: position})

    assert (before.status_code, client.post(lines).status_code) == (500, 201)


def test_period_and_date_may_differ_unless_switched(client: AfasClient) -> None:
    first = client.post(sale(), Peri=11)
    client.switch(period_holds_date="checked")
    second = client.post(sale("SI-2"), Peri=11)

    assert first.status_code == 201
    assert text_of(second) == "Datum '31-10-2026' valt niet in periode 11 van jaar 2026."


def test_an_unknown_type_of_entry_is_a_warning_unless_switched(client: AfasClient) -> None:
    first = client.post(sale(), PrTp=1)
    client.switch(prepare_type="refused")

    assert first.status_code == 201
    assert text_of(client.post(sale("SI-2"), PrTp=1)) == "Unknown preparetype"


def test_blocked_periods_are_a_switch_and_the_connector_shows_them(client: AfasClient) -> None:
    client.switch(closed_periods="2026/9 2026/10")

    refused = client.post(sale())
    rows = client.rows(
        "Profit_periods_per_administration",
        filterfieldids="Unit,Blocked",
        operatortypes="1,1",
        filtervalues="1,true",
        orderbyfieldids="Period",
    )

    assert "periode 10 van jaar 2026" in text_of(refused)
    assert [row["Period"] for row in rows] == [9, 10]


def test_foreign_amounts_go_with_the_rate_as_the_vendors_sample_has_it(client: AfasClient) -> None:
    def sold(invoice: str, **fields: object) -> Any:
        lines = [
            line("2", "40010", "1000.00", InId=invoice, CuId="USD", **fields),
            line("1", "8330", credit="1000.00", InId=invoice, VaId="13", objects=cost_centre("HANDEL")),
        ]
        return client.post(lines)

    right = sold("US-1", Rate="1.25", AmDc="1250.00")
    listed = sold("US-2")
    wrong = sold("US-3", Rate="0.8", AmDc="1250.00")
    client.switch(rate_direction="base_per_foreign")
    turned = sold("US-3", Rate="0.8", AmDc="1250.00")
    client.switch(rate_direction="unchecked")
    unchecked = sold("US-4", Rate="0.87", AmDc="9999")

    assert [each.status_code for each in (right, listed, turned, unchecked)] == [201] * 4
    assert text_of(wrong) == "Het valutabedrag komt niet overeen met bedrag en koers."
    assert [(each["currency"], each["rate"]) for each in client.booked()][:2] == [
        ("USD", "1.25"),
        ("USD", "1.0815"),
    ]
    item = client.rows("Profit_Debtor_Invoices", orderbyfieldids="InvoiceNr")[0]
    assert (item["AmtInvoice"], item["AmtInvoiceCurr"]) == (1000.0, 1250.0)


def test_due_dates_follow_the_payment_condition_where_none_is_sent(client: AfasClient) -> None:
    client.post(sale("SI-1"))
    client.post(changed(0, InId="SI-2", PaCd="EM"))
    client.post(changed(0, InId="SI-3", DaEx="2026-12-31"))

    rows = client.rows("Profit_Debtor_Invoices", orderbyfieldids="InvoiceNr")

    assert [row["ExpDate"][:10] for row in rows] == ["2026-11-30", "2026-11-30", "2026-12-31"]


def test_a_memorial_needs_no_invoice_and_is_never_a_duplicate(client: AfasClient) -> None:
    lines = [
        line("1", "1340", "500.00", BpNr="MEMO-1"),
        line("1", "8290", credit="500.00", BpNr="MEMO-1", objects=cost_centre("ALG")),
    ]

    answers = [client.post(lines, JoCo="80") for _ in range(2)]

    assert [answer.json()["results"]["FiEntryPar"]["InId"] for answer in answers] == ["", ""]
    assert [each["document"] for each in client.booked()] == ["MEMO-1", "MEMO-1"]
