"""A plan reads the same as JSON, as CSV and as tables: amounts to the cent, every reason, every call."""

import csv
import io
import json

from finance_hooks.posting.plan_lines import journal_lines
from finance_hooks.posting.plan_screen import LINES_SHOWN, write_plan
from finance_hooks.posting.plan_written import COLUMNS, plan_to_plain, write_csv
from finance_hooks.posting.planned import Place
from tests.posting.plans import DOCUMENTS, plan, planned
from tests.targets.exactonline.samples import SAMPLES

LINES = len(list(journal_lines(SAMPLES["S1"])))


def test_json_holds_places_totals_lines_reasons_calls_and_limits() -> None:
    told = json.loads(json.dumps(plan_to_plain(plan(), "en")))

    assert told["places"] == {
        place.value: 1 if place in {one.place for one in DOCUMENTS} else 0 for place in Place
    }
    assert told["selection"]["dated_from"] == "2026-11-01"
    assert (told["read"], told["not_offered"]) == (5, 1)
    assert told["calls"] == {
        "count": 9,
        "later": 2,
        "made_by_this_plan": 9,
        "not_counted": ["relations"],
        "steps": [
            {"step": "load", "what": "chart", "count": 8, "units": 1, "changes_books": False},
            {"step": "load", "what": "entries", "count": 1, "units": 3, "changes_books": True},
        ],
    }
    assert told["limits"] == [
        {
            "unit": "calls",
            "window_s": 60,
            "limit": 60,
            "left": 40,
            "left_to_backfills": 30,
            "starts_anew_in_s": 30,
            "asked": 11,
        }
    ]
    assert told["done_at"] == "2026-11-06T03:00:00+00:00"
    assert len(told["lines"]) == LINES
    assert told["lines"][0]["debit"] == str(SAMPLES["S1"].gross)
    parked = told["documents"][1]
    assert [reason["code"] for reason in parked["reasons"]] == ["vat_code_unmapped", "party_unmapped"]
    assert all(sentence.startswith("F1") for sentence in parked["sentences"])
    assert told["documents"][2]["has_changed"]
    assert told["documents"][0]["warnings"] == ["odd"]


def test_json_of_a_package_that_cannot_be_reached_says_so() -> None:
    told = plan_to_plain(plan(counted=None, done_at=None, books_why_not="no connection"), "nl")

    assert (told["calls"], told["done_at"], told["books_why_not"]) == (None, None, "no connection")
    assert told["limits"][0]["asked"] is None


def test_csv_has_a_row_for_every_line_and_every_reason_and_one_for_all_else() -> None:
    rows = list(csv.DictReader(io.StringIO(write_csv(plan(), "nl"))))

    assert tuple(rows[0]) == COLUMNS
    assert [row["place"] for row in rows] == [
        *["would_book"] * LINES,
        *["parked"] * 2,
        "already_booked",
        "before_start",
    ]
    assert rows[0]["debit"] == str(SAMPLES["S1"].gross)
    assert rows[LINES]["sentence"].startswith("F1, regel 2")
    assert rows[-2]["why"] == "26700001"


def test_tables_tell_places_totals_lines_reasons_calls_and_when_it_is_done() -> None:
    shown = write_plan(plan(), "en")

    for said in (
        "would book",
        "F-already_booked is booked as 26700001 and has changed in the source since.",
        str(SAMPLES["S1"].gross),
        "parked F1: vat_code_unmapped: F1, line 2",
        "40 of 60 calls are left this minute, of which 10 are kept for nightly runs.",
        "2 documents wait for a later run",
        "Task relations has something to do, and its calls are not counted.",
        "Begun now it would be done at 2026-11-06 03:00:00 UTC, at the earliest.",
    ):
        assert said in shown


def test_tables_of_many_documents_leave_their_lines_to_the_files() -> None:
    many = tuple(planned(Place.BOOK, entry=SAMPLES["S1"]) for _ in range(LINES_SHOWN))

    shown = write_plan(plan(planned=many), "nl")

    assert f"{LINES_SHOWN * LINES} journal lines; written as CSV or JSON they are all there." in shown


def test_tables_say_what_could_not_be_asked() -> None:
    shown = write_plan(plan(counted=None, done_at=None, books_why_not="no connection"), "nl")

    assert "The books were not asked what stands there already: no connection" in shown
    assert "The calls cannot be counted while the connection cannot be used." in shown
