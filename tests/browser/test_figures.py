"""The pages with figures, after a real night: equal books, what stands behind them, and the nights."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, StorageState, expect

from finance_hooks.store.engine import store_engine
from local.airflow_api import AirflowApi
from tests.browser.nights import nights
from tests.fixtures.connected_airflow import TIMEOUT_S, ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")

SYNC_ID = "afas_nl"
COUNT = 12
PAGES = (
    "/finance/reconciliation",
    f"/finance/reconciliation/{SYNC_ID}",
    "/finance/nights",
    f"/finance/nights/{SYNC_ID}",
    f"/finance/nights/{SYNC_ID}/night",
)
SHEET = f"/finance/reconciliation/{SYNC_ID}/figures.csv"


@dataclass(frozen=True)
class Place:
    """A journal and period in which the night booked."""

    journal: str
    period: str


@pytest.fixture(scope="module")
def place(connected: ConnectedAirflow) -> Iterator[Place]:
    """Book documents in a night of one administration, into the store that the pages read."""
    with nights(connected, SYNC_ID) as chain:
        chain.generate(COUNT)
        assert chain.night().red == ()
        with chain.engine.begin() as connection:
            row = connection.execute(sa.text("SELECT fiscal_year, period, journal FROM comparison")).first()
        assert row is not None
        yield Place(journal=row.journal, period=f"{row.fiscal_year}-{row.period:02d}")


def change(connected: ConnectedAirflow, statement: str) -> None:
    """Change what the night left in the store."""
    with store_engine(connected.store_url).begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("locale", "says"),
    [
        ("nl-NL", "Bron en boeken zijn gelijk. Verschil: €\xa00,00."),
        ("en-GB", "Source and books are equal. Difference: €\xa00,00."),
    ],
)
def test_books_that_equal_the_source_are_said_to_be_equal_to_the_cent(
    place: Place,
    connected: ConnectedAirflow,
    visitor: tuple[Browser, StorageState],
    locale: str,
    says: str,
) -> None:
    browser, remembered = visitor
    page = browser.new_page(base_url=connected.base_url, storage_state=remembered, locale=locale)

    page.goto(f"/finance/reconciliation/{SYNC_ID}")

    expect(page.get_by_role("status")).to_contain_text(says)
    expect(page.get_by_role("img").first).to_be_visible()
    expect(page.get_by_role("row", name=f"{place.period} {place.journal}").first).to_contain_text("0,00")
    page.close()


def test_figures_lead_to_the_documents_behind_them(place: Place, page: Page) -> None:
    page.goto("/finance/reconciliation")
    page.get_by_role("row", name=SYNC_ID).get_by_role("link").first.click()
    page.get_by_role("row", name=f"{place.period} {place.journal}").get_by_role("link").first.click()

    documents = page.get_by_role("region", name="Documents")
    expect(documents.get_by_text("booked", exact=True).first).to_be_visible()
    expect(documents.get_by_role("row")).not_to_have_count(1)


def test_sheet_is_downloaded_as_a_dutch_spreadsheet_opens_it(place: Place, page: Page) -> None:
    page.goto(f"/finance/reconciliation/{SYNC_ID}")

    with page.expect_download() as downloading:
        page.get_by_role("link", name="Figures as CSV").click()

    written = downloading.value.path().read_bytes()
    head, first, *_ = written.decode("utf-8-sig").split("\r\n")
    assert written.startswith(b"\xef\xbb\xbf")
    assert head.split(";")[:4] == ["Link", "Fiscal year", "Period", "Journal"]
    assert first.split(";")[9] == "0,00"
    assert place.period.startswith(first.split(";")[1])


def test_period_that_was_not_compared_does_not_look_equal(
    place: Place, connected: ConnectedAirflow, page: Page
) -> None:
    change(connected, "CREATE TABLE kept AS SELECT * FROM comparison")
    change(connected, "DELETE FROM comparison")

    page.goto(f"/finance/reconciliation/{SYNC_ID}")

    row = page.get_by_role("row", name=f"{place.period} {place.journal}").first
    expect(row).to_contain_text("Not compared")
    expect(row).not_to_contain_text("0,00")
    expect(page.get_by_role("status")).to_contain_text("Nothing was compared yet.")
    change(connected, "INSERT INTO comparison SELECT * FROM kept")
    change(connected, "DROP TABLE kept")


def test_difference_on_the_first_page_leads_to_the_reconciliation(
    place: Place, connected: ConnectedAirflow, page: Page
) -> None:
    assert place
    change(connected, 'UPDATE run SET report = report || \'{"difference": "0.01"}\'')
    change(connected, "UPDATE comparison SET books_gross = books_gross - 0.01, agrees = false")

    page.goto("/finance/")
    page.locator(f"a[href$='/reconciliation/{SYNC_ID}']").click()

    expect(page).to_have_url(f"{connected.base_url}/finance/reconciliation/{SYNC_ID}")
    expect(page.get_by_role("status")).to_contain_text("Difference")
    change(connected, 'UPDATE run SET report = report || \'{"difference": "0.00"}\'')
    change(connected, "UPDATE comparison SET books_gross = books_gross + 0.01, agrees = true")


def test_night_is_shown_with_what_it_booked_and_what_the_limits_leave(place: Place, page: Page) -> None:
    assert place
    page.goto("/finance/nights")

    last = page.get_by_role("region", name="Last run of each link")
    expect(last.get_by_role("row", name=SYNC_ID)).to_contain_text(str(COUNT))
    limits = page.get_by_role("region", name="Use of the package's limits")
    expect(limits.get_by_role("row", name="exact_nl Exact Online 1234567 today")).to_contain_text("of 5.000")
    expect(limits.get_by_role("row", name=SYNC_ID)).to_contain_text("This package states no limit.")


def test_run_that_airflow_knows_leads_to_airflow_s_own_page(
    place: Place, connected: ConnectedAirflow, page: Page
) -> None:
    assert place
    runs = f"{connected.base_url}/api/v2/dags/sync_{SYNC_ID}/dagRuns"
    bearer = {"Authorization": f"Bearer {connected.token}"}
    with requests.Session() as session:
        session.headers.update(bearer)
        asked = {"logical_date": None, "dag_run_id": "asked_for"}
        assert session.post(runs, json=asked, timeout=TIMEOUT_S).ok

        page.goto("/finance/nights")
        page.get_by_role("region", name="Last run of each link").get_by_role("row", name=SYNC_ID).get_by_role(
            "link", name="Running"
        ).click()
        expect(page.get_by_text("asked_for")).to_be_visible()
        page.get_by_role("link", name="Open", exact=True).click()

        page.wait_for_url(f"**/dags/sync_{SYNC_ID}/runs/asked_for*")
        session.delete(f"{runs}/asked_for", timeout=TIMEOUT_S)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_for_what_its_own_policy_refuses(place: Place, page: Page, path: str) -> None:
    assert place
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    answer = page.goto(path)

    assert answer
    assert answer.status == 200
    assert said == []
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("path", [*PAGES, SHEET])
def test_nobody_anonymous_sees_a_figure(place: Place, airflow: AirflowApi, path: str) -> None:
    assert place
    with requests.Session() as session:
        answer = session.get(f"{airflow.base_url}{path}", allow_redirects=False, timeout=TIMEOUT_S)

    assert answer.status_code == 401
    assert SYNC_ID not in answer.text.replace(path, "").replace(path.replace("/", "%2F"), "")
