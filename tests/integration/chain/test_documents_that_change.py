"""A document that changes, moves or goes away between two nights is followed by what became of it."""

import sqlalchemy as sa

from tests.integration.chain.offering import Offer


def test_document_mended_in_the_source_is_pending_the_next_night(offer: Offer) -> None:
    offer.night()
    number = next(number for number, (_, codes) in offer.postings().items() if "totals_disagree" in codes)
    row = offer.row("salesinvoices", number)

    offer.load("salesinvoices", row | {"TotalGross": row["TotalNet"] + row["TotalVat"]})
    offer.night(run_id="second")

    assert offer.postings()[number][0] == "pending"


def test_document_cancelled_before_it_was_booked_is_parked_as_withdrawn(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")

    offer.load("salesinvoices", row | {"Status": "Cancelled"})
    offer.night(run_id="second")

    state, reasons = offer.postings()["2026100123"]
    assert (state, "withdrawn" in reasons) == ("parked", True)


def test_reason_that_is_gone_is_no_news_about_those_that_stay(offer: Offer) -> None:
    offer.night()
    number = next(number for number, (_, codes) in offer.postings().items() if "totals_disagree" in codes)
    row, before = offer.row("salesinvoices", number), offer.postings()[number]

    offer.load("salesinvoices", row | {"Status": "Cancelled"})
    offer.night(run_id="second")
    offer.load("salesinvoices", row)
    offer.night(run_id="third")

    assert offer.postings()[number] == before
    assert since(offer, number) == "second"


def since(offer: Offer, number: str) -> str:
    chosen = sa.text(
        "SELECT p.reasons_since_run FROM posting p JOIN document d USING (document_id)"
        " WHERE d.number = :number"
    )
    with offer.engine.begin() as connection:
        return str(connection.execute(chosen, {"number": number}).scalar_one())


def test_key_that_no_longer_comes_from_the_window_has_vanished_and_is_named(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")
    offer.emulator.load({"delete": {"salesinvoices": [row["Id"]]}})

    counts = offer.night(run_id="second")

    assert counts["vanished"] == 1
    assert offer.postings()["2026100123"] == ("parked", ["withdrawn"])


def test_higher_export_sequence_waits_until_the_earlier_booking_has_gone(offer: Offer) -> None:
    offer.night()
    with offer.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET state = 'booked', target_entry_id = 'x', target_entry_number = '26700001'"
                " WHERE document_id = (SELECT document_id FROM document WHERE number = '2026100123')"
            )
        )

    offer.load("salesinvoices", offer.row("salesinvoices", "2026100123") | {"ExportSequence": 2})
    offer.night(run_id="second")

    with offer.engine.begin() as connection:
        found = connection.execute(
            sa.text(
                "SELECT p.state, p.reasons FROM posting p JOIN document d USING (document_id)"
                " WHERE d.number = '2026100123' AND d.export_sequence = 2"
            )
        ).one()
    assert (found.state, [(one["code"], one["detail"]) for one in found.reasons]) == (
        "parked",
        [("reexport_while_booked", "26700001")],
    )


def test_document_that_changes_after_booking_is_drift_and_stays_booked(offer: Offer) -> None:
    offer.night()
    with offer.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET state = 'booked', target_entry_id = 'x', target_entry_number = '1'"
                " WHERE document_id = (SELECT document_id FROM document WHERE number = '2026100123')"
            )
        )

    offer.load("salesinvoices", offer.row("salesinvoices", "2026100123") | {"Reference": "changed later"})
    counts = offer.night(run_id="second")

    assert counts["changed_after_booking"] == 1
    assert offer.postings()["2026100123"][0] == "booked"
