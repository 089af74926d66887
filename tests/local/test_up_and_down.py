"""What `make up` starts is there for whoever types, and gone after `make down`."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import postgres
from local.components import own_program, running
from local.paths import PROJECT

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("airflow")]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    typed(tmp_path, "down")
    postgres.forget(tmp_path)


def typed(state: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Type `python -m local` with these words, as make does."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    return subprocess.run(
        own_program("local", *words),
        cwd=PROJECT,
        env=environment | {"FINANCE_STATE": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_system_is_up_for_whoever_types_and_down_when_told(state: Path) -> None:
    up = typed(state, "up")
    assert up.returncode == 0, up.stdout + up.stderr

    stopped = typed(state, "inside", "finance_hooks.cli", "stop", "--why", "looking first")
    looked = typed(state, "inside", "finance_hooks.cli", "doctor", "afas_nl", "--language", "nl")
    triggered = typed(state, "inside", "airflow", "dags", "trigger", "sync_afas_nl")
    down = typed(state, "down")

    assert "http://127.0.0.1:" in up.stdout
    assert (stopped.returncode, looked.returncode) == (0, 0), stopped.stderr + looked.stdout + looked.stderr
    assert "verzenden is gestopt door" in looked.stdout
    assert triggered.returncode == 0, triggered.stderr
    assert down.returncode == 0, down.stdout + down.stderr
    assert running(state) == []
