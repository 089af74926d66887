from pathlib import Path

from chaos.__main__ import SYNC_IDS
from chaos.administrations import MAPPINGS, copy_mappings, read_rows
from chaos.store import OWNER


def test_all_administrations_of_the_demo_take_part() -> None:
    assert {row.sync_id for row in read_rows(MAPPINGS)} == set(SYNC_IDS)


def test_a_copy_for_one_administration_knows_no_other(tmp_path: Path) -> None:
    rows = read_rows(copy_mappings(["twinfield_nl"], tmp_path))

    assert [(row.sync_id, row.system, row.organisation) for row in rows] == [
        ("twinfield_nl", "twinfield", "300")
    ]


def test_a_copy_for_all_is_the_same(tmp_path: Path) -> None:
    copy_mappings(SYNC_IDS, tmp_path)

    for file in MAPPINGS.rglob("*.csv"):
        assert (tmp_path / file.relative_to(MAPPINGS)).read_bytes() == file.read_bytes()


def test_the_holder_of_the_books_is_known_by_its_task_and_its_number() -> None:
    owner = OWNER.match("sync_exact_nl manual__2026-11-29T16:51:36.054489+00:00 load pid 4711")

    assert owner is not None
    assert (owner["dag_id"], owner["task_id"], owner["pid"]) == ("sync_exact_nl", "load", "4711")
