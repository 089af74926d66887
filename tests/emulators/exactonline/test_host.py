"""The host as an emulator: faults, state on disk, rows from outside, a socket, the demo's codes."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from emulators.clock import EmulatorClock
from emulators.exactonline.app import ExactOnlineEmulator
from emulators.qubz.masters import masters
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from tests.emulators.exactonline_client import STARTED_AT, ExactClient, emulator_of

PROJECT = Path(__file__).resolve().parents[3]
MAPPINGS = PROJECT / "include" / "mappings" / "exactonline"
README = PROJECT / "emulators" / "exactonline" / "README.md"
COUNTRIES = {"exact_nl": "nl", "exact_be": "be"}


def _codes(country: str, path: str) -> set[str]:
    emulator = emulator_of(country)
    books = emulator.books_of(min(emulator.divisions))
    return {str(row["Code"]).strip() for row in books.rows(path)}


def _mapped(name: str, column: str) -> list[tuple[str, str]]:
    with (MAPPINGS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (country, row[column])
        for row in rows
        for sync_id, country in COUNTRIES.items()
        if row["administration"] in {sync_id, "*"}
    ]


@pytest.mark.parametrize(("organisation", "country"), [("100", "nl"), ("200", "be")])
def test_every_relation_of_the_source_has_its_accounts(organisation: str, country: str) -> None:
    emulator = emulator_of(country)
    books = emulator.books_of(min(emulator.divisions))
    relations = [
        row for name, row in masters() if name == "relations" and row["Organisation"] == organisation
    ]

    debtors = [books.find_code("crm/Accounts", row["DebtorNumber"]) for row in relations if row["IsDebtor"]]
    creditors = [
        books.find_code("crm/Accounts", row["CreditorNumber"]) for row in relations if row["IsCreditor"]
    ]

    assert debtors
    assert creditors
    assert all(row and row["Status"] == "C" for row in debtors)
    assert all(row and row["IsSupplier"] for row in creditors)


@pytest.mark.parametrize(
    ("name", "column", "path"),
    [
        ("ledger_accounts", "target_account", "financial/GLAccounts"),
        ("vat_codes", "target_vat_code", "vat/VATCodes"),
        ("journals", "journal", "financial/Journals"),
        ("cost_centres", "target_code", "hrm/Costcenters"),
        ("payment_terms", "target_code", "cashflow/PaymentConditions"),
    ],
)
def test_every_code_that_is_mapped_to_is_in_the_chart(name: str, column: str, path: str) -> None:
    missing = [
        (country, code) for country, code in _mapped(name, column) if code not in _codes(country, path)
    ]

    assert missing == []


def test_third_month_before_the_demo_is_closed() -> None:
    emulator = emulator_of()

    emulator.load_demo(today=date(2026, 2, 10), documents=0)

    assert emulator.divisions[1234567].closed == {(2025, 11)}


def test_lost_answer_was_booked_all_the_same(client: ExactClient) -> None:
    client.relation("10045")
    client.ledger_account("80502")
    client.control(
        "faults", {"effect": "lost_answer", "method": "POST", "path": "*/SalesEntries", "times": 1}
    )

    with pytest.raises(requests.ConnectionError):
        client.sale("10045", [client.line("80502", 1)], YourRef="A1")

    assert [row["YourRef"] for row in client.rows("salesentry/SalesEntries")] == ["A1"]


def test_late_booking_shows_once_the_clock_has_moved_beyond_the_token(client: ExactClient) -> None:
    client.relation("10045")
    client.ledger_account("80502")
    client.control(
        "faults", {"effect": "late_booking", "method": "POST", "path": "*/SalesEntries", "delay_s": 900}
    )
    with pytest.raises(requests.ConnectionError):
        client.sale("10045", [client.line("80502", 1)])

    before = client.rows("salesentry/SalesEntries")
    client.advance(900)
    client.use(client.refresh().json())

    assert before == []
    assert len(client.rows("salesentry/SalesEntries")) == 1


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ({"effect": "throttle", "delay_s": 60}, 429, ""),
        ({"effect": "token_expired"}, 401, ""),
        ({"effect": "status", "status": 503}, 503, "A problem has occurred."),
    ],
)
def test_faults_look_like_the_vendors_own(
    client: ExactClient, fault: dict[str, Any], status: int, body: str
) -> None:
    client.control("faults", fault)

    answer = client.get("hrm/Costcenters")

    assert answer.status_code == status
    assert body in answer.text
    assert "Retry-After" not in answer.headers


def test_books_tokens_and_numbers_survive_a_restart(tmp_path: Path) -> None:
    def start() -> ExactOnlineEmulator:
        return ExactOnlineEmulator(clock=EmulatorClock(lambda: STARTED_AT), directory=tmp_path)

    first = ExactClient(start()).authorise()
    first.sale("10045", [first.line("80502", 1)])
    first.emulator.close()

    second = ExactClient(start())
    second.use(first.tokens)
    entry = second.sale("10045", [second.line("80502", 1)]).json()["d"]

    assert entry["EntryNumber"] == 26700002
    assert len({row["EntryID"] for row in second.rows("salesentry/SalesEntries")}) == 2


def test_reset_empties_the_books(client: ExactClient) -> None:
    client.sale("10045", [client.line("80502", 1)])

    client.control("reset", {})

    books = client.session.get(f"{client.base}/_emulator/books", timeout=5).json()
    assert books == {"entries": [], "next": None}


def test_rows_are_loaded_as_exact_shows_them(client: ExactClient) -> None:
    shown = client.rows("crm/Accounts", filter="Name eq 'Restaurant De Proef'")[0]
    line = client.line("80502", 100, VATCode="4")
    sale = {"Journal": "70", "Customer": shown["ID"], "EntryDate": "/Date(1793404800000)/"}

    client.control(
        "load",
        {
            "1234567": {
                "crm/Accounts": [shown | {"Name": "Restaurant Nieuw"}],
                "financial/GLAccounts": [
                    {"Code": "80599", "IsBlocked": False},
                    {"Code": "80600", "Type": 110},
                ],
                "salesentry/SalesEntries": [sale | {"EntryNumber": 26700500, "SalesEntryLines": [line]}],
            }
        },
    )

    sales = client.rows("salesentry/SalesEntries")
    assert [(row["EntryNumber"], row["CustomerName"]) for row in sales] == [(26700500, "Restaurant Nieuw")]
    assert client.rows("financial/GLAccounts", filter="Code eq '80599'")[0]["IsBlocked"] is False
    assert client.rows("financial/GLAccounts", filter="Code eq '80600'")[0]["Type"] == 110


@pytest.mark.parametrize(
    "rows",
    [
        {"1": {}},
        {"1234567": {"crm/Nothing": []}},
        {"1234567": {"crm/Accounts": [{"Nothing": 1}]}},
        {"1234567": {"salesentry/SalesEntries": [{"Journal": "70"}]}},
    ],
)
def test_rows_that_make_no_sense_are_refused(client: ExactClient, rows: dict[str, Any]) -> None:
    answer = client.session.post(f"{client.base}/_emulator/load", json=rows, timeout=5)

    assert answer.status_code == 400


def test_next_page_can_be_followed_over_a_socket() -> None:
    with EmulatorServer(emulator_of("be")) as server:
        client = ExactClient(server.emulator, base=server.url).authorise()  # type: ignore[arg-type]
        for number in range(61):
            client.post("hrm/Costunits", {"Code": f"K{number}", "Description": "x"})
            client.control("limits", {"scale": 0})

        rows = client.rows("hrm/Costunits", select="ID,Code", filter="substringof('K',Code) eq true")

    assert len(rows) == 61


def test_both_countries_are_served() -> None:
    keys = {name: build(name).key for name in SYSTEMS if name.startswith("exactonline")}

    assert keys == {"exactonline": "exactonline", "exactonline_be": "exactonline_be"}


def test_every_switch_stands_in_the_readme_with_its_default() -> None:
    text = README.read_text(encoding="utf-8")

    missing = [
        switch.name
        for switch in ExactOnlineEmulator.declared_switches
        if f"| `{switch.name}` | `{str(switch.default).lower() if switch.default != '' else ''}` |"
        not in text
    ]

    assert missing == []
