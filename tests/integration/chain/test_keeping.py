"""What is purged is forgotten, and never booked again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.posting.keep import keep, preview
from finance_hooks.store.cache import StoredCache
from finance_hooks.store.counts import count_documents
from finance_hooks.store.proof import Owned, Proving
from finance_hooks.store.purging import Due
from finance_hooks.store.to_prepare import documents_to_prepare
from tests.integration.chain.chain import SOURCE_ID, Chain, everything_booked_once
from tests.integration.chain.keeping import COUNT, change, purge, rows, withdraw


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield chain
    chain.close()


def test_purged_documents_that_are_offered_again_are_neither_booked_nor_parked(chain: Chain) -> None:
    first = chain.night("first")

    purged = keep(chain.engine, purge())
    second = chain.night("second")

    assert purged["documents"] == COUNT
    assert (second.already_booked, second.booked, second.parked, second.red) == (COUNT, 0, 0, ())
    assert second.source_gross == first.source_gross
    assert second.difference == 0
    assert set(chain.times_booked().values()) == {1}
    assert len(chain.bench.books()) == COUNT
    assert chain.states() == {"booked": COUNT}


def test_purge_leaves_no_text_of_a_document_and_every_amount(chain: Chain) -> None:
    chain.night()
    kept = (
        "SELECT posting_key, content_digest, entry_digest, gross_in_books, target_entry_number,"
        " entry - 'description' - 'lines' AS head, entry #> '{lines,0,amount}' AS amount"
        " FROM posting ORDER BY posting_id"
    )
    before = rows(chain, kept)
    texts = {row.text for row in rows(chain, "SELECT entry ->> 'description' AS text FROM posting")}

    keep(chain.engine, purge())

    assert rows(chain, kept) == before
    assert texts != {""}
    (left,) = rows(
        chain,
        "SELECT count(*) FILTER (WHERE body IS NOT NULL) AS bodies, bool_and(purged_at IS NOT NULL) AS told,"
        " (SELECT string_agg(entry::text || mapping_rows::text || warnings::text, '') FROM posting) AS said"
        " FROM document_version",
    )
    assert (left.bodies, left.told) == (0, True)
    assert [text for text in texts if text in left.said] == []
    assert (
        rows(
            chain, "SELECT 1 FROM posting, jsonb_array_elements(entry->'lines') l WHERE l->>'description'<>''"
        )
        == []
    )


def test_only_what_is_settled_is_purged(chain: Chain) -> None:
    chain.bench.place(effect="status", status=400, times=1)
    chain.night("first")
    chain.generate(COUNT + 3, seed=2)
    chain.prepare("second")
    with chain.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET state = 'sending', frozen_at = now() WHERE posting_id ="
                " (SELECT max(posting_id) FROM posting WHERE state = 'pending')"
            )
        )
    before = chain.states()
    assert {"booked", "parked", "pending", "sending"} <= set(before)

    due, _ = preview(chain.engine, purge())
    purged = keep(chain.engine, purge())

    assert Counter({one.standing: one.documents for one in due}) == before + Counter(
        settled=before["booked"]
    ) - Counter(booked=before["booked"])
    assert purged["documents"] == before["booked"]
    still = rows(
        chain,
        "SELECT p.state FROM posting p JOIN document_version v USING (document_id) WHERE body IS NOT NULL",
    )
    assert Counter(row.state for row in still) == before - Counter(booked=before["booked"])
    assert (
        rows(
            chain,
            "SELECT 1 FROM posting WHERE state IN ('pending', 'sending') AND entry ->> 'description' = ''",
        )
        == []
    )


def test_document_about_which_something_was_found_waits_until_that_is_settled(chain: Chain) -> None:
    chain.night("first")
    withdrawn = withdraw(chain)
    chain.night("second")

    due, _ = preview(chain.engine, purge())

    assert {one.standing: one.documents for one in due} == {"finding_open": 1, "settled": COUNT - 1}
    assert withdrawn


def test_booking_that_is_to_be_made_anew_keeps_its_document(chain: Chain) -> None:
    chain.night()
    with chain.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO finding (kind, posting_id, subject, first_run_id, first_found_at, last_found_at,"
                " settled_at, decision) SELECT 'missing_in_books', min(posting_id), 'x', 'y', now(), now(),"
                " now(), 'rebook' FROM posting"
            )
        )
        connection.execute(
            sa.text(
                "UPDATE posting SET gone_at = now() WHERE posting_id = (SELECT min(posting_id) FROM posting)"
            )
        )

    due, _ = preview(chain.engine, purge())

    assert {one.standing: one.documents for one in due} == {"to_be_booked_anew": 1, "settled": COUNT - 1}


def test_withdrawn_document_is_purged_and_booked_when_the_source_wants_it_after_all(chain: Chain) -> None:
    chain.prepare("first")
    withdraw(chain)
    chain.night("second")
    assert chain.states() == {"booked": COUNT - 1, "parked": 1}
    assert keep(chain.engine, purge())["documents"] == COUNT
    third = chain.night("third")
    assert (third.withdrawn, third.parked, third.red) == (1, 0, ())

    (found,) = rows(chain, "SELECT source_document_id FROM document WHERE withdrawn_at IS NOT NULL")
    change(chain, found.source_document_id, Status="Final")
    fourth = chain.night("fourth")

    assert (fourth.booked, fourth.already_booked, fourth.red) == (1, COUNT - 1, ())
    assert set(chain.times_booked().values()) == {1}


def test_document_that_changes_after_the_purge_is_drift_and_no_booking(chain: Chain) -> None:
    chain.night("first")
    keep(chain.engine, purge())
    (found, *_) = rows(chain, "SELECT source_document_id FROM document WHERE document_type = 'sales_invoice'")

    change(chain, found.source_document_id, Reference="gewijzigd")
    second = chain.night("second")

    assert (second.already_booked, second.booked, second.parked) == (COUNT, 0, 0)
    assert len(chain.bench.books()) == COUNT


def test_documents_are_kept_to_the_end_of_their_last_year(chain: Chain) -> None:
    chain.night()
    (found,) = rows(chain, "SELECT extract(year FROM min(document_date))::int AS y FROM document")

    assert preview(chain.engine, purge(date(found.y + 7, 12, 31)))[0] == []
    assert preview(chain.engine, purge(date(found.y + 8, 12, 31), by_organisation={"100": 9}))[0] == []
    assert preview(chain.engine, purge(date(found.y + 9, 1, 1), by_organisation={"200": 9}))[0] != []


def test_purged_documents_enter_no_other_books_and_are_not_missed_there(chain: Chain) -> None:
    chain.night("first")
    moved = replace(chain.administration, target_administration="of tomorrow")
    owned = Owned(administration=moved, source_id=SOURCE_ID)
    proving = Proving(run_id="second", started_at=chain.clock.now(), compared_at=None)

    def wanted() -> tuple[int, int]:
        with chain.engine.begin() as connection:
            new = documents_to_prepare(connection, moved, SOURCE_ID)
            return len(new), count_documents(connection, owned, frozenset(), proving)

    assert wanted() == (COUNT, COUNT)
    keep(chain.engine, purge())
    assert wanted() == (0, 0)


def test_old_cache_rows_and_sentences_of_old_reports_go_and_their_counts_stay(chain: Chain) -> None:
    chain.bench.place(effect="status", status=400, times=1)
    report = chain.night()
    assert report.reasons
    StoredCache(engine=chain.engine, now=chain.now).write("chart", "x", "Jansen")
    at = chain.clock.now() + timedelta(days=31)

    early = keep(chain.engine, purge(chain.today), now=lambda _connection: at)
    late = keep(chain.engine, purge(), now=lambda _connection: at)

    assert early["cache_rows"] >= 1
    assert (early["reports"], late["reports"], late["cache_rows"]) == (0, 1, 0)
    (kept,) = rows(chain, "SELECT report FROM run")
    assert (kept.report["reasons"], kept.report["warnings"]) == ([], [])
    assert (kept.report["documents"], kept.report["parked"]) == (COUNT, 1)
    assert keep(chain.engine, purge())["reports"] == 0


def test_preview_changes_nothing(chain: Chain) -> None:
    chain.night()

    due, others = preview(chain.engine, purge())

    assert [(one.standing, one.documents) for one in due] == [("settled", COUNT)]
    assert all(isinstance(one, Due) and one.body_bytes > 0 for one in due)
    assert set(others) == {"cache_rows", "party_names", "proposals", "reports"}
    everything_booked_once(chain, chain.night("second"), COUNT)
    assert rows(chain, "SELECT 1 FROM document_version WHERE body IS NULL") == []


def test_what_was_proposed_for_a_party_long_ago_goes_and_its_link_stays(chain: Chain) -> None:
    with chain.engine.begin() as connection:
        for party, state in (("1", "linked"), ("2", "parked")):
            connection.execute(
                sa.text(
                    "INSERT INTO party_link (books, organisation, party, role, sync_id, state, target_party,"
                    " proposal, faults, changed_at)"
                    " VALUES ('b', '100', :party, 'debtor', 'exact_nl', :state, '4711',"
                    " '{\"name\": \"Jansen\"}', '[{}]', :at)"
                ),
                {"party": party, "state": state, "at": chain.clock.now()},
            )

    assert preview(chain.engine, purge())[1]["proposals"] == 1
    assert keep(chain.engine, purge(chain.today))["proposals"] == 0
    assert keep(chain.engine, purge())["proposals"] == 1

    left = rows(chain, "SELECT target_party, proposal IS NULL AS gone FROM party_link ORDER BY party")
    assert [(row.target_party, row.gone) for row in left] == [("4711", True), ("4711", False)]
