"""A night on a real scheduler leaves asset events and lineage behind."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.operators.sync_dag import STEPS
from local.components import wait_until
from local.run_report import administrations_of
from local.system import RunningSystem, forget, start_system, stop_system
from tests.lineage.specification import faults

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]
DAG, TIMEOUT_S = "sync_exact_nl", 300.0
SOURCE, BOOKS = "finance://qubz_default", "finance://exactonline"
FACETS = "https://openlineage.io/spec/facets"
SCHEMA = "1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet"
COLUMNS = "1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet"
STATISTICS = "1-0-2/OutputStatisticsOutputDatasetFacet.json#/$defs/OutputStatisticsOutputDatasetFacet"
SALES_FIELDS = {
    "Journal": "text",
    "Customer": "text",
    "YourRef": "text",
    "Description": "text",
    "EntryDate": "date",
    "DueDate": "date",
    "ReportingYear": "integer",
    "ReportingPeriod": "integer",
    "Currency": "text",
    "Rate": "decimal",
    "PaymentCondition": "text",
    "GAccountAmountFC": "decimal",
    "SalesEntryLines.GLAccount": "text",
    "SalesEntryLines.AmountFC": "decimal",
    "SalesEntryLines.Description": "text",
    "SalesEntryLines.VATCode": "text",
    "SalesEntryLines.VATAmountFC": "decimal",
    "SalesEntryLines.CostCenter": "text",
    "SalesEntryLines.CostUnit": "text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one run left behind: asset events by address, lineage as written, the report."""

    run_id: str
    assets: Mapping[str, Mapping[str, Any]]
    lineage: str
    report: Mapping[str, Any]
    secrets: tuple[str, ...]

    def events(self) -> list[dict[str, Any]]:
        """Return all lineage events."""
        return [json.loads(line) for line in self.lineage.splitlines()]

    def event(self, task_id: str, kind: str) -> dict[str, Any]:
        """Return the one event of a task of this kind."""
        wanted = (f"{DAG}.{task_id}", kind)
        (found,) = [one for one in self.events() if (one["job"]["name"], one["eventType"]) == wanted]
        return found


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    state = tmp_path_factory.mktemp("state")
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in [name for name in os.environ if name.startswith("AIRFLOW")]:
            # What conftest sets for Airflow's own unit tests has no place in a real run.
            monkeypatch.delenv(name)
        try:
            yield run_once(start_system(state, on_schedule=False), state)
        finally:
            stop_system(state)
            forget(state)


def run_once(system: RunningSystem, state: Path) -> Night:
    """Trigger one administration, wait for its run, and gather what it left behind."""
    api = system.api

    def wait(ready: Callable[[], bool], awaited: str) -> None:
        wait_until(ready, components=system.components, timeout_s=TIMEOUT_S, awaited=awaited)

    wait(lambda: any(dag.dag_id == DAG for dag in api.our_dags()), "the reading of our DAGs")
    run_id = api.trigger(DAG)
    wait(lambda: api.run_state(DAG, run_id) in {"success", "failed"}, "the end of the run")
    told = api._call("GET", "/assets/events", params={"source_dag_id": DAG, "limit": 100})
    (report,) = administrations_of(system.databases.store_url, runs={DAG: run_id})
    credentials = json.loads((state / "credentials.json").read_text(encoding="utf-8"))
    return Night(
        run_id=run_id,
        assets={event["uri"]: event for event in told["asset_events"]},
        lineage=(state / "lineage" / "events.jsonl").read_text(encoding="utf-8"),
        report=dict(report),
        secrets=(*credentials.values(), "finance-secret", "nl-test-secret"),
    )


def test_every_asset_has_one_event_of_the_run_and_they_add_up_to_its_report(night: Night) -> None:
    kinds = ("sales", "purchase", "memorial")
    resources = ("salesinvoices", "purchaseinvoices", "memorials")
    books = [night.assets[f"{BOOKS}/1234567/{kind}"] for kind in kinds]
    source = [night.assets[f"{SOURCE}/100/{resource}"] for resource in resources]

    assert len(night.assets) == 6
    assert {event["source_task_id"] for event in source} == {"extract"}
    assert {event["source_task_id"] for event in books} == {"load"}
    assert {event["source_run_id"] for event in night.assets.values()} == {night.run_id}
    assert sum(event["extra"]["booked"] for event in books) == night.report["booked"] > 0
    assert sum(event["extra"]["parked"] for event in books) == night.report["parked"] > 0
    assert all(event["extra"]["stored"] > 0 for event in source)
    assert all(event["extra"]["digest"].startswith("v1:") for event in night.assets.values())


def test_lineage_obeys_the_schemas(night: Night) -> None:
    events = night.events()

    assert {event["job"]["name"] for event in events} == {
        DAG,
        *(f"{DAG}.{task_id}" for task_id in STEPS),
    }
    assert [fault for event in events for fault in faults(event)] == []


def test_lineage_of_load_reads_field_by_field(night: Night) -> None:
    event = night.event("load", "COMPLETE")
    sales = event["outputs"][0]
    columns = sales["facets"]["columnLineage"]

    assert event["job"]["namespace"] == "finance"
    assert event["run"]["facets"]["parent"]["job"]["name"] == DAG
    assert [(one["namespace"], one["name"]) for one in event["inputs"]] == [
        (SOURCE, "100/salesinvoices"),
        (SOURCE, "100/purchaseinvoices"),
        (SOURCE, "100/memorials"),
    ]
    assert [(one["namespace"], one["name"]) for one in event["outputs"]] == [
        (BOOKS, "1234567/sales"),
        (BOOKS, "1234567/purchase"),
        (BOOKS, "1234567/memorial"),
    ]
    assert sales["facets"]["schema"]["_schemaURL"] == f"{FACETS}/{SCHEMA}"
    assert {field["name"]: field["type"] for field in sales["facets"]["schema"]["fields"]} == SALES_FIELDS
    assert columns["_schemaURL"] == f"{FACETS}/{COLUMNS}"
    assert columns["fields"]["SalesEntryLines.VATCode"] == {
        "inputFields": [
            {
                "namespace": SOURCE,
                "name": "100/salesinvoices",
                "field": "Lines.VatCode",
                "transformations": [
                    {
                        "type": "DIRECT",
                        "subtype": "TRANSFORMATION",
                        "description": "exactonline/vat_codes.csv",
                        "masking": False,
                    }
                ],
            }
        ]
    }
    assert set(columns["fields"]) == set(SALES_FIELDS)
    statistics = sales["outputFacets"]["outputStatistics"]
    assert statistics["_schemaURL"] == f"{FACETS}/{STATISTICS}"
    assert statistics["rowCount"] == night.assets[f"{BOOKS}/1234567/sales"]["extra"]["booked"]


def test_lineage_of_extract_counts_what_was_stored(night: Night) -> None:
    event = night.event("extract", "COMPLETE")

    stored = {one["name"]: one["outputFacets"]["outputStatistics"]["rowCount"] for one in event["outputs"]}

    assert stored == {
        name: night.assets[f"{SOURCE}/{name}"]["extra"]["stored"]
        for name in ("100/salesinvoices", "100/purchaseinvoices", "100/memorials")
    }


@pytest.mark.parametrize(("task_id", "read"), [("transform", 3), ("reconcile", 6)])
def test_tasks_that_write_nothing_outside_name_what_they_read(night: Night, task_id: str, read: int) -> None:
    event = night.event(task_id, "COMPLETE")

    assert (len(event["inputs"]), event["outputs"]) == (read, [])


def test_lineage_holds_no_secret_and_no_document(night: Night) -> None:
    numbers = [reason["document"] for reason in night.report["reasons"]]

    assert numbers
    assert [kept for kept in (*night.secrets, *numbers) if kept in night.lineage] == []
