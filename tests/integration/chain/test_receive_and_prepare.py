"""What the source offers becomes postings: pending with an entry, or parked with every reason."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from emulators.qubz.demo import manifest
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.fields import FOLDER
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.watermarks import read_watermark
from tests.integration.chain.offering import NOW, TODAY, Offer

CODES = {
    "V15": "vat_id_missing",
    "C1": "vat_category",
    "C3": "outside_scope_mixed",
    "C4": "original_missing",
    "C5": "unit_unknown",
    "R5": "vat_disagrees",
    "R6": "totals_disagree",
    "B4": "self_billing_agreement_missing",
    "not_final": "not_final",
    "unknown_member": "unknown_member",
    "unmapped_vat_code": "vat_code_unmapped",
    "missing_exchange_rate": "exchange_rate_missing",
    "unreadable": "field_unreadable",
}
"""The rules by which the samples are bad, and the reason each must be parked for."""
ONE = "(SELECT min(posting_id) FROM posting WHERE state = 'pending')"


def versions(offer: Offer) -> dict[str, str]:
    """Return which transaction wrote each posting last, by its key."""
    with offer.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT posting_key, xmin::text AS version FROM posting"))
        return {row.posting_key: row.version for row in rows}


@pytest.mark.parametrize(("sync_id", "organisation"), [("exact_nl", "100"), ("exact_be", "200")])
def test_every_sample_is_pending_or_parked_as_its_manifest_says(
    offer: Offer, sync_id: str, organisation: str
) -> None:
    wanted = {
        sample["number"] or str(sample["id"]): {"booked": "pending", "parked": "parked"}[sample["outcome"]]
        for sample in manifest(TODAY)
        if sample["organisation"] == organisation and sample["outcome"] in {"booked", "parked"}
    }

    offer.night(sync_id)

    postings = offer.postings()
    assert {number: state for number, (state, _) in postings.items()} == wanted
    for sample in manifest(TODAY):
        if sample["organisation"] == organisation and sample["outcome"] == "parked":
            assert {CODES[rule] for rule in sample["rules"]} <= set(postings[sample["number"]][1])


def test_second_night_stores_nothing_new(offer: Offer) -> None:
    offer.night()

    again = offer.night(run_id="second")

    assert (again["stored"], again["vanished"]) == (0, 0)


def test_second_night_writes_to_no_posting_that_stands_as_it_is_mapped(offer: Offer) -> None:
    first = offer.night()
    written = versions(offer)

    again = offer.night(run_id="second")

    assert versions(offer) == written
    assert {state: again[state] for state in ("pending", "parked")} == {
        state: first[state] for state in ("pending", "parked")
    }


@pytest.mark.parametrize("changed", ["entry_digest = 'v1:of another entry'", "warnings = '[\"another\"]'"])
def test_second_night_writes_to_the_posting_that_stands_otherwise(offer: Offer, changed: str) -> None:
    offer.night()
    with offer.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE posting SET {changed} WHERE posting_id = {ONE}"))  # noqa: S608
    before = versions(offer)

    offer.night(run_id="second")

    after = versions(offer)
    assert len({key for key, version in after.items() if version != before[key]}) == 1


def test_watermark_is_the_newest_change_that_was_seen(offer: Offer) -> None:
    offer.night()

    with offer.engine.begin() as connection:
        watermark = read_watermark(connection, "exact_nl")
    assert watermark is not None
    assert NOW - timedelta(days=10) < watermark <= NOW


def test_dates_alone_move_no_watermark(offer: Offer) -> None:
    offer.night(moves_watermark=False)

    with offer.engine.begin() as connection:
        assert read_watermark(connection, "exact_nl") is None


def test_number_under_another_id_is_parked_and_names_its_holder(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")

    offer.load("salesinvoices", row | {"Id": 999_999})
    offer.night(run_id="second")

    with offer.engine.begin() as connection:
        states = connection.execute(
            sa.text(
                "SELECT d.source_document_id AS id, p.state, p.reasons FROM posting p"
                " JOIN document d USING (document_id) WHERE d.number = '2026100123'"
            )
        ).all()
    by_id = {found.id: (found.state, [reason["code"] for reason in found.reasons]) for found in states}
    assert by_id[str(row["Id"])][0] == "pending"
    assert by_id["999999"] == ("parked", ["number_reused"])


def test_document_whose_type_becomes_known_is_booked_once_under_its_own_key(
    offer: Offer, tmp_path: Path
) -> None:
    offer.night()
    for file in ("fields.csv", "enums.csv"):
        (tmp_path / file).write_text((FOLDER / file).read_text(encoding="utf-8"), encoding="utf-8")
    row = offer.row("salesinvoices", "2026100206")
    with (tmp_path / "enums.csv").open("a", encoding="utf-8") as enums:
        enums.write(f"DocumentType,{row['DocumentType']},sales_invoice\n")

    offer.source = QubzHook(transport=offer.transport, folder=tmp_path)
    offer.night(run_id="second", dated_from=TODAY, moves_watermark=False)

    with offer.engine.begin() as connection:
        found = connection.execute(
            sa.text(
                "SELECT d.document_type, p.state FROM posting p JOIN document d USING (document_id)"
                " WHERE d.number = '2026100206' ORDER BY p.state DESC"
            )
        ).all()
    assert [tuple(one) for one in found] == [("sales_invoice", "pending"), ("salesinvoices", "parked")]


def test_link_that_disagrees_with_the_source_refuses_the_administration(offer: Offer) -> None:
    organisation = offer.row("organisations", "100")
    link = organisation["FinanceLink"] | {"AdministrationCode": "7777777"}
    offer.emulator.load({"organisations": [organisation | {"FinanceLink": link}]})

    with pytest.raises(ConfigurationError, match="7777777"):
        offer.night()

    assert offer.postings() == {}
