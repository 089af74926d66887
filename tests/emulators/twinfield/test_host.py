"""Twinfield as an emulator: the demo's codes, state on disk, rows from outside, a socket, the README."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree

from emulators.clock import EmulatorClock
from emulators.qubz.masters import masters
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from emulators.twinfield.app import TwinfieldEmulator
from emulators.twinfield.errors import OWN_WORDS, TEXTS
from emulators.twinfield.inferred import SWITCHES
from tests.emulators.twinfield_client import STARTED_AT, TwinfieldClient, emulator_of, plain_sale

PROJECT = Path(__file__).resolve().parents[3]
MAPPINGS = PROJECT / "include" / "mappings" / "twinfield"
README = (PROJECT / "emulators" / "twinfield" / "README.md").read_text(encoding="utf-8")


def mapped(name: str, column: str) -> set[str]:
    path = MAPPINGS / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def office_codes(kinds: set[str]) -> set[str]:
    office = emulator_of().offices["NL42"]
    return {
        each.code for each in office.dimensions.values() if each.type in kinds and each.status == "active"
    }


def test_every_relation_of_the_source_is_a_dimension() -> None:
    relations = [row for name, row in masters() if name == "relations" and row["Organisation"] == "100"]

    debtors = {f"D{row['DebtorNumber']}" for row in relations if row["IsDebtor"]}
    creditors = {f"C{row['CreditorNumber']}" for row in relations if row["IsCreditor"]}

    assert debtors <= office_codes({"DEB"})
    assert creditors <= office_codes({"CRD"})


@pytest.mark.parametrize(
    ("name", "column", "kinds"),
    [
        ("ledger_accounts", "target_account", {"BAS", "PNL"}),
        ("cost_centres", "target_code", {"KPL"}),
        ("cost_units", "target_code", {"PRJ"}),
    ],
)
def test_every_code_that_is_mapped_to_is_in_the_chart(name: str, column: str, kinds: set[str]) -> None:
    assert mapped(name, column) <= office_codes(kinds)


def test_every_daybook_and_vat_code_that_is_mapped_to_is_in_the_chart() -> None:
    office = emulator_of().offices["NL42"]

    assert mapped("journals", "journal") <= set(office.daybooks)
    assert mapped("vat_codes", "target_vat_code") - {""} <= set(office.vat_codes)


def test_third_month_before_the_demo_is_closed() -> None:
    emulator = emulator_of()

    emulator.load_demo(today=date(2026, 2, 10), documents=0)

    assert {office.code: office.closed for office in emulator.offices.values()} == {
        "NL42": {"2025/11"},
        "NL43": {"2025/11"},
        "NL44": {"2025/11"},
        "BE01": {"2025/11"},
    }


def test_restart_finds_books_and_tokens(tmp_path: Path) -> None:
    clock = EmulatorClock(lambda: STARTED_AT)
    client = TwinfieldClient(TwinfieldEmulator(clock=clock, directory=tmp_path)).authorise()
    client.number(plain_sale())
    client.emulator.close()

    again = TwinfieldClient(TwinfieldEmulator(clock=clock, directory=tmp_path))
    again.tokens = client.tokens

    assert again.books() == client.books()
    assert again.refresh().status_code == 200
    assert again.number(plain_sale("VF2")) == "202600002"


def test_reset_goes_back_to_the_seed(client: TwinfieldClient) -> None:
    client.number(plain_sale())

    client.control("reset", {})

    assert client.books() == []
    assert client.post("<list><type>offices</type></list>").status_code == 401


def test_books_show_amounts_as_decimal_strings_and_since(client: TwinfieldClient) -> None:
    client.number(plain_sale(freetext1="QUBZ-1"))

    entry = client.books()[0]

    assert {name: entry[name] for name in entry if name != "lines"} == {
        "administration": "NL42",
        "journal": "VRK",
        "number": "202600001",
        "document": "VF1",
        "reference": "QUBZ-1",
        "date": "2026-10-31",
        "period": "2026/10",
        "party": "D10045",
        "currency": "EUR",
        "rate": "1",
    }
    assert entry["lines"][1] == {
        "account": "8220",
        "debit": "0.00",
        "credit": "200.00",
        "in_currency": "-200.00",
        "vat_code": "VH",
        "is_vat": False,
        "cost_centre": "KP30",
        "party": None,
        "text": "",
    }
    later = client.session.get(
        f"{client.base}/_emulator/books", params={"since": "2026-11-06T03:00:01Z"}, timeout=5
    )
    assert later.json()["entries"] == []


def load(client: TwinfieldClient, body: Any) -> requests.Response:
    return client.session.post(f"{client.base}/_emulator/load", json=body, timeout=5)


def test_dimension_documents_are_loaded_in_the_read_shape(client: TwinfieldClient) -> None:
    document = client.ask(
        "<read><type>dimensions</type><office>NL42</office><dimtype>DEB</dimtype><code>D10045</code></read>"
    )
    text = etree.tostring(document, encoding="unicode").replace("D10045", "D77777")

    answer = load(client, {"NL43": {"dimensions": [text]}})

    assert answer.json() == {"loaded": {"dimensions": 1}}
    client.office = "NL43"
    assert client.book(plain_sale(office="NL43", customer="D77777")).get("result") == "1"


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({"XX": {}}, "no office 'XX'"),
        ({"NL42": {"daybooks": []}}, "'daybooks' cannot be loaded"),
        ({"NL42": {"dimensions": ["<dimension"]}}, "not XML"),
        (
            {"NL42": {"dimensions": ["<dimension><type>DEB</type><code>1</code><name>x</name></dimension>"]}},
            "De code voldoet niet aan het formaat",
        ),
    ],
)
def test_loading_says_what_is_wrong(client: TwinfieldClient, body: dict[str, Any], part: str) -> None:
    answer = load(client, body)

    assert answer.status_code == 400
    assert part in answer.json()["error"]


def test_over_a_socket_the_cluster_is_the_servers_address() -> None:
    emulator = build("twinfield", clock=EmulatorClock(lambda: STARTED_AT))
    assert isinstance(emulator, TwinfieldEmulator)
    with EmulatorServer(emulator) as server:
        client = TwinfieldClient(emulator, server.url).authorise()
        cluster = client.validate().json()["twf.clusterUrl"]
        number = client.number(plain_sale())
        client.tokens["access_token"] = "wrong"
        refused = client.post("<list><type>offices</type></list>")

    assert (cluster, number) == (server.url, "202600001")
    assert refused.reason == "354 : Access denied. Token invalid."


def test_readme_names_switches_with_their_defaults_daybooks_and_offices() -> None:
    office = emulator_of().offices["NL42"]

    for switch in SWITCHES:
        assert f"| `{switch.name}` | `{str(switch.default).lower()}` |" in README, switch.name
    for code in (*office.daybooks, *office.vat_codes, "NL42", "NL43", "NL44"):
        assert f"`{code}`" in README, code


def test_readme_names_the_texts_that_are_not_twinfields() -> None:
    assert set(TEXTS) >= OWN_WORDS
    for name in OWN_WORDS:
        assert f"`{name}`" in README, name


def test_system_is_in_the_registry() -> None:
    assert "twinfield" in SYSTEMS
