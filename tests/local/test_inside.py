"""Programs run inside what `make up` started, and only there; with a running system: tests/scheduler."""

from pathlib import Path

import pytest

from local.__main__ import main
from local.system import UP_FILE


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FINANCE_STATE", str(tmp_path))
    return tmp_path


def test_nothing_runs_inside_what_is_not_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inside", "airflow", "backfill", "create", "--dag-id", "sync_exact_nl"]) == 1
    assert "make up" in capsys.readouterr().out


def test_program_to_run_must_be_named(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (state / UP_FILE).write_text('{"url": "http://127.0.0.1:8080"}', encoding="utf-8")

    assert main(["inside"]) == 1
    assert "airflow dags list" in capsys.readouterr().out


def test_other_commands_take_no_arguments() -> None:
    with pytest.raises(SystemExit):
        main(["down", "airflow"])
