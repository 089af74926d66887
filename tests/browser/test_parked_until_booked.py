"""A bookkeeper finds a parked document, its mapping row is added, it is booked, and the books agree."""

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from finance_hooks.mapping.folder import MAPPINGS
from local.airflow_api import AirflowApi
from tests.browser.nights import nights
from tests.fixtures.connected_airflow import ConnectedAirflow
from tests.integration.chain.chain import Chain

pytestmark = pytest.mark.xdist_group("airflow")

TABLE = "twinfield/ledger_accounts.csv"
REVENUE = "80"
"""How the source's accounts of revenue begin, of which nearly every invoice has some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A bookkeeper's browser, and the nights that run meanwhile; `broken` lacks a row of the mapping."""

    page: Page
    chain: Chain
    broken: Path


@pytest.fixture
def way(
    connected: ConnectedAirflow,
    airflow: AirflowApi,
    visitor: tuple[Browser, StorageState],
    tmp_path: Path,
) -> Iterator[Way]:
    browser, remembered = visitor
    with nights(connected, "twinfield_nl") as chain:
        page = browser.new_page(base_url=airflow.base_url, storage_state=remembered, locale="nl-NL")
        yield Way(page=page, chain=chain, broken=without_row(tmp_path))
        page.close()


def without_row(folder: Path) -> Path:
    """Copy the mapping tables without the rows of revenue."""
    broken = shutil.copytree(MAPPINGS, folder / "mappings")
    with (broken / TABLE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    kept = [row for row in rows if not row[1].startswith(REVENUE)]
    assert len(kept) < len(rows)
    with (broken / TABLE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(kept)
    return broken


def test_parked_document_is_found_its_row_added_and_the_books_equal_the_source(way: Way) -> None:
    page, chain = way.page, way.chain
    chain.generate(8)
    chain.mappings = way.broken
    chain.night("first night")
    parked = chain.states()["parked"]
    assert parked > 0

    page.goto("/finance/")
    advice = page.get_by_role("listitem").filter(has_text=f"Geparkeerde documenten: {parked}.")
    advice.get_by_role("link", name="Openen").click()
    page.get_by_role("region", name="Gevonden documenten").get_by_role("rowheader").first.get_by_role(
        "link"
    ).click()
    expect(page.get_by_text("grootboekrekening niet gemapt").first).to_be_visible()
    expect(page.get_by_text("voeg een regel toe aan de mappingtabel").first).to_be_visible()
    document = page.url

    page.goto("/finance/mapping/twinfield_nl")
    expect(page.get_by_role("row").filter(has_text=re.compile(rf"\b{REVENUE}\d\d\b")).first).to_be_visible()

    # The file is mended where it lives, and the next night comes.
    chain.mappings = MAPPINGS
    assert chain.night("second night").red == ()

    page.goto(document)
    expect(page.get_by_text("geboekt", exact=True).first).to_be_visible()
    page.goto("/finance/reconciliation/twinfield_nl")
    expect(page.get_by_role("status")).to_contain_text("Verschil: €\N{NO-BREAK SPACE}0,00")
