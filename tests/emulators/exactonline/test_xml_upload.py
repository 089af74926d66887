"""The XML upload: which records are booked, and what the answer says of each."""

import pytest

from tests.emulators.exactonline_client import ExactClient
from tests.emulators.exactonline_documents import (
    BAD,
    GOOD,
    read_messages,
    send,
    send_body,
    upload,
    write_line,
    write_sale,
)


def test_same_number_again_replaces_the_entry(client: ExactClient) -> None:
    upload(client, [write_line("80501", "-100.00", "4")], number=26700042)

    upload(client, [write_line("80501", "-50.00", "4")], number=26700042)

    assert [row["AmountFC"] for row in client.rows("salesentry/SalesEntries")] == [60.5]


def test_replacement_that_is_refused_leaves_the_entry(client: ExactClient) -> None:
    upload(client, [write_line("80501", "-100.00", "4")], number=26700042)

    answer = upload(client, [write_line("80501", "-50.00", "ZZ")], number=26700042)

    assert answer.get("type") == "0"
    assert [row["AmountFC"] for row in client.rows("salesentry/SalesEntries")] == [121]


def test_broken_document_is_a_fatal_message(client: ExactClient) -> None:
    answer = client.session.post(
        f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions&_Division_={client.division}",
        data=b"<eExact>",
        timeout=5,
    )

    assert answer.status_code == 200
    assert b'<Message type="3">' in answer.content


def test_refused_record_does_not_stop_the_others(client: ExactClient) -> None:
    answer = send(client, write_sale(BAD), write_sale(GOOD), write_sale(BAD))

    assert [kind for kind, _ in read_messages(answer)] == ["0", "2", "0"]
    assert len(client.rows("salesentry/SalesEntries")) == 1


@pytest.mark.parametrize(("position", "messages"), [("per_record", 1), ("per_fault", 2)])
def test_reasons_come_together_or_one_by_one(client: ExactClient, position: str, messages: int) -> None:
    client.switch(xml_error_messages=position)
    lines = [
        write_line("80599", "-1.00", "4"),
        write_line("88888", "-1.00"),
        write_line("80501", "-1.00", "4"),
    ]
    lines[2] = lines[2].replace("<GLAccount", '<Account code="1"/><GLAccount')

    answer = send(client, write_sale(lines))

    assert len(read_messages(answer)) == messages
    together = "\r\n".join(text or "" for _, text in read_messages(answer)).replace("\n", "\r\n")
    assert "Ongeldige referentie: Grootboekrekening" in together
    assert "Ongeldige referentie: Relatie" in together


def test_success_may_go_without_saying(client: ExactClient) -> None:
    client.switch(xml_success_messages=False)

    answer = send(client, write_sale(GOOD))

    assert read_messages(answer) == []
    assert len(client.rows("salesentry/SalesEntries")) == 1


@pytest.mark.parametrize(
    ("was", "becomes"), [("<Value>-100.00", "<Value>abc"), ("2026-10-31", "31-10-2026"), ('"20"/>', '"x"/>')]
)
def test_number_or_day_that_is_none_is_refused_with_its_record(
    client: ExactClient, was: str, becomes: str
) -> None:
    answer = send(client, write_sale(GOOD).replace(was, becomes), write_sale(GOOD))

    assert [kind for kind, _ in read_messages(answer)] == ["0", "2"]


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE eExact [<!ENTITY x "F2026-0042">]><eExact><GLTransactions/></eExact>',
        "<Other/>",
        "<eExact>",
    ],
)
def test_document_with_entities_or_of_another_kind_is_fatal(client: ExactClient, body: str) -> None:
    assert [kind for kind, _ in read_messages(send_body(client, body))] == ["3"]


def test_upload_that_takes_more_than_three_minutes_is_broken_off_and_keeps_what_it_booked(
    client: ExactClient,
) -> None:
    client.switch(xml_record_ms=60_000)
    sale = write_sale([write_line("80502", "-1.00", "0").replace('<Costcenter code="INZ"/>', "")])

    answer = send(client, *[sale] * 4)

    assert answer.status_code == 408
    assert len(client.rows("salesentry/SalesEntries")) == 3


def test_upload_may_take_no_time(client: ExactClient) -> None:
    client.switch(xml_record_ms=0)

    assert [kind for kind, _ in read_messages(send(client, *[write_sale(GOOD)] * 3))] == [
        "2",
        "2",
        "2",
    ]


def test_uploads_count_in_the_limits_of_the_api(client: ExactClient) -> None:
    client.control("limits", {"scale": 1})
    before = int(client.get("hrm/Costcenters", top=1).headers["X-RateLimit-Minutely-Remaining"])

    answer = send(client, write_sale(GOOD))

    assert int(answer.headers["X-RateLimit-Minutely-Remaining"]) == before - 1


def test_upload_larger_than_a_post_may_be_is_refused(client: ExactClient) -> None:
    answer = send_body(client, f"<eExact><!--{'x' * 10_000_001}--></eExact>")

    assert answer.status_code == 413


def test_upload_needs_a_token_and_a_division_that_was_consented_to(client: ExactClient) -> None:
    address = f"{client.base}/docs/XMLUpload.aspx?Topic=GLTransactions"
    elsewhere = client.session.post(f"{address}&_Division_=1234569", data=b"<eExact/>", timeout=5)
    del client.session.headers["Authorization"]
    nobody = client.session.post(f"{address}&_Division_={client.division}", data=b"<eExact/>", timeout=5)

    assert (elsewhere.status_code, nobody.status_code) == (403, 401)
