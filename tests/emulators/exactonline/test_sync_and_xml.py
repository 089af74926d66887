"""Sync and bulk views, and the XML pages."""

import pytest
from lxml import etree

from tests.emulators.exactonline_client import Body, ExactClient, message

SYNC = "sync/Financial/TransactionLines"
ENTRY = """<eExact><GLTransactions><GLTransaction entry="{number}">
 <TransactionType number="{type}"/><Journal code="{journal}"/><Date>2026-10-31</Date>
 <Description>F2026-0042</Description><Account code="{account}"/>{lines}
</GLTransaction></GLTransactions></eExact>"""
LINE = """<GLTransactionLine type="20" line="1" status="20"><Date>2026-10-31</Date>
 <GLAccount code="{account}"/><Description>Ledigen</Description><Costcenter code="INZ"/>
 <Amount><Currency code="EUR"/><Value>{value}</Value>{vat}</Amount>
 <References><YourRef>F2026-0042</YourRef></References></GLTransactionLine>"""
PLAIN = LINE.replace('<Costcenter code="INZ"/>', "")


def _line(account: str, value: str, vat: str = "") -> str:
    template = LINE if account.startswith("8") else PLAIN
    return template.format(account=account, value=value, vat=f'<VAT code="{vat}"/>' if vat else "")


def _upload(client: ExactClient, lines: list[str], **head: object) -> etree._Element:
    filled = {"number": "", "type": 20, "journal": "70", "account": "10045"} | head
    body = ENTRY.format(lines="".join(lines), **filled).replace(' entry=""', "")
    answer = client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=body.encode(),
        headers={"Content-Type": "application/xml"},
        timeout=5,
    )
    assert answer.status_code == 200
    message = etree.fromstring(answer.content).find("Messages/Message")
    assert message is not None
    return message


def test_sync_starts_at_one_and_goes_on_from_the_last_stamp(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)])
    first = client.rows(SYNC, filter="Timestamp gt 1L", select="Timestamp,LineNumber")
    client.sale("10045", [client.line("80502", 2)])

    later = client.rows(SYNC, filter=f"Timestamp gt {first[-1]['Timestamp']}L", select="Timestamp,AmountDC")

    stamps = [int(row["Timestamp"]) for row in first + later]
    assert stamps == sorted(stamps)
    assert {row["LineNumber"] for row in first} == {0, 1, 2}
    assert len(later) == 3


@pytest.mark.parametrize(
    "name", ["sync/Financial/GLAccounts", "sync/CRM/Accounts", "bulk/Financial/GLAccounts"]
)
def test_sync_and_bulk_need_a_select(client: ExactClient, name: str) -> None:
    answer = client.get(name)

    assert answer.status_code == 400


def test_sync_is_filtered_by_timestamp_alone(client: ExactClient) -> None:
    answer = client.get(SYNC, select="ID", filter="JournalCode eq '70'")

    assert message(answer) == "Filtering on these fields is not supported: JournalCode"


def test_bulk_takes_journal_and_period_and_not_every_field(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)])
    path = "bulk/Financial/TransactionLines"

    rows = client.rows(
        path,
        select="EntryID,AmountDC",
        filter="JournalCode eq '70' and FinancialYear eq 2026 and FinancialPeriod ge 9",
    )
    refused = client.get(path, select="ID", filter="Description eq 'x'")

    assert len(rows) == 3
    assert refused.status_code == 400


def test_bulk_pages_hold_a_thousand_rows(client: ExactClient) -> None:
    lines = [client.line("80502", 1, VATCode="0") for _ in range(1010)]
    client.sale("10045", lines)

    first = client.get("bulk/Financial/TransactionLines", select="ID").json()["d"]
    rows = client.rows("bulk/Financial/TransactionLines", select="ID")

    assert len(first["results"]) == 1000
    assert len({row["ID"] for row in rows}) == 1011


def test_sync_may_lag_behind(client: ExactClient) -> None:
    client.switch(sync_lag_s=60)
    client.sale("10045", [client.line("80502", 1)])

    before = client.rows(SYNC, select="Timestamp")
    client.advance(60)
    after = client.rows(SYNC, select="Timestamp")

    assert (len(before), len(after)) == (0, 3)


def test_deleted_rows_have_a_feed_of_two_months(client: ExactClient) -> None:
    entry = client.sale("10045", [client.line("80502", 1, VATCode="0")]).json()["d"]
    client.delete(f"salesentry/SalesEntries(guid'{entry['EntryID']}')")

    gone = client.rows("sync/Deleted", select="EntityType,EntityKey,Timestamp", filter="Timestamp gt 1L")

    assert [row["EntityType"] for row in gone] == [1, 1, 10]


def test_sync_can_start_at_a_date(client: ExactClient) -> None:
    client.advance(3600)
    client.authorise()
    client.post("financial/GLAccounts", {"Code": "90000", "Description": "Nieuw"})
    path = "read/sync/Sync/SyncTimestamp?modified=datetime'2026-11-06T04:30:00'&endPoint='GLAccounts'"

    start = client.get(path).json()["d"]["results"][0]["TimeStampAsBigInt"]
    rows = client.rows("sync/Financial/GLAccounts", select="Code", filter=f"Timestamp gt {start}L")

    assert [row["Code"] for row in rows] == ["90000"]


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
    lines = [_line("14305", "1250.00"), _line("80590", "-1250.00")]

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


def test_download_goes_on_from_the_stamp_of_the_last_answer(client: ExactClient) -> None:
    for _ in range(51):
        client.sale("10045", [client.line("80502", 1)])
    address = f"{client.base}/docs/XMLDownload.aspx?Topic=GLTransactions&_Division_={client.division}"

    first = etree.fromstring(client.session.get(address, timeout=5).content)
    stamp = str(first.xpath("string(Topics/Topic/@ts_d)"))
    second = etree.fromstring(client.session.get(f"{address}&TSPaging={stamp}", timeout=5).content)

    assert len(first.findall("GLTransactions/GLTransaction")) == 50
    assert [each.get("entry") for each in second.findall("GLTransactions/GLTransaction")] == ["26700051"]
    assert [each.text for each in second.iter("Value")] == ["1.21", "-1.00", "-0.21"]
