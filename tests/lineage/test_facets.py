"""What OpenLineage is told of a night: fields, where each comes from, how much was written."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from airflow.sdk.definitions.context import Context
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
from openlineage.client.serde import Serde

from finance_hooks.operators.extract import ExtractDocumentsOperator
from finance_hooks.operators.lineage_events import tell_moved, tell_stored
from finance_hooks.operators.load import LoadEntriesOperator
from tests.integration.chain.chain import SOURCE_ID, Chain
from tests.lineage.specification import faults

COUNT = 12
Event = dict[str, Any]


def event_of(operator: ExtractDocumentsOperator | LoadEntriesOperator) -> Event:
    """Write the event that Airflow would send when the task is done."""
    lineage = operator.get_openlineage_facets_on_complete(None)
    assert lineage is not None
    event = RunEvent(
        eventTime=datetime(2026, 11, 6, 3, tzinfo=UTC).isoformat(),
        producer="https://example.org/finance",
        eventType=RunState.COMPLETE,
        run=Run(runId=str(UUID(int=1))),
        job=Job(namespace="finance", name=f"sync_exact_nl.{operator.task_id}"),
        inputs=lineage.inputs,
        outputs=lineage.outputs,
    )
    written: Event = json.loads(Serde.to_json(event))
    return written


@pytest.fixture(scope="module")
def night(module_store_url: str) -> Iterator[Chain]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(module_store_url, "exact_nl", monkeypatch)
        chain.generate(COUNT)
        chain.night("first")
        yield chain
        chain.close()


@pytest.fixture
def load_event(night: Chain, context: Context) -> Event:
    operator = LoadEntriesOperator(task_id="load", sync_id="exact_nl")
    operator.told = tell_moved(context, night.work("first"))
    return event_of(operator)


@pytest.fixture
def extract_event(night: Chain, context: Context) -> Event:
    operator = ExtractDocumentsOperator(task_id="extract", sync_id="exact_nl")
    operator.told = tell_stored(context, night.work("first"), SOURCE_ID)
    return event_of(operator)


def behind(event: Event, kind: int, field: str) -> dict[str, list[tuple[str, str | None]]]:
    """Return the source's fields behind a field, each with how it gets there."""
    inputs = event["outputs"][kind]["facets"]["columnLineage"]["fields"][field]["inputFields"]
    return {
        one["field"]: [(by["subtype"], by.get("description")) for by in one["transformations"]]
        for one in inputs
    }


def test_events_obey_the_schemas(load_event: Event, extract_event: Event) -> None:
    assert faults(load_event) == []
    assert faults(extract_event) == []


def test_schemas_refuse_what_is_wrong(load_event: Event) -> None:
    sales = load_event["outputs"][0]
    sales["outputFacets"]["outputStatistics"]["rowCount"] = "all"
    del sales["facets"]["columnLineage"]["fields"]["Journal"]["inputFields"][0]["field"]
    del sales["facets"]["schema"]["fields"][0]["name"]
    load_event["run"]["runId"] = "night"

    found = faults(load_event)

    assert len(found) == 4


def test_ledger_account_comes_through_the_mapping_tables(load_event: Event) -> None:
    through = ("TRANSFORMATION", "qubz/article_accounts.csv; exactonline/ledger_accounts.csv")

    assert behind(load_event, 0, "SalesEntryLines.GLAccount") == {
        "Lines.LedgerAccount": [("TRANSFORMATION", "exactonline/ledger_accounts.csv")],
        "Lines.ArticleCode": [through],
        "Lines.ActivityCode": [through],
    }


def test_currency_is_copied(load_event: Event) -> None:
    assert behind(load_event, 0, "Currency") == {"Currency": [("IDENTITY", None)]}


def test_memorial_takes_its_amount_from_debit_and_credit(load_event: Event) -> None:
    by = [("TRANSFORMATION", "debit minus credit")]

    assert behind(load_event, 2, "GeneralJournalEntryLines.AmountFC") == {
        "Lines.Debit": by,
        "Lines.Credit": by,
    }


# A memorial's lines have no VAT of their own: that amount is always 0.00.
CONSTANT = {"GeneralJournalEntryLines.AmountVATFC"}


@pytest.mark.parametrize("kind", range(3))
def test_every_field_that_is_booked_has_fields_of_the_source_behind_it(load_event: Event, kind: int) -> None:
    output, read = load_event["outputs"][kind], load_event["inputs"][kind]
    listed = {field["name"] for field in read["facets"]["schema"]["fields"]}
    lineage = output["facets"]["columnLineage"]["fields"]

    assert set(lineage) == {field["name"] for field in output["facets"]["schema"]["fields"]}
    assert {name for name, one in lineage.items() if not one["inputFields"]} <= CONSTANT
    for field in (field for one in lineage.values() for field in one["inputFields"]):
        assert field["field"] in listed
        assert (field["namespace"], field["name"]) == (read["namespace"], read["name"])


@pytest.mark.parametrize("step", ["load_event", "extract_event"])
def test_statistics_count_what_was_written(step: str, request: pytest.FixtureRequest) -> None:
    event: Event = request.getfixturevalue(step)

    written = [one["outputFacets"]["outputStatistics"]["rowCount"] for one in event["outputs"]]

    assert sum(written) == COUNT


def test_events_hold_nothing_of_what_documents_say(night: Chain, load_event: Event) -> None:
    text = json.dumps(load_event)

    with night.engine.begin() as connection:
        entries = connection.execute(sa.text("SELECT entry FROM posting")).scalars().all()
    assert len(entries) == COUNT
    for entry in entries:
        said = [entry["number"], entry["reference"], entry["description"], entry["gross"]]
        said += [line["description"] for line in entry["lines"]]
        assert [words for words in said if words in text] == []


def test_task_that_failed_before_it_knew_leaves_its_assets_to_airflow() -> None:
    operator = LoadEntriesOperator(task_id="load", sync_id="exact_nl")

    assert operator.get_openlineage_facets_on_complete(None) is None
