"""Files that wait to be imported, and what people say became of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.nights import nights
from tests.fixtures.connected_airflow import ConnectedAirflow
from tests.integration.chain.files import Files, into_folder

pytestmark = pytest.mark.xdist_group("airflow")

SYNC_ID = "twinfield_nl"
COUNT = 3
PAGE = f"/finance/links/{SYNC_ID}/files"


@pytest.fixture
def files(connected: ConnectedAirflow, tmp_path: Path) -> Iterator[Files]:
    with nights(connected, SYNC_ID) as chain:
        files = into_folder(chain, tmp_path / "export")
        chain.generate(COUNT, seed=3)
        chain.night("night")
        yield files


def decide(page: Page, file: str, button: str) -> None:
    section = page.get_by_role("region", name=file)
    section.get_by_label("Reason").fill("seen on Monday")
    section.get_by_role("button", name=button).click()


def test_file_that_was_imported_leaves_the_list_and_its_documents_are_booked(
    files: Files, page: Page
) -> None:
    names = [path.name for path in files.written()]
    page.goto(PAGE)
    for name in names:
        expect(page.get_by_role("region", name=name)).to_contain_text("Not yet seen in the books")
        decide(page, name, "The file was imported")
        expect(page.get_by_role("status")).to_contain_text("The document counts as booked.")

    expect(page.get_by_text("No file waits.")).to_be_visible()
    assert files.chain.states() == {"booked": COUNT}


def test_file_that_is_gone_is_delivered_anew(files: Files, page: Page) -> None:
    (*_others, last) = files.written()
    last.unlink()
    page.goto(PAGE)

    decide(page, last.name, "The file was not imported and is gone")
    expect(page.get_by_role("status")).to_contain_text("The next run delivers the document anew.")
    files.chain.night("next")

    assert files.chain.states() == {"delivered": COUNT}
    assert last.name not in {path.name for path in files.written()}


def test_document_says_in_which_file_it_went_and_takes_a_decision(files: Files, page: Page) -> None:
    page.goto(f"/finance/documents?sync_id={SYNC_ID}&state=delivered")
    page.get_by_role("region", name="Documents found").get_by_role("rowheader").first.get_by_role(
        "link"
    ).click()

    expect(page.get_by_text("Delivered in a file").first).to_be_visible()
    names = [path.name for path in files.written()]
    assert any(page.get_by_text(name).count() for name in names)
    expect(page.get_by_role("button", name="The file was imported")).to_be_visible()
