"""Whoever has no API is served by file: all steps of a run, and only a person knows what was imported."""

import csv
import io
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from finance_hooks.cli.__main__ import main
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.operators.resources import Resources, open_resources
from finance_hooks.operators.sync_dag import STEPS
from finance_hooks.posting.export_shelf import MANIFEST
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import store_engine
from finance_hooks.transport.clock import SystemClock
from tests.integration.chain.offering import source_connection
from tests.integration.cli.store_connection import store_connection

SYNC_IDS = ("twinfield_nl", "afas_nl", "accountview_nl", "exact_nl")
COUNT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One without a connection to the package of `sync_id`; `folder` is where files go."""

    sync_id: str
    folder: Path
    engine: sa.Engine

    def run(self, run_id: str) -> dict[str, Mapping[str, int]]:
        """Do every step of a run that does not need Airflow's own database."""
        resources = open_resources(self.sync_id)
        dag_run = SimpleNamespace(run_type="manual", conf={}, data_interval_start=None)
        ti = SimpleNamespace(dag_id=f"sync_{self.sync_id}", get_task_states=lambda **_asked: {})
        events: Any = defaultdict(lambda: SimpleNamespace(extra=None))
        context: Any = {"dag_run": dag_run, "ti": ti, "run_id": run_id, "outlet_events": events}
        return {
            name: make(task_id=name, sync_id=self.sync_id).step(
                self._work(resources, run_id), resources, context
            )
            for name, make in STEPS.items()
        }

    def _work(self, resources: Resources, run_id: str) -> Work:
        return Work(
            administration=resources.administration,
            engine=self.engine,
            run_id=run_id,
            clock=SystemClock(),
        )

    def files(self) -> list[str]:
        found = (path.name for path in self.folder.rglob("*") if path.is_file())
        return sorted(name for name in found if not name.endswith(MANIFEST))

    def states(self) -> dict[str, int]:
        with self.engine.begin() as connection:
            rows = connection.execute(sa.text("SELECT state, count(*) AS n FROM posting GROUP BY state"))
            return {row.state: row.n for row in rows}


@pytest.fixture(params=SYNC_IDS)
def installation(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Installation]:
    source = QubzEmulator(seed=1)
    sync_id: str = request.param
    with EmulatorServer(source) as server:
        organisation = write_tables(tmp_path / "mappings", sync_id)
        say_file_based(source, organisation)
        today = SystemClock().now().date()
        wanted = {"count": COUNT, "until": str(today), "from": str(today), "organisations": [organisation]}
        source.load({"generate": wanted})
        monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", source_connection(server.url))
        monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
        monkeypatch.setenv("FINANCE_MAPPINGS", str(tmp_path / "mappings"))
        monkeypatch.setenv("FINANCE_EXPORTS", f"file://{tmp_path}/exports")
        engine = store_engine(store_url)
        yield Installation(sync_id=sync_id, folder=tmp_path / "exports", engine=engine)
        engine.dispose()


def write_tables(folder: Path, sync_id: str) -> str:
    """Copy the mapping tables, with one administration that goes by file; returns its organisation."""
    shutil.copytree(MAPPINGS, folder)
    (folder / "exports.csv").write_text(
        (folder / "exports.csv").read_text(encoding="utf-8") + f"{sync_id},file,,,,,,,,\n", encoding="utf-8"
    )
    path = folder / "administrations.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    (row,) = (row for row in rows if row["sync_id"] == sync_id)
    row["target_conn_id"] = ""
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(written.getvalue(), encoding="utf-8")
    return row["organisation"]


def say_file_based(source: QubzEmulator, organisation: str) -> None:
    for row in source.documents.rows["organisations"].values():
        if row["Code"] == organisation:
            row["FinanceLink"] = row["FinanceLink"] | {"ExportType": "FileBased"}


def test_all_documents_are_delivered_and_a_person_confirms_them(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    first = installation.run("first")
    files = installation.files()
    again = installation.run("second")
    states = installation.states()
    capsys.readouterr()

    assert first["load"]["delivered"] == states["delivered"] == COUNT
    assert first["conclude"]["delivered"] == COUNT
    assert installation.files() == files
    assert "delivered" not in again["load"]

    for file in files:
        assert main(["imported", file, "--file", "--why", "seen in the package", "--by", "Anja"]) == 0
    assert main(["files", installation.sync_id]) == 0
    assert "0 files are not wholly confirmed." in capsys.readouterr().out
    assert installation.states() == {"booked": COUNT}
    assert installation.run("third")["conclude"]["delivered"] == 0


def test_withdrawn_file_is_delivered_anew_in_another(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.run("first")
    files = installation.files()
    lost = files[0]
    (path,) = installation.folder.rglob(lost)
    path.unlink()

    assert main(["withdraw", lost, "--file", "--why", "deleted by mistake", "--by", "Bo"]) == 0
    assert "the next run delivers it anew." in capsys.readouterr().out
    installation.run("second")

    assert installation.states() == {"delivered": COUNT}
    assert len(installation.files()) == len(files)
    assert lost not in installation.files()


@pytest.mark.usefixtures("installation")
def test_decision_about_what_is_in_no_file_does_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["withdraw", "nothing.csv", "--file", "--why", "a try", "--by", "Bo"]) == 1
    assert "Nothing is known under nothing.csv." in capsys.readouterr().out
