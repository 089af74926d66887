"""Periods, deleted transactions, the old session service, and the descriptions of all services."""

import pytest
import requests
from lxml import etree

from tests.emulators.twinfield.query_services import PERIODS, periods, query
from tests.emulators.twinfield_client import TWINFIELD, TwinfieldClient, plain_sale

DELETED = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.DeletedTransactionsService"
ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
WSDL = "http://schemas.xmlsoap.org/wsdl/"


def deleted(client: TwinfieldClient, **parameters: str) -> requests.Response:
    return query(client, "GetDeletedTransactions", DELETED, "DeletedTransactionsService.svc", **parameters)


def test_periods_tell_which_are_closed(client: TwinfieldClient) -> None:
    year = periods(client, 2026)

    assert len(year) == 14
    assert {name for name, opened in year.items() if opened == "false"} == {"2026/08"}


def test_years_run_from_two_back_to_one_ahead(client: TwinfieldClient) -> None:
    root = etree.fromstring(query(client, "GetYears", PERIODS, "PeriodService.svc").content)

    assert [each.text for each in root.iter(f"{{{ARRAYS}}}int")] == ["2024", "2025", "2026", "2027"]


def test_year_that_is_not_there_is_a_fault_with_its_code(client: TwinfieldClient) -> None:
    answer = query(client, "GetPeriods", PERIODS, "PeriodService.svc", Year=2020)

    root = etree.fromstring(answer.content)
    assert answer.status_code == 500
    assert root.findtext(f".//{{{PERIODS}}}PeriodServiceFault/{{{PERIODS}}}Code") == "YearNotFound"


def test_period_is_opened_and_closed_by_command(client: TwinfieldClient) -> None:
    for kind, number in (("OpenPeriod", 8), ("ClosePeriod", 9)):
        answer = query(client, kind, PERIODS, "PeriodService.svc", "Command", Number=number, Year=2026)
        assert answer.status_code == 200
    unknown = query(client, "OpenPeriod", PERIODS, "PeriodService.svc", "Command", Number=13, Year=2026)

    assert {name for name, opened in periods(client, 2026).items() if opened == "false"} == {"2026/09"}
    assert "PeriodNotFound" in unknown.text


@pytest.mark.parametrize("service", ["PeriodService.svc", "DeletedTransactionsService.svc", "finder.asmx"])
def test_unknown_question_is_fault_187(client: TwinfieldClient, service: str) -> None:
    answer = query(client, "GetWeather", PERIODS, service)

    assert answer.status_code in {200, 500}
    assert "187" in answer.text or "101" in answer.text


def test_query_services_want_a_token_and_a_company(client: TwinfieldClient) -> None:
    client.office = "NL44"
    refused = query(client, "GetYears", PERIODS, "PeriodService.svc")
    client.tokens["access_token"] = "wrong"
    unknown = query(client, "GetYears", PERIODS, "PeriodService.svc")

    assert (refused.status_code, unknown.status_code) == (403, 401)


def test_deleted_bookings_are_told(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())
    client.ask(
        '<transaction action="delete" reason="double"><office>NL42</office><code>VRK</code>'
        f"<number>{number}</number></transaction>"
    )

    answer = deleted(client, CompanyCode="NL42", DateFrom="2026-11-01", DateTo="2026-11-30")
    other = deleted(client, CompanyCode="NL42", Daybook="INK")

    row = etree.fromstring(answer.content).find(f".//{{{DELETED}}}DeletedTransaction")
    assert row is not None
    assert [etree.QName(each).localname for each in row] == [
        "Daybook", "DeletionDate", "ReasonForDeletion", "TransactionDate", "TransactionNumber", "User",
    ]  # fmt: skip
    assert [each.text for each in row] == [
        "VRK", "2026-11-06T03:00:00", "double", "2026-10-31T00:00:00", "202600001", "API01",
    ]  # fmt: skip
    assert "DeletedTransaction>" not in other.text


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"CompanyCode": "XX"}, "InvalidCompanyCode"),
        ({"CompanyCode": "NL42", "Daybook": "XX"}, "InvalidDaybook"),
        ({"CompanyCode": "NL42", "DateFrom": "2026-12-01", "DateTo": "2026-11-01"}, "InvalidDates"),
    ],
)
def test_deleted_bookings_are_refused_with_a_code(
    client: TwinfieldClient, parameters: dict[str, str], code: str
) -> None:
    assert code in deleted(client, **parameters).text


def test_session_takes_a_company_and_no_password(client: TwinfieldClient) -> None:
    def call(body: str) -> str:
        return client.send(client.envelope(body), "session.asmx").text

    selected = call(f'<SelectCompany xmlns="{TWINFIELD}"><company>NL42</company></SelectCompany>')
    refused = call(f'<SelectCompany xmlns="{TWINFIELD}"><company>NL44</company></SelectCompany>')
    logon = call(f'<Logon xmlns="{TWINFIELD}"><user>a</user><password>b</password></Logon>')

    assert "<SelectCompanyResult>Ok<" in selected
    assert "<SelectCompanyResult>Invalid<" in refused
    assert "OAuth2AuthenticationRequired" in logon
    assert "187" in call(f'<KeepAlive xmlns="{TWINFIELD}"/>')
    client.tokens["access_token"] = "wrong"
    assert "354" in call(f'<SelectCompany xmlns="{TWINFIELD}"><company>NL42</company></SelectCompany>')


@pytest.mark.parametrize(
    ("service", "operations"),
    [
        ("processxml.asmx", {"ProcessXmlString", "ProcessXmlDocument", "ProcessXmlCompressed"}),
        ("finder.asmx", {"Search"}),
        ("session.asmx", {"Logon", "SelectCompany"}),
        ("PeriodService.svc", {"Process", "Query"}),
        ("DeletedTransactionsService.svc", {"Query"}),
    ],
)
def test_description_names_the_address_it_came_from(
    client: TwinfieldClient, service: str, operations: set[str]
) -> None:
    answer = client.session.get(f"{client.base}/webservices/{service}?wsdl", timeout=5)
    page = client.session.get(f"{client.base}/webservices/{service}", timeout=5)

    root = etree.fromstring(answer.content)
    addresses = {str(each.get("location")) for each in root.findall(f".//{{{WSDL}}}port/*")}
    assert addresses == {f"http://twinfield.test/webservices/{service}"}
    assert {each.get("name") for each in root.findall(f"{{{WSDL}}}portType/*")} == operations
    assert page.headers["Content-Type"].startswith("text/html")
