"""The XML upload: what is booked, what is refused, and what the answer says of each record."""

from decimal import Decimal

import pytest
import requests
from lxml import etree

from tests.emulators.exactonline_client import Body, ExactClient

ENTRY = """<eExact><GLTransactions><GLTransaction entry="{number}">
 <TransactionType number="{type}"/><Journal code="{journal}"/><Date>2026-10-31</Date>
 <Description>F2026-0042</Description><Account code="{account}"/>{lines}
</GLTransaction></GLTransactions></eExact>"""
LINE = """<GLTransactionLine type="20" line="1" status="20"><Date>2026-10-31</Date>
 <GLAccount code="{account}"/><Description>Ledigen</Description><Costcenter code="INZ"/>
 <Amount><Currency code="EUR"/><Value>{value}</Value>{vat}</Amount>
 <References><YourRef>F2026-0042</YourRef></References></GLTransactionLine>"""
PLAIN = LINE.replace('<Costcenter code="INZ"/>', "")


def _line(account: str, value: str, vat: str | None = None) -> str:
    template = LINE if account.startswith("8") else PLAIN
    return template.format(account=account, value=value, vat="" if vat is None else f'<VAT code="{vat}"/>')


def _send(client: ExactClient, body: str) -> requests.Response:
    return client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=body.encode(),
        headers={"Content-Type": "application/xml"},
        timeout=5,
    )


def _messages(answer: requests.Response) -> list[tuple[str | None, str | None]]:
    assert answer.status_code == 200
    messages = etree.fromstring(answer.content).findall("Messages/Message")
    return [(each.get("type"), each.findtext("Description")) for each in messages]


def _document(*transactions: str) -> str:
    return f"<eExact><GLTransactions>{''.join(transactions)}</GLTransactions></eExact>"


def _sale(lines: list[str], more: str = "") -> str:
    return (
        f'<GLTransaction><TransactionType number="20"/><Journal code="70"/>{more}<Date>2026-10-31</Date>'
        f'<Description>Test</Description><Account code="10045"/>{"".join(lines)}</GLTransaction>'
    )


GOOD = [_line("13011", "121.00"), _line("80501", "-100.00", "4")]
BAD = [_line("80501", "-100.00", "ZZ")]


def _upload(client: ExactClient, lines: list[str], **head: object) -> etree._Element:
    filled = {"number": "", "type": 20, "journal": "70", "account": "10045"} | head
    body = ENTRY.format(lines="".join(lines), **filled).replace(' entry=""', "")
    answer = _send(client, body)
    assert answer.status_code == 200
    message = etree.fromstring(answer.content).find("Messages/Message")
    assert message is not None
    return message


def test_uploaded_entry_is_booked_with_the_signs_of_the_ledger(client: ExactClient) -> None:
    lines = [_line("13011", "121.00"), _line("80501", "-100.00", "4")]

    answer = _upload(client, lines, number=26700042)

    entry = client.rows("salesentry/SalesEntries", filter="EntryNumber eq 26700042")[0]
    place = answer.find("Topic/Data")
    assert answer.get("type") == "2"
    assert place is not None
    assert (place.get("keyAlt"), place.get("key")) == ("26700042", "{" + entry["EntryID"] + "}")
    assert client.ledger(entry["EntryID"]) == {"13011": 121, "80501": -100, "16221": -21}


def test_upload_may_spell_out_vat_or_leave_out_the_debtor(client: ExactClient) -> None:
    lines = [_line("80501", "-100.00", "4"), _line("16221", "-20.99", "4")]

    answer = _upload(client, lines)

    assert answer.get("type") == "2"
    assert client.rows("salesentry/SalesEntries")[0]["AmountFC"] == 120.99


def test_same_number_again_replaces_the_entry(client: ExactClient) -> None:
    _upload(client, [_line("80501", "-100.00", "4")], number=26700042)

    _upload(client, [_line("80501", "-50.00", "4")], number=26700042)

    assert [row["AmountFC"] for row in client.rows("salesentry/SalesEntries")] == [60.5]


def test_replacement_that_is_refused_leaves_the_entry(client: ExactClient) -> None:
    _upload(client, [_line("80501", "-100.00", "4")], number=26700042)

    answer = _upload(client, [_line("80501", "-50.00", "ZZ")], number=26700042)

    assert answer.get("type") == "0"
    assert [row["AmountFC"] for row in client.rows("salesentry/SalesEntries")] == [121]


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
    answer = _upload(client, [_line(*line) for line in lines], **head)

    assert answer.get("type") == "0"
    assert (answer.findtext("Description") or "").startswith(text)
    assert client.rows("salesentry/SalesEntries") == []


def test_upload_out_of_balance_names_the_period_of_a_broken_year(client: ExactClient) -> None:
    client.switch(fiscal_year_start=7, fiscal_year_named="last")

    answer = _upload(client, [_line("13011", "100.00"), _line("80501", "-100.00", "4")])

    assert "niet in balans op: 2027 / 4" in str(answer.findtext("Description"))


def test_memorial_is_uploaded_with_its_own_lines(client: ExactClient) -> None:
    lines = [_line("14305", "1250.00"), _line("80590", "-1250.00", vat="")]

    answer = _upload(client, lines, type=90, journal="90")

    assert answer.get("type") == "2"


def test_broken_document_is_a_fatal_message(client: ExactClient) -> None:
    answer = client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=b"<eExact>",
        timeout=5,
    )

    assert answer.status_code == 200
    assert b'<Message type="3">' in answer.content


def test_refused_record_does_not_stop_the_others(client: ExactClient) -> None:
    answer = _send(client, _document(_sale(BAD), _sale(GOOD), _sale(BAD)))

    assert [kind for kind, _ in _messages(answer)] == ["0", "2", "0"]
    assert len(client.rows("salesentry/SalesEntries")) == 1


@pytest.mark.parametrize(("position", "messages"), [("per_record", 1), ("per_fault", 2)])
def test_reasons_come_together_or_one_by_one(client: ExactClient, position: str, messages: int) -> None:
    client.switch(xml_error_messages=position)
    lines = [_line("80599", "-1.00", "4"), _line("88888", "-1.00"), _line("80501", "-1.00", "4")]
    lines[2] = lines[2].replace("<GLAccount", '<Account code="1"/><GLAccount')

    answer = _send(client, _document(_sale(lines)))

    assert len(_messages(answer)) == messages
    together = "\r\n".join(text or "" for _, text in _messages(answer)).replace("\n", "\r\n")
    assert "Ongeldige referentie: Grootboekrekening" in together
    assert "Ongeldige referentie: Relatie" in together


def test_success_may_go_without_saying(client: ExactClient) -> None:
    client.switch(xml_success_messages=False)

    answer = _send(client, _document(_sale(GOOD)))

    assert _messages(answer) == []
    assert len(client.rows("salesentry/SalesEntries")) == 1


def test_closed_period_is_a_message_in_exacts_words(client: ExactClient) -> None:
    closed = _sale(GOOD).replace("2026-10-31", "2026-08-31")

    ((kind, text),) = _messages(_send(client, _document(closed)))

    assert (kind, text) == ("0", "Periode is afgesloten: [2026] \u2013 [8]")


@pytest.mark.parametrize(("keeps", "vat"), [(True, -20.99), (False, -21)])
def test_vat_amount_of_a_line_is_kept_unless_exact_computes_its_own(
    client: ExactClient, keeps: bool, vat: float
) -> None:
    client.switch(xml_vat_amount=keeps)
    stated = "<ForeignAmount><Currency code='EUR'/><Value>-100.00</Value><VATAmount>-20.99</VATAmount>"
    line = _line("80501", "-100.00", "4").replace("<References>", f"{stated}</ForeignAmount><References>")

    _send(client, _document(_sale([line])))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert client.ledger(entry["EntryID"])["16221"] == vat


@pytest.mark.parametrize(("position", "value"), [("contains_vat", "-60.50"), ("net", "-50.00")])
def test_value_of_an_including_code_contains_the_vat_or_does_not(
    client: ExactClient, position: str, value: str
) -> None:
    client.switch(xml_including_value=position)
    stated = f"<ForeignAmount><Currency code='EUR'/><Value>{value}</Value><VATAmount>-10.50</VATAmount>"
    line = _line("80502", value, "3").replace("<References>", f"{stated}</ForeignAmount><References>")

    ((kind, text),) = _messages(_send(client, _document(_sale([_line("13011", "60.50"), line]))))

    assert kind == "2", text


@pytest.mark.parametrize(("takes", "vat"), [(True, -21), (False, None)])
def test_line_without_a_vat_code_takes_that_of_its_account_or_none(
    client: ExactClient, takes: bool, vat: int | None
) -> None:
    client.switch(xml_default_vat_code=takes)

    _send(client, _document(_sale([_line("80501", "-100.00")])))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert client.ledger(entry["EntryID"]).get("16221") == vat


def test_empty_vat_code_keeps_that_of_the_account_away(client: ExactClient) -> None:
    _send(client, _document(_sale([_line("80501", "-100.00", "")])))

    assert client.rows("salesentry/SalesEntries")[0]["AmountFC"] == 100


def test_g_account_amount_and_due_date_are_kept(client: ExactClient) -> None:
    line = _line("80501", "-100.00", "4").replace(
        "<Description>", "<DueDate>2026-12-24</DueDate><Description>"
    )

    _send(client, _document(_sale([line], more="<GAccountAmountFC>40.00</GAccountAmountFC>")))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert entry["GAccountAmountFC"] == 40
    assert entry["DueDate"] == "/Date(1798070400000)/"


def test_foreign_amount_is_booked_at_its_rate(client: ExactClient) -> None:
    foreign = (
        "<ForeignAmount><Currency code='USD'/><Value>-1000.00</Value><Rate>0.92</Rate><VAT code='8'/>"
        "</ForeignAmount>"
    )
    line = _line("80340", "0").replace('<Costcenter code="INZ"/>', "")
    i, j = line.index("<Amount>"), line.index("<References>")
    sale = _sale([line[:i] + foreign + line[j:]]).replace('code="70"', 'code="75"')

    ((kind, text),) = _messages(_send(client, _document(sale)))

    entry = client.rows("salesentry/SalesEntries")[0]
    assert kind == "2", text
    assert (entry["Currency"], entry["AmountFC"], entry["AmountDC"]) == ("USD", 1000, 920)


def test_creditors_account_is_no_line_of_a_sale(client: ExactClient) -> None:
    ((kind, text),) = _messages(_send(client, _document(_sale([_line("16011", "-100.00", "")]))))

    assert (kind, text) == ("0", "Ongeldig: Grootboekrekeningtype")


@pytest.mark.parametrize(
    ("was", "becomes"), [("<Value>-100.00", "<Value>abc"), ("2026-10-31", "31-10-2026"), ('"20"/>', '"x"/>')]
)
def test_number_or_day_that_is_none_is_refused_with_its_record(
    client: ExactClient, was: str, becomes: str
) -> None:
    answer = _send(client, _document(_sale(GOOD).replace(was, becomes), _sale(GOOD)))

    assert [kind for kind, _ in _messages(answer)] == ["0", "2"]


def test_type_that_is_no_entry_of_ours_is_refused(client: ExactClient) -> None:
    sale = _sale(GOOD).replace('TransactionType number="20"', 'TransactionType number="40"')

    assert _messages(_send(client, _document(sale))) == [("0", "Ongeldig: Type")]


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE eExact [<!ENTITY x "F2026-0042">]><eExact><GLTransactions/></eExact>',
        "<Other/>",
        "<eExact>",
    ],
)
def test_document_with_entities_or_of_another_kind_is_fatal(client: ExactClient, body: str) -> None:
    assert [kind for kind, _ in _messages(_send(client, body))] == ["3"]


def test_upload_that_takes_more_than_three_minutes_is_broken_off_and_keeps_what_it_booked(
    client: ExactClient,
) -> None:
    client.switch(xml_record_ms=60_000)
    sale = _sale([_line("80502", "-1.00", "0").replace('<Costcenter code="INZ"/>', "")])

    answer = _send(client, _document(*[sale] * 4))

    assert answer.status_code == 408
    assert len(client.rows("salesentry/SalesEntries")) == 3


def test_upload_may_take_no_time(client: ExactClient) -> None:
    client.switch(xml_record_ms=0)

    assert [kind for kind, _ in _messages(_send(client, _document(*[_sale(GOOD)] * 3)))] == ["2", "2", "2"]


def test_uploads_count_in_the_limits_of_the_api(client: ExactClient) -> None:
    client.control("limits", {"scale": 1})
    before = int(client.get("hrm/Costcenters", top=1).headers["X-RateLimit-Minutely-Remaining"])

    answer = _send(client, _document(_sale(GOOD)))

    assert int(answer.headers["X-RateLimit-Minutely-Remaining"]) == before - 1


def test_upload_larger_than_a_post_may_be_is_refused(client: ExactClient) -> None:
    answer = _send(client, f"<eExact><!--{'x' * 10_000_001}--></eExact>")

    assert answer.status_code == 413


def test_upload_needs_a_token_and_a_division_that_was_consented_to(client: ExactClient) -> None:
    address = f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions"
    elsewhere = client.session.post(f"{address}&_Division_=1234569", data=b"<eExact/>", timeout=5)
    del client.session.headers["Authorization"]
    nobody = client.session.post(f"{address}&_Division_={client.division}", data=b"<eExact/>", timeout=5)

    assert (elsewhere.status_code, nobody.status_code) == (403, 401)


def test_amounts_may_be_stated_as_debit_and_credit(client: ExactClient) -> None:
    credit = _line("80501", "-100.00", "4").replace("<Value>-100.00</Value>", "<Credit>100.00</Credit>")

    _send(client, _document(_sale([credit])))

    assert Decimal(str(client.rows("salesentry/SalesEntries")[0]["AmountFC"])) == 121
