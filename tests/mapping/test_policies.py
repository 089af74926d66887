"""policies.csv says what may be done by itself; what cannot be read never counts as consent."""

from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import CONFIGURATION, AdministrationRow, read_administrations
from finance_hooks.model.administration import CorrectionPolicy, RelationsPolicy
from tests.mapping.examples import ADMINISTRATION_ROW, write_folder

OTHER_ROW = "be,200,qubz_default,books,books_be,7654321,BE,2026-01-01,,,park,"


def read(folder: Path, *policies: str) -> dict[str, AdministrationRow]:
    rows = {"administrations.csv": (ADMINISTRATION_ROW, OTHER_ROW), "policies.csv": policies}
    write_folder(folder, rows)
    return {row.sync_id: row for row in read_administrations(folder)}


def policies_of(row: AdministrationRow) -> tuple[CorrectionPolicy, RelationsPolicy]:
    assert row.administration is not None
    return row.administration.correction_policy, row.administration.relations_policy


def test_row_gives_its_administration_the_policies_and_leaves_the_others_alone(tmp_path: Path) -> None:
    rows = read(tmp_path, "nl,reverse,propose,asked for by the controller")

    assert policies_of(rows["nl"]) == (CorrectionPolicy.REVERSE, RelationsPolicy.PROPOSE)
    assert policies_of(rows["be"]) == (CorrectionPolicy.PERSON, RelationsPolicy.WRITE)


def test_empty_cell_and_absent_file_leave_the_defaults(tmp_path: Path) -> None:
    rows = read(tmp_path, "nl,,off,")
    assert policies_of(rows["nl"]) == (CorrectionPolicy.PERSON, RelationsPolicy.OFF)

    (tmp_path / "policies.csv").unlink()
    without = {row.sync_id: row for row in read_administrations(tmp_path)}

    assert policies_of(without["nl"]) == (CorrectionPolicy.PERSON, RelationsPolicy.WRITE)


@pytest.mark.parametrize("rows", [("nl,maybe,,",), ("nl,,,", "nl,reverse,,"), ("nl,reverse",)])
def test_faulty_row_stops_its_own_administration_only(tmp_path: Path, rows: tuple[str, ...]) -> None:
    found = read(tmp_path, *rows)

    assert set(found) == {"nl", "be"}
    assert found["nl"].administration is None
    assert found["be"].administration is not None
    assert {problem.file for problem in found["nl"].problems} == {"policies.csv"}


def test_row_of_an_administration_there_is_not_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    rows = read(tmp_path, "nll,reverse,,")

    assert set(rows) == {"nl", "be", CONFIGURATION}
    [problem] = rows[CONFIGURATION].problems
    assert str(problem) == (
        "policies.csv, line 2, nll: sync_id nll has no row in administrations.csv; "
        "correct the name or remove the row."
    )


def test_file_that_cannot_be_read_stops_every_administration(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "policies.csv").write_text("sync_id;corrections\n", encoding="utf-8")

    rows = {row.sync_id: row for row in read_administrations(tmp_path)}

    assert [rows["nl"].administration, rows["be"].administration] == [None, None]
    assert "separated by semicolons" in str(rows["be"].problems[0])
