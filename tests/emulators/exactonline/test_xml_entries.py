"""What an uploaded entry comes to, and what is wrong with one."""

from decimal import Decimal

import pytest

from tests.emulators.exactonline_client import Body, ExactClient
from tests.emulators.exactonline_documents import GOOD, read_messages, send, upload, write_line, write_sale


def test_uploaded_entry_is_booked_with_the_signs_of_the_ledger(client: ExactClient) -> None:
    lines = [write_line("13011", "121.00"), write_line("80501", "-100.00", "4")]

    answer = upload(client, lines, number=26700042)

    entry = client.rows("salesentry/SalesEntries", filter="EntryNumber eq 26700042")[0]
    place = answer.find("Topic/Data")
    assert answer.get("type") == "2"
    assert place is not None
    assert (place.get("keyAlt"), place.get("key")) == ("26700042", "{" + entry["EntryID"] + "}")
    assert client.ledger(entry["EntryID"]) == {"13011": 121, "80501": -100, "16221": -21}


def test_upload_may_spell_out_vat_or_leave_out_the_debtor(client: ExactClient) -> None:
    lines = [write_line("80501", "-100.00", "4"), write_line("16221", "-20.99", "4")]

    answer = upload(client, lines)

    assert answer.get("type") == "2"
    assert client.rows("salesentry/SalesEntries")[0]["AmountFC"] == 120.99


@pytest.mark.parametrize(
    ("lines", "head", "text"),
    [
        ([("80501", "-100.00", "ZZ")], {}, "Ongeldige referentie: Btw-code"),
        ([("88888", "-100.00", "4")], {}, "Ongeldige referentie: Grootboekrekening"),
        ([("80501", "-100.00", "4")], {"account": "1"}, "Verplicht: Relatie"),
        ([("80501", "-100.00", "4")], {"journal": "60"}, "Ongeldig: Dagboek (type)"),
        (
            [("80501", "-100.00", "4"), ("16221", "-30.00", "4")],
            {},
            "Het bedrag van de BTW regel met BTW code 4 komt niet overeen met het totaal aan BTW-bedragen",
        ),
        ([("13011", "100.00", ""), ("80501", "-100.00", "4")], {}, "Deze boeking is niet in balans"),
    ],
)
def test_refused_upload_is_a_message_in_an_answer_200(
    client: ExactClient, lines: list[tuple[str, str, str]], head: Body, text: str
) -> None:
    answer = upload(client, [write_line(*line) for line in lines], **head)

    assert answer.get("type") == "0"
    assert (answer.findtext("Description") or "").startswith(text)
    assert client.rows("salesentry/SalesEntries") == []


def test_upload_out_of_balance_names_the_period_of_a_broken_year(client: ExactClient) -> None:
    client.switch(fiscal_year_start=7, fiscal_year_named="last")

    answer = upload(client, [write_line("13011", "100.00"), write_line("80501", "-100.00", "4")])

    assert "niet in balans op: 2027 / 4" in str(answer.findtext("Description"))


def test_memorial_is_uploaded_with_its_own_lines(client: ExactClient) -> None:
    lines = [write_line("14305", "1250.00"), write_line("80590", "-1250.00", vat="")]

    answer = upload(client, lines, type=90, journal="90")

    assert answer.get("type") == "2"


def test_closed_period_is_a_message_in_exacts_words(client: ExactClient) -> None:
    closed = write_sale(GOOD).replace("2026-10-31", "2026-08-31")

    ((kind, text),) = read_messages(send(client, closed))

    assert (kind, text) == ("0", "Periode is afgesloten: [2026] \u2013 [8]")


@pytest.mark.parametrize(("keeps", "vat"), [(True, -20.99), (False, -21)])
def test_vat_amount_of_a_line_is_kept_unless_exact_computes_its_own(
    client: ExactClient, keeps: bool, vat: float
) -> None:
    client.switch(xml_vat_amount=keeps)
    stated = (
        "<ForeignAmount>"
        "<Currency code='EUR'/><Value>-100.00</Value><VATAmount>-20.99</VATAmount></ForeignAmount>"
    )
    line = write_line("80501", "-100.00", "4").replace("<References>", f"{stated}<References>")

    send(client, write_sale([line]))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert client.ledger(entry["EntryID"])["16221"] == vat


@pytest.mark.parametrize(("position", "value"), [("contains_vat", "-60.50"), ("net", "-50.00")])
def test_value_of_an_including_code_contains_the_vat_or_does_not(
    client: ExactClient, position: str, value: str
) -> None:
    client.switch(xml_including_value=position)
    stated = (
        f"<ForeignAmount>"
        f"<Currency code='EUR'/><Value>{value}</Value><VATAmount>-10.50</VATAmount></ForeignAmount>"
    )
    line = write_line("80502", value, "3").replace("<References>", f"{stated}<References>")

    ((kind, text),) = read_messages(send(client, write_sale([write_line("13011", "60.50"), line])))

    assert kind == "2", text


@pytest.mark.parametrize(("takes", "vat"), [(True, -21), (False, None)])
def test_line_without_a_vat_code_takes_that_of_its_account_or_none(
    client: ExactClient, takes: bool, vat: int | None
) -> None:
    client.switch(xml_default_vat_code=takes)

    send(client, write_sale([write_line("80501", "-100.00")]))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert client.ledger(entry["EntryID"]).get("16221") == vat


def test_empty_vat_code_keeps_that_of_the_account_away(client: ExactClient) -> None:
    send(client, write_sale([write_line("80501", "-100.00", "")]))

    assert client.rows("salesentry/SalesEntries")[0]["AmountFC"] == 100


def test_g_account_amount_and_due_date_are_kept(client: ExactClient) -> None:
    line = write_line("80501", "-100.00", "4").replace(
        "<Description>", "<DueDate>2026-12-24</DueDate><Description>"
    )

    send(client, write_sale([line], more="<GAccountAmountFC>40.00</GAccountAmountFC>"))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert entry["GAccountAmountFC"] == 40
    assert entry["DueDate"] == "/Date(1798070400000)/"


def test_foreign_amount_is_booked_at_its_rate(client: ExactClient) -> None:
    foreign = (
        "<ForeignAmount><Currency code='USD'/><Value>-1000.00</Value><Rate>0.92</Rate><VAT code='8'/>"
        "</ForeignAmount>"
    )
    line = write_line("80340", "0").replace('<Costcenter code="INZ"/>', "")
    i, j = line.index("<Amount>"), line.index("<References>")
    sale = write_sale([line[:i] + foreign + line[j:]]).replace('code="70"', 'code="75"')

    ((kind, text),) = read_messages(send(client, sale))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert kind == "2", text
    assert (entry["Currency"], entry["AmountFC"], entry["AmountDC"]) == ("USD", 1000, 920)


def test_creditors_account_is_no_line_of_a_sale(client: ExactClient) -> None:
    ((kind, text),) = read_messages(send(client, write_sale([write_line("16011", "-100.00", "")])))

    assert (kind, text) == ("0", "Ongeldig: Grootboekrekeningtype")


def test_type_that_is_no_entry_of_ours_is_refused(client: ExactClient) -> None:
    sale = write_sale(GOOD).replace('TransactionType number="20"', 'TransactionType number="40"')

    assert read_messages(send(client, sale)) == [("0", "Ongeldig: Type")]


def test_amounts_may_be_stated_as_debit_and_credit(client: ExactClient) -> None:
    credit = write_line("80501", "-100.00", "4").replace("<Value>-100.00</Value>", "<Credit>100.00</Credit>")

    send(client, write_sale([credit]))

    assert Decimal(str(client.rows("salesentry/SalesEntries")[0]["AmountFC"])) == 121
