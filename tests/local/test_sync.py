import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local import postgres
from local.components import own_program, running
from local.paths import PROJECT

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    postgres.forget(tmp_path)


def sync(state: Path) -> tuple[int, str, dict[str, Any]]:
    """Run one night with its state in a folder; return exit code, what was printed, and the report."""
    # What conftest sets for Airflow's own unit tests has no place in a real run.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    night = subprocess.run(
        own_program("local", "sync"),
        cwd=PROJECT,
        env=environment | {"FINANCE_STATE": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads((state / "sync-report.json").read_text(encoding="utf-8"))
    return night.returncode, night.stdout + night.stderr, report


def test_first_night_books_and_the_second_books_nothing(state: Path) -> None:
    first_code, first_said, first = sync(state)
    second_code, second_said, second = sync(state)

    # Documents are parked on purpose and colour their runs red; the night is right all the same.
    assert first_code == 0, first_said
    assert first["parked"] > 0
    assert "run failed" in first_said
    assert first["booked"] > 0
    assert first["booked"] + first["parked"] == first["documents"]
    assert first["difference"] == "0.00"
    assert second_code == 0, second_said
    assert second["booked"] == 0
    assert second["already_booked"] == first["booked"]
    assert second["parked"] == first["parked"]
    assert "Nothing new to book" in second_said
    assert running(state) == []
