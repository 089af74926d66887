"""A bookkeeper sees what a missing code holds up, fills in its row, and sees what the file would change."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import requests
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, StorageState, expect

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault
from finance_hooks.store.documents import document
from finance_hooks.store.engine import store_engine
from finance_hooks.store.events import Stamp
from finance_hooks.store.postings import posting
from finance_hooks.store.preflights import Checked, preflight, write_preflight
from local.airflow_api import AirflowApi
from tests.fixtures.connected_airflow import ConnectedAirflow
from tests.store.mapped import CAME, Shelf, reason

pytestmark = pytest.mark.xdist_group("airflow")

CODE = "9999"
UNMAPPED = reason(ReasonCode.LEDGER_ACCOUNT_UNMAPPED, "ledger_account", CODE)
CLOSED = reason(ReasonCode.PERIOD_CLOSED, "period", "2026-10")
FAULT = PreflightFault(
    code=FaultCode.CODE_BLOCKED,
    administration="exact_be",
    file="exactonline/ledger_accounts.csv",
    line=30,
    column="target_account",
    value="700100",
    content="gone since",
)
WORDS = {
    "nl-NL": {
        "since": "Deze regel is sindsdien gewijzigd.",
        "fault": "deze code is geblokkeerd in het pakket",
        "download": "Grootboekrekeningen downloaden (1)",
        "file": "Bestand",
        "table": "Tabel",
        "compare": "Vergelijken",
        "fine": "De nachtelijke controle vindt geen fouten in dit bestand.",
        "added": "erbij",
        "freed": "Geparkeerde documenten die dan op geen enkele regel meer wachten: 1, samen € 1.210,00.",
        "partly": "Documenten die dan nog op iets anders wachten: 1.",
        "paste": "Of plak de tekst hier",
        "no_date": "exact_be: valid_from 'x' is geen datum zoals 2026-12-31; verbeter de regel.",
    },
    "en-GB": {
        "since": "This row was changed since.",
        "fault": "this code is blocked in the package",
        "download": "Download Ledger accounts (1)",
        "file": "File",
        "table": "Table",
        "compare": "Compare",
        "fine": "The check of the nightly run finds no faults in this file.",
        "added": "added",
        "freed": "Parked documents that then wait for no row any more: 1, € 1.210,00 in all.",
        "partly": "Documents that then still wait for something else: 1.",
        "paste": "Or paste the text here",
        "no_date": "exact_be: valid_from 'x' is no date like 2026-12-31; correct the row.",
    },
}


@pytest.fixture
def parked(connected: ConnectedAirflow) -> Iterator[Shelf]:
    """Two documents of exact_be that wait for one account, one of them for something else too."""
    engine = store_engine(connected.store_url)
    shelf = Shelf(engine)
    shelf.park(UNMAPPED, sync_id="exact_be", organisation="200", gross=Decimal("1210.00"))
    shelf.park(UNMAPPED, CLOSED, sync_id="exact_be", organisation="200", gross=Decimal("-121.00"))
    with engine.begin() as connection:
        write_preflight(connection, "exact_be", Checked(faults=(FAULT,)), Stamp(run_id="night", at=CAME))
    yield shelf
    with engine.begin() as connection:
        for table in (posting, document, preflight):
            connection.execute(sa.delete(table))
    engine.dispose()


@pytest.fixture(params=sorted(WORDS))
def reader(
    request: pytest.FixtureRequest,
    airflow: AirflowApi,
    parked: Shelf,
    visitor: tuple[Browser, StorageState],
) -> Iterator[tuple[Page, dict[str, str]]]:
    """A browser in one of the languages, and the words it should show."""
    assert parked.count == 2
    browser, remembered = visitor
    page = browser.new_page(base_url=airflow.base_url, storage_state=remembered, locale=request.param)
    yield page, WORDS[request.param]
    page.close()


def test_missing_code_is_filled_in_and_the_file_shows_what_it_would_change(
    reader: tuple[Page, dict[str, str]], tmp_path: Path
) -> None:
    page, words = reader
    page.goto("/finance/")
    page.get_by_role("link", name="Mapping").click()
    expect(page.get_by_role("row", name="exact_be")).to_contain_text("€ 1.331,00")
    page.get_by_role("row", name="exact_be").get_by_role("link").click()

    missing = page.get_by_role("row", name=CODE)
    expect(missing).to_contain_text("€ 1.331,00")
    expect(missing.get_by_role("link")).to_have_attribute(
        "href", "/finance/documents?sync_id=exact_be&reason=ledger_account_unmapped"
    )
    rejected = page.get_by_role("row", name="target_account = 700100")
    expect(rejected).to_contain_text(words["fault"])
    expect(rejected).to_contain_text(words["since"])
    with page.expect_download() as awaited:
        page.get_by_role("link", name=words["download"]).click()
    assert awaited.value.suggested_filename == "missing_ledger_accounts.csv"
    file = tmp_path / "filled.csv"
    awaited.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[1:] == [f"exact_be,{CODE},,,,"]
    file.write_text(text.replace(",,,,", ",,,700000,"), encoding="utf-8")
    page.get_by_label(words["table"], exact=True).select_option("ledger_accounts.csv")
    page.get_by_label(words["file"], exact=True).set_input_files(file)
    page.get_by_role("button", name=words["compare"]).click()

    expect(page.get_by_text(words["fine"])).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=words["freed"])).to_be_visible()
    expect(page.get_by_text(words["partly"])).to_be_visible()
    expect(page.get_by_role("row", name=CODE)).to_contain_text(words["added"])
    expect(page.get_by_role("row", name=CODE)).to_contain_text("700000")


def test_pasted_text_that_is_wrong_is_refused_with_file_and_line(reader: tuple[Page, dict[str, str]]) -> None:
    page, words = reader
    page.goto("/finance/mapping/exact_be")
    page.get_by_label(words["table"], exact=True).select_option("ledger_accounts.csv")
    header = "administration,source_account,valid_from,valid_until,target_account,note"
    page.get_by_label(words["paste"]).fill(f"{header}\nexact_be,<script>alert(1)</script>,x,,1,\n")

    page.get_by_role("button", name=words["compare"]).click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(words["no_date"])
    expect(page.get_by_role("row", name="<script>alert(1)</script>")).to_be_visible()


@pytest.mark.parametrize(
    ("headers", "size", "status"),
    [({}, 10, 400), ({}, 3_000_000, 413), ({"Origin": "https://elsewhere.example"}, 10, 403)],
)
def test_upload_is_bounded_and_refused_from_other_sites(
    connected: ConnectedAirflow, headers: dict[str, str], size: int, status: int
) -> None:
    with requests.Session() as session:
        answer = session.post(
            f"{connected.base_url}/finance/mapping/exact_be/change",
            headers=headers | {"Authorization": f"Bearer {connected.token}"},
            files={"file": ("x.csv", b"x" * size)},
            timeout=60,
        )

    assert answer.status_code == status
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/finance/mapping"),
        ("GET", "/finance/mapping/exact_be"),
        ("GET", "/finance/mapping/exact_be/missing/ledger_accounts.csv"),
        ("POST", "/finance/mapping/exact_be/change"),
    ],
)
def test_nobody_anonymous_sees_or_sends_anything(airflow: AirflowApi, method: str, path: str) -> None:
    with requests.Session() as session:
        answer = session.request(method, f"{airflow.base_url}{path}", timeout=30)

    assert answer.status_code == 401
    assert "source_account" not in answer.text
