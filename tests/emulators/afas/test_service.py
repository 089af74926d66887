"""Maintenance, limits, long work, faults: when the service does not answer as hoped."""

from contextlib import ExitStack

import pytest
import requests

from tests.emulators.afas_client import AfasClient, Body, sale, text_of


def place(client: AfasClient, **fault: object) -> None:
    client.control("faults", fault)


def test_maintenance_answers_503_with_the_seconds_that_are_left(client: AfasClient) -> None:
    client.switch(maintenance="21:00-07:00")

    closed = client.get("Profit_Accounts")
    client.control("clock", {"set": "2026-11-06T06:00:00+00:00"})
    morning = client.get("Profit_Accounts")
    client.control("clock", {"set": "2026-11-06T20:30:00+00:00"})
    evening = client.get("Profit_Accounts")

    assert (closed.status_code, closed.json()["retry_after"]) == (503, 3 * 3600 + 1)
    assert set(closed.json()["error"]) == {"code", "message"}
    assert morning.status_code == 200
    assert evening.json()["retry_after"] == 9.5 * 3600 + 1


def test_maintenance_by_day_ends_the_same_day(client: AfasClient) -> None:
    client.switch(maintenance="03:30-04:30")

    assert client.get("Profit_Accounts").json()["retry_after"] == 30 * 60 + 1


def test_calls_a_minute_may_be_limited(client: AfasClient) -> None:
    client.switch(calls_per_minute=2, throttle_status=429)
    statuses = [client.call("ProfitVersion").status_code for _ in range(3)]
    refused = client.call("ProfitVersion")
    client.control("clock", {"advance_s": 61})

    assert statuses == [200, 200, 429]
    assert refused.json()["retry_after"] == 61
    assert client.call("ProfitVersion").status_code == 200


def test_a_ninth_call_at_once_is_sent_away(client: AfasClient) -> None:
    def called() -> int:
        return client.call("ProfitVersion").status_code

    with ExitStack() as under_way:
        for _ in range(7):
            under_way.enter_context(client.emulator.at_once)
        eighth = called()
        under_way.enter_context(client.emulator.at_once)
        ninth = called()
        client.switch(parallel_calls=0)
        unlimited = called()

    assert (eighth, ninth, unlimited) == (200, 503, 200)
    client.switch(parallel_calls=8)
    assert called() == 200


def test_a_call_that_closes_its_connection_may_be_reset(client: AfasClient) -> None:
    client.session.headers["Connection"] = "close"
    taken = client.post(sale())
    client.switch(connection_close="reset")

    with pytest.raises(requests.ConnectionError):
        client.post(sale("SI-2"))

    assert taken.status_code == 201
    client.session.headers["Connection"] = "keep-alive"
    assert len(client.booked()) == 1


def test_an_entry_that_takes_too_long_is_booked_after_the_answer(client: AfasClient) -> None:
    client.switch(processing_s=1200)

    answer = client.post(sale())
    before = client.booked()
    client.control("clock", {"advance_s": 1201})

    assert text_of(answer) == "De maximale tijdsduur voor het uitvoeren van de opdracht is verstreken."
    assert before == []
    assert [each["reference"] for each in client.booked()] == ["SI-000042"]


def test_an_entry_that_takes_too_long_may_be_rolled_back(client: AfasClient) -> None:
    client.switch(processing_s=900, timed_out_work="rolled_back")

    client.post(sale())
    client.control("clock", {"advance_s": 5000})

    assert client.booked() == []


def test_a_late_entry_is_booked_with_the_token_it_came_with(client: AfasClient) -> None:
    client.use(client.grant().json()["access_token"])
    place(client, effect="late_booking", operation="post FiEntries", delay_s=4000, times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(sale())
    client.control("clock", {"advance_s": 4001})

    assert len(client.booked()) == 1


def test_a_lost_answer_leaves_the_entry_in_the_books(client: AfasClient) -> None:
    place(client, effect="lost_answer", operation="post FiEntries", times=1)

    with pytest.raises(requests.ConnectionError):
        client.post(sale())

    assert len(client.booked()) == 1
    assert "al gebruikt" in text_of(client.post(sale()))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "Er is een onverwachte fout opgetreden."),
        (503, "retry_after"),
        (401, ""),
        (403, ""),
        (404, ""),
    ],
)
def test_faults_answer_in_the_vendors_format(client: AfasClient, status: int, body: str) -> None:
    place(client, effect="status", status=status, times=1)

    answer = client.get("Profit_Accounts")

    assert answer.status_code == status
    assert body in answer.text
    if not body:
        assert (answer.content, answer.headers["Content-Type"]) == (b"", "application/xml")


def test_a_fault_may_bring_a_body_of_its_own(client: AfasClient) -> None:
    place(client, effect="status", status=500, body='{"externalMessage":"Command timeout expired."}', times=1)
    place(client, effect="status", status=502, body="<html>Bad gateway</html>", times=1)

    first, second = client.get("Profit_Accounts"), client.get("Profit_Accounts")

    assert first.json() == {"externalMessage": "Command timeout expired."}
    assert second.headers["Content-Type"].startswith("text/html")


def test_throttling_and_expired_tokens_answer_as_the_vendor_does(client: AfasClient) -> None:
    place(client, effect="throttle", delay_s=30, times=1)
    place(client, effect="token_expired", times=2)

    throttled = client.get("Profit_Accounts")
    classic = client.get("Profit_Accounts")
    client.use("anything")
    bearer = client.get("Profit_Accounts")

    assert (throttled.status_code, throttled.json()["retry_after"]) == (503, 30)
    assert (classic.status_code, "WWW-Authenticate" in classic.headers) == (401, False)
    assert (bearer.status_code, "invalid_token" in bearer.headers["WWW-Authenticate"]) == (401, True)


def test_calls_are_listed_with_what_they_do(client: AfasClient) -> None:
    client.post(sale())
    client.get("Profit_Accounts")
    client.delete("20", "@EnNo/48001")
    client.grant()
    client.call("MetaInfo")
    client.session.get(f"{client.root}/elsewhere", timeout=5)

    calls: list[Body] = client.control("calls")["calls"]

    assert [call["operation"] for call in calls] == [
        "post FiEntries",
        "read Profit_Accounts",
        "delete FiEntries",
        "token",
        "metainfo",
        "",
    ]


def test_a_method_or_connector_that_is_not_there_is_refused_with_a_prefix(client: AfasClient) -> None:
    unknown = client.send({}, "KnNothing")
    client.switch(missing_connectors="FiEntries")
    missing = client.post(sale())
    client.switch(unauthorised_connector_status=401)
    other = client.post(sale())

    assert text_of(unknown) == text_of(missing)
    assert text_of(missing).startswith("General message: Deze UpdateConnector wordt niet ondersteund")
    assert (other.status_code, other.content) == (401, b"")
    assert client.send({}, "KnDimCode/Child").status_code == 404
