"""Query options, shapes and texts as the vendor's pages and recorded responses have them."""

from typing import Any

import pytest

from tests.emulators.exactonline_client import ExactClient, message

ACCOUNTS = "financial/GLAccounts"


@pytest.mark.parametrize(
    ("test", "codes"),
    [
        ("Code eq '13011'", ["13011"]),
        ("Code eq '13011' or Code eq '16011'", ["13011", "16011"]),
        ("Type eq 20 and not (IsBlocked eq true)", ["13011"]),
        ("startswith(Code,'8059') eq true", ["80590", "80599"]),
        ("substringof('EBITEUR',Description)", ["13011"]),
        ("endswith(Description,'pand') or Description eq 'g-rekening'", ["10250"]),
        ("Type ge 20 and Type lt 24 and BalanceSide ne 'D'", ["16011"]),
        ("trim(VATCode) eq '20'", ["70251"]),
        ("VATCode eq '20'", ["70251"]),
        ("Type eq 20 and Costcenter eq null", ["13011"]),
        ("tolower(Description) eq 'debiteuren'", ["13011"]),
        ("Description eq 'Rob''s'", []),
    ],
)
def test_filter_picks_rows(client: ExactClient, test: str, codes: list[str]) -> None:
    rows = client.rows(ACCOUNTS, filter=test, select="Code", orderby="Code")

    assert [row["Code"] for row in rows] == codes


@pytest.mark.parametrize(
    ("test", "text"),
    [
        ("Codde eq '1'", "No property Codde exists in type Exact.Metadata.Entity.GLAccount at position 0."),
        ("Code eq", "Bad Request - Error in query syntax."),
        ("Code eq '1' xor Code eq '2'", "Bad Request - Error in query syntax."),
        ("ID eq 'abc'", "incompatible with operand types 'Edm.Guid' and 'Edm.String'"),
        ("Type eq '20'", "incompatible with operand types 'Edm.Int32' and 'Edm.String'"),
        ("Code eq Description", "Filtering on these fields is not supported: Description"),
        ("ID eq guid'1'", "Unrecognized 'Edm.Guid' literal"),
        ("Modified gt datetime'yesterday'", "Unrecognized 'Edm.DateTime' literal"),
    ],
)
def test_wrong_filter_is_a_bad_request(client: ExactClient, test: str, text: str) -> None:
    answer = client.get(ACCOUNTS, filter=test)

    assert answer.status_code == 400
    assert text in message(answer)


def test_account_codes_are_padded_on_the_left_and_must_be_so_in_a_filter(client: ExactClient) -> None:
    padded = client.rows("crm/Accounts", filter="Code eq '             10045'", select="Code,Country")
    plain = client.rows("crm/Accounts", filter="Code eq '10045'", select="Code")

    assert [(row["Code"], row["Country"]) for row in padded] == [("             10045", "NL ")]
    assert plain == []


def test_date_literal_without_time_can_be_refused(client: ExactClient) -> None:
    client.switch(date_only_literals=False)

    answer = client.get(ACCOUNTS, filter="Modified gt datetime'2026-01-01'")

    assert answer.status_code == 400


@pytest.mark.parametrize("token", ["guid'x", "datetime'2026-11-06T00:00:00'", "datetime'x'", "5", "!"])
def test_skiptoken_of_the_wrong_kind_is_a_bad_request(client: ExactClient, token: str) -> None:
    answer = client.get(ACCOUNTS, skiptoken=token)

    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["select", "orderby", "expand"])
def test_unknown_field_in_an_option_is_a_bad_request(client: ExactClient, name: str) -> None:
    options: dict[str, Any] = {name: "Nothing"}

    answer = client.get(ACCOUNTS, **options)

    assert answer.status_code == 400


def test_unknown_system_option_is_a_bad_request(client: ExactClient) -> None:
    answer = client.get(ACCOUNTS, searching="x")

    assert "'$searching' begins with a system-reserved '$' character" in message(answer)


def test_pages_hold_sixty_rows_and_lead_on_with_a_skiptoken(client: ExactClient) -> None:
    first = client.get("financial/FinancialPeriods", select="ID,FinYear").json()["d"]
    ledger_accounts = client.get(ACCOUNTS, select="Code").json()["d"]
    all_accounts = client.get("financial/FinancialPeriods", select="ID", inlinecount="allpages").json()["d"]

    assert len(first["results"]) == 48
    assert "__next" not in first
    assert "__next" not in ledger_accounts
    assert all_accounts["__count"] == "48"


def test_next_page_keeps_options_and_lowers_top(client: ExactClient) -> None:
    for number in range(70):
        assert client.post("hrm/Costunits", {"Code": f"K{number}", "Description": "x"}).status_code == 201

    answer = client.get("hrm/Costunits", select="ID,Code", top=65, filter="startswith(Code,'K')")
    content = answer.json()["d"]
    second = client.session.get(content["__next"], timeout=5).json()["d"]

    assert content["__next"].startswith("http://exact.test/api/v1/1234567/hrm/Costunits?")
    assert "$top=5" in content["__next"]
    assert "$skiptoken=guid'" in content["__next"]
    assert len(content["results"]) == 60
    assert len(second) == 5


def test_all_rows_come_once_in_the_order_asked(client: ExactClient) -> None:
    for number in range(130):
        client.post("hrm/Costunits", {"Code": f"K{number}", "Description": f"{number % 3}"})

    rows = client.rows(
        "hrm/Costunits", select="Code", orderby="Description desc", filter="Description lt '9'"
    )

    assert len({row["Code"] for row in rows}) == 130
    assert len(rows) == 130


@pytest.mark.parametrize(
    ("options", "bare"),
    [({"top": 3}, True), ({"top": 60}, True), ({"top": 61}, False), ({}, False)],
)
def test_list_is_bare_when_top_fits_a_page(client: ExactClient, options: dict[str, Any], bare: bool) -> None:
    content = client.get("hrm/Costcenters", select="Code", **options).json()["d"]

    assert isinstance(content, list) is bare


def test_inlinecount_always_brings_results(client: ExactClient) -> None:
    content = client.get("hrm/Costcenters", top=1, inlinecount="allpages").json()["d"]

    assert (len(content["results"]), content["__count"]) == (1, "9")


def test_count_is_plain_text_and_does_not_go_with_json(client: ExactClient) -> None:
    plain = client.get("hrm/Costcenters/$count", headers={"Accept": "text/plain"})
    as_json = client.get("hrm/Costcenters/$count")

    assert (plain.text, plain.headers["Content-Type"]) == ("9", "text/plain;charset=utf-8")
    assert as_json.status_code == 415


def test_row_is_read_by_key_whatever_the_case_of_the_path(client: ExactClient) -> None:
    key = client.ledger_account("13011")

    answer = client.get(f"FINANCIAL/glaccounts(guid'{key}')")

    shown = answer.json()["d"]
    assert shown["Code"] == "13011"
    assert shown["__metadata"] == {
        "uri": f"http://exact.test/api/v1/1234567/financial/GLAccounts(guid'{key}')",
        "type": "Exact.Web.Api.Models.GLAccount",
    }


def test_integer_key_reads_a_division(client: ExactClient) -> None:
    answer = client.get("system/Divisions(1234568)")

    assert answer.json()["d"]["Description"] == "Voorbeeld Containerverhuur B.V."


@pytest.mark.parametrize(
    "path",
    ["crm/Nothing", "crm/Accounts(guid'00000000-0000-0000-0000-000000000000')", "crm/Accounts/Nothing"],
)
def test_what_is_not_there_is_not_found(client: ExactClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
