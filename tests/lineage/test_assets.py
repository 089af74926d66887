"""One asset per administration and kind of document on either side, known to Airflow and OpenLineage."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from airflow.sdk import Asset

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.model.administration import Administration
from finance_hooks.operators.lineage import books_assets, sanitize_uri, source_assets, to_openlineage
from finance_hooks.operators.sync_dag import build_sync_dag


@pytest.fixture
def administration() -> Administration:
    found = next(row.administration for row in read_administrations() if row.sync_id == "exact_nl")
    assert found is not None
    return found


def test_each_side_has_one_asset_per_kind_of_document(administration: Administration) -> None:
    source, books = source_assets(administration), books_assets(administration)

    assert [asset.uri for asset in source.values()] == [
        "finance://qubz_default/100/salesinvoices",
        "finance://qubz_default/100/purchaseinvoices",
        "finance://qubz_default/100/memorials",
    ]
    assert [asset.uri for asset in books.values()] == [
        "finance://exactonline/1234567/sales",
        "finance://exactonline/1234567/purchase",
        "finance://exactonline/1234567/memorial",
    ]


def test_two_administrations_of_one_organisation_share_their_documents(
    administration: Administration,
) -> None:
    moved = replace(administration, sync_id="exact_new", target_administration="7")

    assert source_assets(moved) == source_assets(administration)
    assert not set(books_assets(moved).values()) & set(books_assets(administration).values())


def test_code_with_a_slash_or_a_space_stays_one_part_of_the_address(administration: Administration) -> None:
    odd = replace(administration, organisation="A/B #1")

    asset = source_assets(odd)["memorials"]

    assert asset.uri == "finance://qubz_default/A%2FB%20%231/memorials"


@pytest.mark.parametrize(
    "uri",
    [
        "finance://exactonline/1234567",
        "finance://exactonline/1234567/sales/42",
        "finance:///1234567/sales",
        "finance://exactonline//sales",
        "finance://exactonline/1234567/sales?document=42",
    ],
)
def test_address_of_another_shape_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="finance://<system>/<whose>/<kind>"):
        sanitize_uri(urlsplit(uri))


def test_airflow_refuses_such_an_address_itself() -> None:
    with pytest.raises(ValueError, match="finance://<system>/<whose>/<kind>"):
        Asset(uri="finance://exactonline/1234567/sales/42")


def test_openlineage_knows_an_asset_by_system_and_path(administration: Administration) -> None:
    dataset = to_openlineage(books_assets(administration)["salesinvoices"], None)

    assert (dataset.namespace, dataset.name) == ("finance://exactonline", "1234567/sales")


def test_airflow_finds_the_conversion_through_the_provider(administration: Administration) -> None:
    from airflow.providers.openlineage.utils.utils import (  # noqa: PLC0415 - slow, and only needed here
        translate_airflow_asset,
    )

    dataset = translate_airflow_asset(source_assets(administration)["memorials"], None)

    assert dataset is not None
    assert (dataset.namespace, dataset.name) == ("finance://qubz_default", "100/memorials")


def test_tasks_say_which_assets_they_read_and_write(administration: Administration) -> None:
    row = next(row for row in read_administrations() if row.sync_id == "exact_nl")

    dag = build_sync_dag(row)

    source, books = [*source_assets(administration).values()], [*books_assets(administration).values()]
    assert {task.task_id: (task.inlets, task.outlets) for task in dag.tasks} == {
        "extract": ([], source),
        "preflight": ([], []),
        "transform": (source, []),
        "relations": ([], []),
        "load": (source, books),
        "reconcile": ([*source, *books], []),
        "conclude": ([], []),
    }
