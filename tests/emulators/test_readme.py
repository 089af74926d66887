"""The README names what a user can set."""

import re
from pathlib import Path

from emulators.afas.app import AfasEmulator
from emulators.faults import EFFECTS
from emulators.qubz.access import KEY, KEY_HEADER, PASSWORD, USER_NAME
from emulators.qubz.app import QubzEmulator
from emulators.qubz.masters import masters
from emulators.qubz.switches import SWITCHES
from emulators.registry import SYSTEMS

README = (Path(__file__).parents[2] / "emulators" / "README.md").read_text(encoding="utf-8")


def test_every_system_effect_and_credential_is_named() -> None:
    for word in (*SYSTEMS, *EFFECTS, KEY, KEY_HEADER, PASSWORD, USER_NAME):
        assert f"`{word}`" in README, word


def test_every_switch_stands_with_its_default() -> None:
    for switch in SWITCHES:
        default = str(switch.default).lower()
        assert f"| `{switch.name}` | `{default}` |" in README, switch.name


def test_every_organisation_stands_with_the_books_it_goes_into() -> None:
    organisations = [row for resource, row in masters() if resource == "organisations"]

    assert len(organisations) == 5
    for row in organisations:
        link = row["FinanceLink"]
        said = rf"\b{row['Code']} \({link['Nationality']}, [^)]*\b{link['AdministrationCode']}\)"
        assert re.search(said, README), row["Code"]


def test_row_that_is_posted_to_the_source_replaces_the_whole_row() -> None:
    emulator = QubzEmulator(seed=1)
    known = next(row for row in emulator.documents.rows["organisations"].values() if row["Code"] == "400")

    emulator.load({"organisations": [{"Id": known["Id"], "Code": "400", "Name": "Another"}]})

    now = next(row for row in emulator.documents.rows["organisations"].values() if row["Code"] == "400")
    assert "FinanceLink" in known
    assert now["Name"] == "Another"
    assert "FinanceLink" not in now


def test_master_row_that_is_posted_to_a_package_keeps_what_is_not_named() -> None:
    emulator = AfasEmulator()
    known = next(iter(emulator.environment.tables["Profit_Debtor"].values()))
    before = dict(known)

    emulator.load({"1": {"Profit_Debtor": [{"DebtorId": known["DebtorId"], "SearchName": "ANDERS"}]}})

    now = next(
        row
        for row in emulator.environment.tables["Profit_Debtor"].values()
        if row["DebtorId"] == before["DebtorId"]
    )
    changed = {name for name in now if now[name] != before[name]}
    assert changed <= {"SearchName", "ModifiedDate"}
    assert now["SearchName"] == "ANDERS"
