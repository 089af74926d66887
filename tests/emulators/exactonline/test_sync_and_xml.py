"""Sync and bulk views, and the XML download."""

import pytest
from lxml import etree

from tests.emulators.exactonline_client import ExactClient, message

SYNC = "sync/Financial/TransactionLines"


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
