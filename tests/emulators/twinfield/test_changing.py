"""Bookings that change: update by number, definitive ones, deletion, closed periods."""

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import TwinfieldClient, line, plain_sale, remarks, sale

CLOSED = "20260815"
NOT_DRAFT = [("transaction", "error", "De status van de boeking moet Concept zijn.")]


def with_number(sent: str, number: str) -> str:
    return sent.replace("<header>", f"<header><number>{number}</number>")


def delete(client: TwinfieldClient, number: str, reason: str = "retry", code: str = "VRK") -> Element:
    return client.ask(
        f'<transaction action="delete" reason="{reason}"><office>NL42</office><code>{code}</code>'
        f"<number>{number}</number></transaction>"
    )


def test_provisional_booking_is_changed_by_its_number(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())
    client.advance(60)
    detail = line("detail", "8220", "credit", "100.00", id="2", dim2="KP30", vatcode="VH")

    reply = client.book(with_number(sale(detail, gross="121.00"), number))

    assert (reply[0].get("result"), reply[0].findtext("header/number")) == ("1", number)
    assert [entry["lines"][0]["debit"] for entry in client.books()] == ["121.00"]
    read = client.read("VRK", number)
    assert read.findtext("header/inputdate") == "20261106030000"
    assert read.findtext("header/modificationdate") == "20261106030100"


def test_definitive_booking_can_be_neither_changed_nor_deleted(client: TwinfieldClient) -> None:
    reply = client.book(plain_sale(at_destiny="final"))
    number = str(reply[0].findtext("header/number"))

    assert reply[0].get("location") == "final"
    assert remarks(client.book(with_number(plain_sale(), number))) == NOT_DRAFT
    assert remarks(delete(client, number)) == NOT_DRAFT
    assert len(client.books()) == 1


def test_definitive_booking_may_be_changed(client: TwinfieldClient) -> None:
    client.switch(final_update="accept")
    number = str(client.book(plain_sale(at_destiny="final"))[0].findtext("header/number"))

    assert client.book(with_number(plain_sale(), number)).get("result") == "1"


def test_provisional_booking_is_made_definitive_by_sending_it_again(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())

    reply = client.book(with_number(plain_sale(at_destiny="final"), number))

    assert (reply[0].get("location"), len(client.books())) == ("final", 1)


def test_deleted_booking_is_gone_and_frees_its_invoice_number(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())

    reply = delete(client, number)

    assert (reply.tag, reply.get("result"), reply.get("action")) == ("transaction", "1", "delete")
    assert client.books() == []
    assert client.number(plain_sale()) == "202600002"


def test_deletion_needs_a_reason_and_a_booking(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())

    assert remarks(delete(client, number, reason="")) == [
        ("transaction", "error", "reason moet worden ingevuld.")
    ]
    assert remarks(delete(client, "202600099")) == [("transaction", "error", "De boeking bestaat niet.")]


def test_deletion_in_an_office_without_rights_is_refused(client: TwinfieldClient) -> None:
    place = "<office>NL44</office><code>VRK</code><number>1</number>"

    reply = client.ask(f'<transaction action="delete" reason="r">{place}</transaction>')

    assert remarks(reply)[0][2] == "U hebt geen toegang tot deze administratie."


def test_deletions_stand_in_a_batch_too(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())
    sent = etree.tostring(delete(client, "202600099"), encoding="unicode")
    sent = sent.replace("202600099", number)

    assert client.book(sent, plain_sale("VF2")).get("result") == "1"
    assert [entry["document"] for entry in client.books()] == ["VF2"]


def test_closed_period_takes_provisional_bookings_only(client: TwinfieldClient) -> None:
    provisional = client.book(plain_sale(date=CLOSED))
    definitive = client.book(plain_sale("VF2", date=CLOSED, at_destiny="final"))
    named = client.book(plain_sale("VF3", date=CLOSED, period="2026/08", at_destiny="final"))

    assert provisional.get("result") == "1"
    assert remarks(definitive) == [("transaction", "error", "Periode 2026/08 is afgesloten.")]
    assert remarks(named) == [("period", "error", "Periode 2026/08 is afgesloten.")]


def test_closed_period_may_take_nothing(client: TwinfieldClient) -> None:
    client.switch(closed_period="refuse_all", user_language="en")

    assert remarks(client.book(plain_sale(date=CLOSED))) == [
        ("transaction", "error", "Period 2026/08 is closed.")
    ]


def test_closed_period_may_be_told_in_other_words(client: TwinfieldClient) -> None:
    client.switch(closed_period="refuse_all", closed_period_text="De periode {period} is gesloten.")

    assert remarks(client.book(plain_sale(date=CLOSED)))[0][2] == "De periode 2026/08 is gesloten."


def test_closed_periods_may_be_named(client: TwinfieldClient) -> None:
    client.switch(closed_periods="2026/9 2026/10", closed_period="refuse_all")

    assert client.book(plain_sale()).get("result") == "0"
    assert client.book(plain_sale(date=CLOSED)).get("result") == "1"


@pytest.mark.parametrize(
    ("setting", "raised", "result"),
    [("allowed", "true", "1"), ("warning", "true", "0"), ("warning", "false", "1"), ("error", "false", "0")],
)
def test_severity_of_a_double_may_be_set_for_all(
    client: TwinfieldClient, setting: str, raised: str, result: str
) -> None:
    client.switch(duplicate_invoice_number=setting)
    client.number(plain_sale())

    assert client.book(plain_sale(at_raisewarning=raised)).get("result") == result


def test_double_may_be_sought_in_the_whole_daybook(client: TwinfieldClient) -> None:
    client.switch(duplicate_scope="daybook")
    client.number(plain_sale())

    assert client.book(plain_sale(customer="D10046")).get("result") == "0"


def test_long_text_may_be_cut(client: TwinfieldClient) -> None:
    client.switch(text_too_long="cut")
    detail = line("detail", "8265", "credit", "10.00", id="2", description="x" * 50)

    number = client.number(sale(detail, gross="10.00"))

    assert client.read("VRK", number).findtext("lines/line[2]/description") == "x" * 40


def test_elements_of_replies_may_be_ignored(client: TwinfieldClient) -> None:
    client.switch(read_only_elements="ignore")
    detail = line("detail", "8265", "credit", "10.00", id="2", matchstatus="available")

    reply = client.book(sale(detail, gross="10.00", origin="import"))

    assert reply[0].findtext("lines/line[2]/matchstatus") == "notmatchable"


def test_hidden_dimension_may_be_used(client: TwinfieldClient) -> None:
    client.switch(hidden_dimension="accept")

    assert client.book(plain_sale(customer="D99001")).get("result") == "1"


def test_unknown_second_dimension_may_vanish_without_a_word(client: TwinfieldClient) -> None:
    client.switch(unknown_dim2="drop")
    detail = line("detail", "8265", "credit", "10.00", id="2", dim2="KP11")

    assert client.book(sale(detail, gross="10.00")).get("result") == "1"
    assert client.books()[0]["lines"][1]["cost_centre"] is None
