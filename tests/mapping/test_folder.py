"""The mapping files lie where the environment says, else in the project."""

from pathlib import Path

import pytest

from finance_hooks.mapping.folder import mappings_folder

PROJECT = Path(__file__).parents[2]


def test_environment_names_the_folder_of_the_mapping_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FINANCE_MAPPINGS", str(tmp_path))

    assert mappings_folder() == tmp_path


@pytest.mark.parametrize("said", [None, ""])
def test_project_s_own_files_are_read_where_the_environment_names_none(
    monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    if said is not None:
        monkeypatch.setenv("FINANCE_MAPPINGS", said)

    assert mappings_folder() == PROJECT / "include" / "mappings"
    assert (mappings_folder() / "administrations.csv").is_file()
