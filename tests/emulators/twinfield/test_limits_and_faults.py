"""Credits a minute, batches that are too large, and faults on demand."""

import pytest
import requests
from lxml import etree

from tests.emulators.twinfield_client import TwinfieldClient, plain_sale, sale

LIST = "<list><type>dimensions</type><dimtype>KPL</dimtype></list>"
SALE = f"<transactions>{plain_sale()}</transactions>"


def test_post_costs_three_credits_and_a_query_one(uncertified: TwinfieldClient) -> None:
    post, query = uncertified.post(SALE), uncertified.post(LIST)

    shown = [
        [answer.headers[f"X-RateLimit-{name}"] for name in ("Limit", "Remaining", "Credited")]
        for answer in (post, query)
    ]
    assert shown == [["25", "22", "3"], ["25", "21", "1"]]


def test_client_that_is_not_certified_has_eight_posts_a_minute(uncertified: TwinfieldClient) -> None:
    taken = [uncertified.post(f"<transactions>{plain_sale(f'VF{n}')}</transactions>") for n in range(9)]

    assert [answer.status_code for answer in taken] == [200] * 8 + [429]
    assert taken[-1].headers["Retry-After"] == "60"
    assert taken[-1].headers["X-RateLimit-Remaining"] == "1"
    assert len(uncertified.books()) == 8
    assert uncertified.post(LIST).status_code == 200


def test_credits_come_back_after_the_minute(uncertified: TwinfieldClient) -> None:
    for _ in range(25):
        assert uncertified.post(LIST).status_code == 200
    uncertified.advance(20)
    refused = uncertified.post(LIST)
    uncertified.advance(int(refused.headers["Retry-After"]))

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
    assert uncertified.post(LIST).status_code == 200


def test_certified_client_has_twenty_times_as_much(stranger: TwinfieldClient) -> None:
    answer = stranger.authorise().post(LIST)

    assert answer.headers["X-RateLimit-Limit"] == "500"


def test_limits_are_scaled_and_lifted(uncertified: TwinfieldClient) -> None:
    uncertified.control("limits", {"scale": 0.2})
    tight = [uncertified.post(SALE).status_code for _ in range(2)]
    uncertified.control("limits", {"scale": 0})
    lifted = [uncertified.post(LIST).status_code for _ in range(30)]

    assert tight == [200, 429]
    assert set(lifted) == {200}


@pytest.mark.parametrize(("body", "part"), [("empty", ""), ("html", "<h1>429"), ("fault", "soap:Fault")])
def test_refusal_for_credits_may_have_a_body(uncertified: TwinfieldClient, body: str, part: str) -> None:
    uncertified.switch(throttled_body=body)
    uncertified.control("faults", {"effect": "throttle", "delay_s": 5, "times": 1})

    answer = uncertified.post(LIST)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5")
    assert part in answer.text


def test_wrong_token_costs_nothing(uncertified: TwinfieldClient) -> None:
    uncertified.tokens["access_token"] = "wrong"

    assert "X-RateLimit-Credited" not in uncertified.post(LIST).headers


def batch(count: int) -> str:
    return f"<transactions>{''.join(plain_sale(f'VF{number}') for number in range(count))}</transactions>"


def test_twenty_five_documents_are_taken_and_one_more_is_a_fault(client: TwinfieldClient) -> None:
    over, full = client.post(batch(26)), client.post(batch(25))

    assert (over.status_code, full.status_code) == (500, 200)
    assert etree.fromstring(over.content).findtext(".//detail/code") == "100"
    assert len(client.books()) == 25


@pytest.mark.parametrize(("what", "status", "booked"), [("timeout", 524, 26), ("accept", 200, 26)])
def test_too_many_documents_may_time_out_or_be_taken(
    client: TwinfieldClient, what: str, status: int, booked: int
) -> None:
    client.switch(over_25_documents=what)

    answer = client.post(batch(26))

    assert answer.status_code == status
    assert len(client.books()) == booked


def test_faults_pick_calls_by_what_they_do(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "status", "status": 503, "operation": "transactions"})

    assert client.post(SALE).status_code == 503
    assert client.post(LIST).status_code == 200
    assert [(call["operation"], call["fault"]) for call in client.calls()[-2:]] == [
        ("transactions", "status"),
        ("list", None),
    ]


@pytest.mark.parametrize(
    ("document", "operation"),
    [
        (SALE, "transactions"),
        (plain_sale(), "transactions"),
        ('<columns code="020"/>', "browse"),
        ("<read><type>office</type></read>", "read"),
        (LIST, "list"),
        ("<dimension/>", "dimensions"),
        ("<match/>", "match"),
        ("no xml", ""),
    ],
)
def test_calls_are_listed_with_what_they_do(client: TwinfieldClient, document: str, operation: str) -> None:
    client.post(document)

    assert client.calls()[-1]["operation"] == operation


def test_other_calls_are_named_too(client: TwinfieldClient) -> None:
    client.validate()
    client.session.get(f"{client.base}/webservices/finder.asmx?wsdl", timeout=5)
    client.session.get(f"{client.base}/elsewhere", timeout=5)

    assert [call["operation"] for call in client.calls()] == [
        "authorize", "token", "accesstokenvalidation", "wsdl", "",
    ]  # fmt: skip


def test_lost_answer_was_booked_all_the_same(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "lost_answer", "operation": "transactions", "times": 1})

    with pytest.raises(requests.ConnectionError):
        client.post(SALE)

    assert [entry["document"] for entry in client.books()] == ["VF1"]


def test_late_booking_shows_once_the_clock_has_moved_beyond_the_token(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "late_booking", "operation": "transactions", "delay_s": 4000})
    with pytest.raises(requests.ConnectionError):
        client.post(SALE)
    before = client.books()

    client.advance(4000)

    assert before == []
    assert [entry["document"] for entry in client.books()] == ["VF1"]


@pytest.mark.parametrize(
    ("fault", "status", "part"),
    [
        ({"effect": "status", "status": 500}, 500, "<code>100</code>"),
        ({"effect": "status", "status": 502}, 502, ""),
        ({"effect": "status", "status": 524, "body": "<html>524</html>"}, 524, "524"),
        ({"effect": "token_expired"}, 401, "<code>354</code>"),
        ({"effect": "throttle", "delay_s": 30}, 429, ""),
        ({"effect": "html"}, 200, "<html>"),
    ],
)
def test_faults_answer_in_twinfields_way(
    client: TwinfieldClient, fault: dict[str, object], status: int, part: str
) -> None:
    client.control("faults", fault | {"operation": "transactions"})

    answer = client.post(SALE)

    assert answer.status_code == status
    assert part in answer.text
    assert answer.headers.get("Retry-After") == ("30" if status == 429 else None)


def test_expired_token_at_the_login_host_is_an_invalid_grant(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "token_expired", "operation": "token"})

    assert (client.refresh().status_code, client.refresh().json()) == (400, {"error": "invalid_grant"})


def test_fault_on_a_body_that_is_no_envelope_still_answers(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "token_expired", "path": "/webservices/*"})

    assert client.send("nonsense").status_code == 401


def test_answer_may_be_cut_off(client: TwinfieldClient) -> None:
    client.control("faults", {"effect": "truncated", "operation": "transactions"})

    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(client.post(SALE).content)
    assert len(client.books()) == 1


def test_one_bad_document_of_twenty_five_leaves_the_others(client: TwinfieldClient) -> None:
    documents = [plain_sale(f"VF{number}") for number in range(24)]
    documents.insert(2, sale(gross="1.00", number="BAD"))

    reply = client.book(*documents)

    assert [place for place, each in enumerate(reply) if each.get("result") == "0"] == [2]
    assert len(client.books()) == 24
