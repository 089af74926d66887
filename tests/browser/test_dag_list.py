import pytest
from playwright.sync_api import Page, expect

from local.airflow_api import AirflowApi

pytestmark = pytest.mark.xdist_group("airflow")


def test_bookkeeper_logs_in_and_sees_a_dag_for_each_administration(page: Page, airflow: AirflowApi) -> None:
    page.goto("/dags")

    for dag in airflow.our_dags():
        expect(page.get_by_role("link", name=dag.dag_id, exact=True).first).to_be_visible()


def test_stranger_sees_no_dag(airflow: AirflowApi, page: Page) -> None:
    page.context.clear_cookies()

    page.goto("/dags")

    expect(page.locator("input[name=password]")).to_be_visible()
    assert airflow.base_url in page.url
