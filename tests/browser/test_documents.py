"""Page Documenten as a bookkeeper uses it: find a document, see why it is parked, decide about it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, StorageState, expect

from finance_hooks.store.postings import posting
from local.airflow_api import AirflowApi
from tests.fixtures.connected_airflow import ConnectedAirflow
from tests.integration.chain.offering import Offer, offering

pytestmark = pytest.mark.xdist_group("airflow")

PARKED, BOOKABLE = "2026100208", "2026100123"
WHY = "Reason (kept under your name)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the source offered, prepared in the store that the pages read."""

    connected: ConnectedAirflow
    offer: Offer

    def reference(self, number: str) -> str:
        chosen = sa.text(
            "SELECT p.reference FROM posting p JOIN document d USING (document_id) WHERE d.number = :number"
        )
        with self.offer.engine.begin() as connection:
            return str(connection.execute(chosen, {"number": number}).scalar_one())

    def refuse(self, number: str) -> None:
        """Note that the package refused a document today."""
        mine = posting.c.reference == self.reference(number)
        with self.offer.engine.begin() as connection:
            refused = {"refused_on": sa.func.current_date(), "refused_digest": "d"}
            connection.execute(sa.update(posting).where(mine).values(refused))


@pytest.fixture(scope="module")
def desk(connected: ConnectedAirflow) -> Iterator[Desk]:
    with (
        pytest.MonkeyPatch.context() as monkeypatch,
        offering(connected.store_url, monkeypatch) as offer,
    ):
        offer.night()
        yield Desk(connected=connected, offer=offer)
        with offer.engine.begin() as connection:
            tables = "document, posting, event, finding, watermark, run, party_name"
            connection.execute(sa.text(f"TRUNCATE {tables} CASCADE"))
        offer.engine.dispose()


@pytest.fixture
def dutch(airflow: AirflowApi, desk: Desk, visitor: tuple[Browser, StorageState]) -> Iterator[Page]:
    browser, remembered = visitor
    opened = browser.new_page(base_url=airflow.base_url, storage_state=remembered, locale="nl-NL")
    yield opened
    opened.close()
    assert desk.connected.connections


def search(page: Page, **boxes: str) -> None:
    """Fill in the form and send it."""
    page.goto("/finance/documents")
    for label, value in boxes.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.get_by_role("button", name="Search").click()


def found(page: Page) -> list[str]:
    """Return the numbers of the documents in the list."""
    return page.get_by_role("region", name="Documents found").get_by_role("rowheader").all_inner_texts()


@pytest.mark.parametrize(
    "boxes",
    [
        {"Document_number": PARKED},
        {"Party": "de proef", "Amount": "418,62"},
        {"Amount": "418.62"},
        {"Amount": "418,62", "Amount_to": "418,62", "Dated_from": "2026-10-31"},
    ],
)
def test_document_is_found_by_number_relation_amount_and_date(
    desk: Desk, page: Page, boxes: dict[str, str]
) -> None:
    assert desk.reference(PARKED)

    search(page, **boxes)

    assert found(page) == [PARKED]


def test_what_cannot_be_understood_is_said_and_what_is_not_there_too(desk: Desk, page: Page) -> None:
    assert desk.reference(PARKED)

    search(page, Document_number="4711", Amount="veel")

    expect(page.get_by_role("alert")).to_contain_text("An amount could not be read")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_reason_and_remedy_of_a_parked_document_are_said_in_dutch(desk: Desk, dutch: Page) -> None:
    dutch.goto("/finance/")
    assert desk.reference(PARKED)

    parked = dutch.get_by_role("listitem").filter(has_text="Geparkeerde documenten").first
    parked.get_by_role("link", name="Openen").click()
    dutch.get_by_role("link", name=PARKED).click()

    expect(dutch.get_by_role("heading", level=1)).to_have_text(f"Verkoopfactuur {PARKED}")
    reasons = dutch.get_by_role("region", name="Waarom het geparkeerd is")
    expect(reasons).to_contain_text("Btw-bedrag volgt niet uit grondslag en tarief")
    expect(reasons).to_contain_text("Corrigeer het document in 21QUBZ")
    expect(dutch.get_by_role("cell", name="Lediging rolcontainer 1100 l restafval")).to_be_visible()


def test_lines_of_a_booking_lead_to_their_source_and_the_rows_that_chose_their_codes(
    desk: Desk, page: Page
) -> None:
    page.goto(f"/finance/documents/exact_nl/{desk.reference(BOOKABLE)}")

    lines = page.get_by_role("region", name="The booking, line by line").last
    expect(lines.get_by_role("row").nth(1)).to_contain_text("exactonline/ledger_accounts.csv")
    expect(lines.get_by_role("row").nth(1)).to_contain_text("source_account 8000")
    expect(page.get_by_text("This document was never sent to the package.")).to_be_visible()
    assert "undefined" not in page.content()


def test_document_is_held_released_and_offered_again_each_with_a_reason(desk: Desk, page: Page) -> None:
    desk.refuse(BOOKABLE)
    address = f"/finance/documents/exact_nl/{desk.reference(BOOKABLE)}"
    page.goto(address)

    retry = page.locator("form[action$=retry]")
    retry.get_by_label(WHY).fill("hersteld in het pakket")
    retry.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("status")).to_contain_text("It is offered again.")
    page.get_by_label(WHY).fill("klant belt morgen")
    page.get_by_role("button", name="Hold").click()
    expect(page.get_by_role("status")).to_contain_text("Held. No run sends it.")
    expect(page.get_by_text("Held by admin on")).to_contain_text("klant belt morgen")
    page.get_by_label(WHY).fill("beantwoord")
    page.get_by_role("button", name="Release").click()

    expect(page.get_by_role("status")).to_contain_text("Released.")
    happened = page.get_by_role("region", name="All that happened")
    for said in ("hersteld in het pakket", "klant belt morgen", "beantwoord"):
        expect(happened.get_by_role("row", name=said)).to_contain_text("admin")


def test_act_without_a_reason_or_where_it_cannot_be_done_is_refused_with_a_page_that_says_why(
    desk: Desk, page: Page
) -> None:
    address = f"/finance/documents/exact_nl/{desk.reference(PARKED)}"
    english = {"Accept-Language": "en"}

    unsaid, refused, unknown = (
        page.request.post(f"{desk.connected.base_url}{address}/{act}", form={"why": why}, headers=english)
        for act, why in (("hold", "  "), ("release", "x"), ("delete", "x"))
    )

    assert (unsaid.status, refused.status, unknown.status) == (422, 409, 404)
    assert "Without a reason nothing is done." in unsaid.text()
    assert "Nobody holds this document. The document is now: parked." in refused.text()
    assert page.goto(address) is not None
    expect(page.get_by_text("Held by")).to_have_count(0)


def test_all_documents_of_one_reason_are_held_and_released_at_once(desk: Desk, page: Page) -> None:
    page.goto("/finance/documents?sync_id=exact_nl")
    page.get_by_role("region", name="Parked, by reason").get_by_role("link", name="Totals disagree").click()

    page.get_by_label(WHY).fill("navraag bij de bron")
    page.get_by_role("button", name="Hold").click()

    expect(page.get_by_role("status").first).to_contain_text("Done: Hold. Number of documents: 1.")
    page.get_by_role("button", name="Release").click()
    assert page.get_by_label(WHY).evaluate("box => box.validity.valueMissing")
    page.get_by_label(WHY).fill("beantwoord")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_role("status").first).to_contain_text("Done: Release. Number of documents: 1.")
    assert desk.connected.connections


def test_nobody_anonymous_sees_or_decides_anything(desk: Desk) -> None:
    address = f"{desk.connected.base_url}/finance/documents"
    with requests.Session() as session:
        answers = [
            session.get(address, timeout=30),
            session.get(f"{address}/exact_nl/{desk.reference(PARKED)}", timeout=30),
            session.post(f"{address}/exact_nl/{desk.reference(PARKED)}/hold", data={"why": "x"}, timeout=30),
            session.post(address, data={"sync_id": "exact_nl", "why": "x"}, timeout=30),
        ]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert not any(PARKED in answer.text for answer in answers)


def test_what_is_not_there_is_said_to_be_not_there(desk: Desk, page: Page) -> None:
    base = f"{desk.connected.base_url}/finance/documents"
    reference = desk.reference(PARKED)

    paths = (
        f"/exact_nl/{'Q' * 11}",
        f"/nowhere/{reference}",
        f"/exact_be/{reference}",
        "?sync_id=nowhere",
    )

    assert [page.request.get(f"{base}{path}").status for path in paths] == [404] * 4
