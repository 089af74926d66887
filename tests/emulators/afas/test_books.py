"""The control routes' view: books, loading, resetting, restarting, the demo, a socket, the README."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulators.afas.app import AfasEmulator
from emulators.afas.texts import TEXTS
from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from tests.emulators.afas_client import (
    DAY,
    AfasClient,
    Body,
    cost_centre,
    emulator_of,
    line,
    purchase,
    sale,
)

README = Path(__file__).parents[3] / "emulators" / "afas" / "README.md"


def test_books_are_shown_with_amounts_as_texts(client: AfasClient) -> None:
    client.post(sale())

    assert client.booked() == [
        {
            "administration": "1",
            "journal": "20",
            "number": "48001",
            "document": "run17/42",
            "reference": "SI-000042",
            "date": DAY,
            "period": "2026/10",
            "party": "10045",
            "currency": "EUR",
            "rate": "1",
            "lines": [
                shown("1300", "121.00", "0.00", party="10045", text="January"),
                shown("8110", "0.00", "100.00", vat_code="1", cost_centre="INZ", text="Service"),
                shown("1510", "0.00", "21.00", vat_code="1"),
            ],
        }
    ]


def shown(account: str, debit: str, credit: str, **fields: str) -> Body:
    empty = dict.fromkeys(("vat_code", "cost_centre", "party", "text"))
    in_currency = str(Decimal(debit) - Decimal(credit))
    known = {"account": account, "debit": debit, "credit": credit, "in_currency": in_currency}
    return known | empty | {"is_vat": account == "1510"} | fields


def test_books_are_picked_by_administration_and_instant(client: AfasClient) -> None:
    client.post(sale())
    client.control("clock", {"advance_s": 60})
    client.post(sale(), UnId=2)

    by_unit = client.control("books?administration=2")["entries"]
    by_instant = client.control("books?since=2026-11-06T03:01:00Z")["entries"]

    # Each administration counts its own entries.
    numbers = [(each["administration"], each["number"]) for each in (*by_unit, *by_instant)]
    assert numbers == [("2", "48001"), ("2", "48001")]


def test_rows_are_loaded_as_connectors_show_them(client: AfasClient) -> None:
    client.post(sale())
    rows = [row | {"EntryNo": 50001, "InvoiceId": "OLD-1"} for row in client.rows("Qubz_Transactions")]
    debtor = {"DebtorId": "10999", "DebtorName": "Nieuw", "PayCon": "30", "Blocked": False}
    period = {"Year": 2026, "Period": 10, "Blocked": True}

    loaded = client.control(
        "load",
        {"2": {"Qubz_Transactions": [row | {"UnitId": 2} for row in rows], "Profit_Debtor": [debtor]}}
        | {"1": {"Profit_periods_per_administration": [period]}},
    )["loaded"]

    assert loaded == {"Qubz_Transactions": 3, "Profit_Debtor": 1, "Profit_periods_per_administration": 1}
    assert [each["reference"] for each in client.control("books?administration=2")["entries"]] == ["OLD-1"]
    assert client.post(sale("OLD-1"), UnId=2).status_code == 500
    assert client.post(sale("NEW-1"), UnId=1).status_code == 500
    assert client.post(purchase(), JoCo="10", UnId=2).json()["results"]["FiEntryPar"]["EnNo"] == "50002"


@pytest.mark.parametrize(
    "rows",
    [
        {"9": {}},
        {"1": {"Profit_Nothing": []}},
        {"1": {"Profit_Debtor_Invoices": []}},
        {"1": {"Profit_Debtor": [{"Debtor": "1"}]}},
        {"1": {"Profit_Debtor": [{"DebtorName": "x"}]}},
        {"1": {"Profit_Debtor": [{"DebtorId": 1}]}},
        {"1": {"Profit_Transactions": [{"EntryNo": 1, "JournalId": "99"}]}},
    ],
)
def test_rows_that_make_no_sense_are_named(client: AfasClient, rows: Body) -> None:
    answer = client.session.post(f"{client.root}/_emulator/load", json=rows, timeout=5)

    assert answer.status_code == 400


def test_a_restart_finds_the_same_books(tmp_path: Path) -> None:
    first = AfasClient(AfasEmulator(directory=tmp_path))
    token = first.grant().json()["access_token"]
    today = datetime.now().date()
    lines = [each | {"Fields": each["Fields"] | {"EnDa": today.isoformat()}} for each in sale()]
    first.post(lines, Year=today.year, Peri=today.month)
    first.emulator.close()

    second = AfasClient(AfasEmulator(directory=tmp_path))
    second.use(token)

    assert second.emulator.restored
    assert len(second.rows("Profit_Transactions")) == 3
    second.emulator.close()


def test_a_reset_goes_back_to_the_chart_and_the_demo_blocks_a_month(client: AfasClient) -> None:
    client.post(sale())
    client.control("reset", {"demo": True, "today": "2026-05-10"})

    assert client.booked() == []
    blocked = client.rows(
        "Profit_periods_per_administration", filterfieldids="Blocked", operatortypes="1", filtervalues="1"
    )
    assert {(row["Year"], row["Period"]) for row in blocked} == {(2026, 2)}


def test_the_demo_is_dated_from_its_day() -> None:
    emulator = emulator_of()
    emulator.load_demo(today=date(2027, 1, 31), documents=0)

    assert emulator.environment.closed[1] == {(2026, 10)}


def test_the_registry_knows_the_system_and_a_socket_serves_it() -> None:
    assert "afas" in SYSTEMS
    with EmulatorServer(build("afas")) as server:
        client = AfasClient(emulator_of(), base=server.url)
        refused = client.session.get(f"{client.base}/ProfitVersion", headers={"Authorization": ""}, timeout=5)
        rows = client.rows("Profit_Accounts")

    assert (refused.status_code, refused.headers["Content-Length"]) == (401, "0")
    assert len(rows) > 50


AMOUNTS = st.decimals(Decimal("0.01"), Decimal("99999.99"), places=2)


@settings(max_examples=40)
@given(nets=st.lists(AMOUNTS, min_size=1, max_size=8), vat=AMOUNTS, credit=st.booleans())
def test_what_is_booked_balances_and_is_read_back_to_the_cent(
    nets: list[Decimal], vat: Decimal, *, credit: bool
) -> None:
    client = AfasClient(emulator_of())
    sides = ("credit", "debit") if credit else ("debit", "credit")
    gross = sum(nets, vat)
    lines = [line("2", "10045", InId="SI-1", **amounts(gross, sides[0]))]
    lines += [
        line("1", "8110", InId="SI-1", VaId="1", objects=cost_centre(), **amounts(net, sides[1]))
        for net in nets
    ]
    lines.append(line("1", "1510", InId="SI-1", VaId="1", **amounts(vat, sides[1])))

    assert client.post(lines).status_code == 201

    rows = client.rows("Profit_Transactions", orderbyfieldids="EntryNo,SeqNo")
    read = [Decimal(str(row["AmtDebit"])) - Decimal(str(row["AmtCredit"])) for row in rows]
    sign = -1 if credit else 1
    assert read == [sign * gross, *(-sign * net for net in nets), -sign * vat]
    balances = client.rows("Profit_Period_balance")
    assert sum(Decimal(str(row["Balance"])) for row in balances) == 0


def amounts(amount: Decimal, side: str) -> dict[str, str]:
    return {side: str(amount)}


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    assert [name for name, (dutch, english) in TEXTS.items() if places(dutch) != places(english)] == []


def test_every_switch_stands_in_the_readme_with_its_default() -> None:
    text = README.read_text(encoding="utf-8")

    missing = [
        switch.name
        for switch in AfasEmulator.declared_switches
        if f"| `{switch.name}` | `{'true' if switch.default is True else switch.default}` |" not in text
    ]

    assert missing == []
