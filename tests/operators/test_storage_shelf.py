"""Files are put into a folder whole, never over another, on a disk and in object storage alike."""

from pathlib import Path

import pytest
from airflow.sdk.io import attach
from fsspec.implementations.memory import MemoryFileSystem  # type: ignore[import-untyped]

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.operators.storage_shelf import StorageShelf, open_shelf, usual_location
from finance_hooks.posting.export_shelf import MANIFEST


@pytest.fixture(params=["disk", "bucket"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> StorageShelf:
    if request.param == "disk":
        return StorageShelf(f"file://{tmp_path}/new/folder")
    attach("memory", fs=MemoryFileSystem())
    return StorageShelf(f"memory://bucket{tmp_path}")


def test_file_is_read_as_it_was_put(shelf: StorageShelf) -> None:
    shelf.put("a.csv", b"1;2\r\n")

    assert shelf.read("a.csv") == b"1;2\r\n"
    assert shelf.read("b.csv") is None


def test_second_file_of_a_name_is_not_created(shelf: StorageShelf) -> None:
    assert shelf.create("a.csv", b"first")
    assert not shelf.create("a.csv", b"second")
    assert shelf.read("a.csv") == b"first"


def test_manifests_name_their_files_whether_these_are_there_or_not(shelf: StorageShelf) -> None:
    shelf.put("there.csv", b"")
    for name in ("there.csv", "gone.csv"):
        shelf.create(name + MANIFEST, b"{}")

    assert sorted(shelf.manifests()) == ["gone.csv", "there.csv"]


def test_nothing_half_written_is_left_in_a_folder(tmp_path: Path) -> None:
    shelf = StorageShelf(f"file://{tmp_path}")
    shelf.put("a.csv", b"whole")
    shelf.create("a.csv" + MANIFEST, b"{}")
    shelf.create("a.csv" + MANIFEST, b"{}")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.csv" + MANIFEST]


def test_nobody_but_owner_and_group_reads_a_file(tmp_path: Path) -> None:
    shelf = StorageShelf(f"file://{tmp_path}/export")
    shelf.put("a.csv", b"whole")
    shelf.create("a.csv" + MANIFEST, b"{}")

    made = [tmp_path / "export", *(tmp_path / "export").iterdir()]
    assert [path.stat().st_mode & 0o007 for path in made] == [0, 0, 0]


def test_folder_that_cannot_be_opened_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")

    with pytest.raises(TemporaryFailure, match="cannot be opened"):
        open_shelf(f"file://{tmp_path}/in the way")


def test_file_goes_where_the_installation_says_else_into_airflow_s_home(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("FINANCE_EXPORTS", raising=False)
    monkeypatch.setenv("AIRFLOW_HOME", "/srv/airflow")
    assert usual_location("exact_nl") == "file:///srv/airflow/exports/exact_nl"

    monkeypatch.setenv("FINANCE_EXPORTS", "s3://aws_default@bucket/out/")
    assert usual_location("exact_nl") == "s3://aws_default@bucket/out/exact_nl"
