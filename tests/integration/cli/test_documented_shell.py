"""What the first night tells people to type into a shell does there what the page says."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from handbook.languages import in_dutch
from handbook.paths import DOCS
from local.paths import PROJECT

FIRST_NIGHT = "first-night.md"
PAGES = (FIRST_NIGHT, in_dutch(FIRST_NIGHT))
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXPORTED = "finance-state/airflow/exports/afas_nl"


def block_with(page: str, word: str) -> str:
    """Return the only block of a page with a word in it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    (found,) = (block for block in BLOCK.findall(text) if word in block)
    return str(found)


@pytest.fixture
def source() -> Iterator[EmulatorServer]:
    emulator = QubzEmulator(seed=1)
    emulator.load_demo(today=date.today(), documents=0)
    with EmulatorServer(emulator) as server:
        yield server


@pytest.fixture
def environment(tmp_path: Path, source: EmulatorServer) -> Mapping[str, str]:
    """Name a home of its own, with the state that `make up` would have left there."""
    addresses = tmp_path / "finance-state" / "emulators" / "addresses.json"
    addresses.parent.mkdir(parents=True)
    addresses.write_text(json.dumps({"qubz": source.url}), encoding="utf-8")
    return os.environ | {"HOME": str(tmp_path), "no_proxy": "127.0.0.1"}


def typed(block: str, environment: Mapping[str, str]) -> str:
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("page", PAGES)
def test_tables_are_copied_and_named(page: str, environment: Mapping[str, str], tmp_path: Path) -> None:
    said = typed(block_with(page, "cp -r") + 'echo "$FINANCE_MAPPINGS $FINANCE_STATE"', environment)

    assert said == f"{tmp_path}/mappings {tmp_path}/finance-state\n"
    assert (tmp_path / "mappings" / "administrations.csv").is_file()


@pytest.mark.parametrize("page", PAGES)
def test_organisation_goes_by_file_and_has_six_new_documents(
    page: str, environment: Mapping[str, str], source: EmulatorServer
) -> None:
    emulator = source.emulator
    assert isinstance(emulator, QubzEmulator)
    before = documents_of(emulator, "400")
    link = organisation(emulator, "400")["FinanceLink"]

    typed(block_with(page, "/_emulator/load"), environment)

    assert organisation(emulator, "400")["FinanceLink"] == link | {"ExportType": "FileBased"}
    assert documents_of(emulator, "400") == before + 6


@pytest.mark.parametrize("page", PAGES)
def test_folder_of_files_is_where_the_page_looks(
    page: str, environment: Mapping[str, str], tmp_path: Path
) -> None:
    (tmp_path / EXPORTED).mkdir(parents=True)
    (tmp_path / EXPORTED / "70-2026.csv").touch()
    (listing,) = (line for line in block_with(page, EXPORTED).splitlines() if line.startswith("ls "))

    assert typed(listing, environment) == "70-2026.csv\n"


def organisation(emulator: QubzEmulator, code: str) -> dict[str, dict[str, str]]:
    rows = emulator.documents.rows["organisations"].values()
    return next(dict(row) for row in rows if row["Code"] == code)


def documents_of(emulator: QubzEmulator, code: str) -> int:
    return sum(
        row.get("Organisation") == code
        for resource in ("salesinvoices", "purchaseinvoices", "memorials")
        for row in emulator.documents.rows[resource].values()
    )
