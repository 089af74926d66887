from pathlib import Path

import pytest

from finance_hooks.targets.registry import TARGETS as TARGETS_OFFERED
from tests.house.tree import MAPPINGS, PACKAGE, PROJECT, own_files

TARGETS = PACKAGE / "targets"
EMULATORS = PROJECT / "emulators"
OF_A_TARGET = {"target.py", "hook.py", "payload.py", "responses.py", "readback.py", "chart.py", "settings.py"}
OF_A_MAPPING = {
    "journals.csv",
    "ledger_accounts.csv",
    "vat_codes.csv",
    "parties.csv",
    "cost_centres.csv",
    "payment_terms.csv",
}
OF_AN_EMULATOR = {"app.py", "wire.py", "books.py", "errors.py"}
OF_A_SOURCE = {"hook.py"}


def folders(parent: Path) -> list[Path]:
    """Return the folders directly below one that hold a file of the project."""
    below = {path.relative_to(parent).parts for path in own_files() if path.is_relative_to(parent)}
    return sorted({parent / parts[0] for parts in below if len(parts) > 1})


def missing(folder: Path, required: set[str]) -> set[str]:
    """Return the required files that a folder does not hold."""
    return required - {path.name for path in own_files() if path.parent == folder}


def test_registry_offers_the_targets_there_are() -> None:
    assert set(TARGETS_OFFERED) == {folder.name for folder in folders(TARGETS)}


@pytest.mark.parametrize("folder", folders(TARGETS), ids=lambda folder: folder.name)
def test_target_holds_the_files_every_target_holds(folder: Path) -> None:
    assert missing(folder, OF_A_TARGET) == set()


@pytest.mark.parametrize("folder", folders(TARGETS), ids=lambda folder: folder.name)
def test_target_has_all_its_mapping_files(folder: Path) -> None:
    assert missing(MAPPINGS / folder.name, OF_A_MAPPING) == set()


@pytest.mark.parametrize("folder", folders(EMULATORS), ids=lambda folder: folder.name)
def test_emulator_holds_the_files_every_emulator_holds(folder: Path) -> None:
    assert missing(folder, OF_AN_EMULATOR) == set()


@pytest.mark.parametrize("folder", folders(PACKAGE / "sources"), ids=lambda folder: folder.name)
def test_source_holds_the_files_every_source_holds(folder: Path) -> None:
    assert missing(folder, OF_A_SOURCE) == set()


def test_every_target_and_source_has_an_emulator() -> None:
    systems = {folder.name for folder in (*folders(TARGETS), *folders(PACKAGE / "sources"))}

    assert systems <= {folder.name for folder in folders(EMULATORS)}
