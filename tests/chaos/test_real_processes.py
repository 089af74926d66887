"""A short run on a whole Airflow, with one kill of each kind."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from chaos.kills import KillKind
from local.components import own_program
from local.paths import PLUGINS, PROJECT

pytestmark = pytest.mark.timeout(900)

ENDS_WITHIN_S = 840
DOCUMENTS = 40


def test_nothing_is_booked_twice_or_lost_whatever_is_killed(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    command = own_program(
        *("chaos", "--seed", "2", "--documents", str(DOCUMENTS), "--minutes", "0.75"),
        *("--kills", str(len(KillKind)), "--administrations", "exact_nl", "--hurry", "--patience", "8"),
        *("--state", str(tmp_path / "state"), "--report", str(report)),
    )
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PLUGINS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        try:
            said, _ = running.communicate(timeout=ENDS_WITHIN_S)
        finally:
            # Told to stop, it stops what it started.
            running.terminate()

    assert running.returncode == 0, said
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["violations"] == []
    assert told["total"]["booked"] > DOCUMENTS / 2
    assert told["kills"] == {kind.value: 1 for kind in KillKind}
