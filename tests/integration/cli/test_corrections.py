"""What a person decides about booked documents: corrected, accepted, booked anew, adopted, told apart."""

import json
import re
from collections.abc import Iterator

import pytest

from finance_hooks.cli.__main__ import main
from finance_hooks.model.money import ZERO
from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.source_changes import SourceChanges, entries, net, open_findings
from tests.integration.cli.store_connection import store_connection

SALES = "salesinvoices"
HOUR_S = 3600
REFERENCE = re.compile(r" ?\[Q[A-Z2-7]{10}\]")


@pytest.fixture
def source(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceChanges]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    # Who decides and who runs share a clock; that of these nights is the emulators'.
    monkeypatch.setattr("finance_hooks.posting.decide_findings.database_now", chain.now)
    yield SourceChanges(chain)
    chain.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def decided(chain: Chain) -> list[tuple[str, str | None, str, str]]:
    """Return what was decided, about what, by whom and why, as the events keep it."""
    with chain.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT name, detail FROM event WHERE run_id = 'by hand' AND jsonb_exists(detail, 'who')"
            " ORDER BY event_id"
        )
        return [(row.name, row.detail.get("decision"), row.detail["who"], row.detail["why"]) for row in rows]


def test_drift_is_listed_with_before_and_after_until_a_person_has_it_corrected(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    before = source.row(SALES, number)["TotalGross"]
    chain.night("first")
    source.rewrite(SALES, number)
    after = source.row(SALES, number)["TotalGross"]
    chain.night("second")

    (listed,) = json.loads(told(capsys, "drift", "exact_nl", "--json"))
    gross = next(one for one in listed["changes"] if one["field"] == "total_gross")
    assert (listed["document"], listed["kind"]) == (number, "drift")
    assert (gross["before"], gross["after"]) == (f"{before:.2f}", f"{after:.2f}")
    shown = told(capsys, "drift")
    assert f"total_gross: {before:.2f} -> {after:.2f}" in shown

    said = told(capsys, "correct", number, "--why", "juiste gewichten", "--by", "Anja")
    assert "the next run reverses it." in said
    assert "decided: correct by Anja" in told(capsys, "drift")
    report = chain.night("third")

    assert (report.booked, report.difference, report.red) == (1, ZERO, ())
    booked = entries(chain, number)
    assert net(chain, [booked["book", 1], booked["reverse", 1]]) == {}
    assert json.loads(told(capsys, "drift", "--json")) == []
    assert decided(chain) == [("decided", "correct", "Anja", "juiste gewichten")]


def test_withdrawn_document_stays_booked_until_a_person_has_it_reversed(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.change(SALES, number, Status="Cancelled")
    second = chain.night("second")
    assert (second.already_booked, open_findings(chain)) == (1, [("withdrawn", number)])
    assert "withdrawn: cancelled" in told(capsys, "drift")

    told(capsys, "correct", number, "--why", "vervallen")
    report = chain.night("third")

    assert (report.documents, report.withdrawn, report.difference, report.red) == (0, 1, ZERO, ())
    assert open_findings(chain) == []


def test_accepted_drift_is_not_named_again_and_the_books_agree_with_what_was_sent(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, number)
    assert chain.night("second").difference != 0

    told(capsys, "accept", number, "--why", "creditnota volgt", "--by", "Bo")
    third = chain.night("third")
    assert (third.findings, third.difference, third.red) == ((), ZERO, ())
    assert decided(chain) == [("decided", "accept", "Bo", "creditnota volgt")]

    source.rewrite(SALES, number)
    assert [one["kind"] for one in chain.night("fourth").findings] == ["drift"]


def test_booking_deleted_in_the_package_is_named_and_booked_anew_only_when_a_person_says_so(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    Nights(chain).lose_booking(number)
    chain.clock.sleep(HOUR_S)
    second = chain.night("second")
    assert [one["kind"] for one in second.findings] == ["missing_in_books"]
    assert chain.bench.books() == []

    said = told(capsys, "rebook", number, "--why", "per ongeluk gewist", "--by", "Anja")
    assert "the next run books it anew." in said
    third = chain.night("third")

    assert (third.documents, third.booked, third.difference, third.red) == (1, 1, ZERO, ())
    assert third.findings == ()
    assert len(chain.bench.books()) == 1
    assert sorted(entries(chain, number)) == [("book", 1), ("book", 2)]
    assert chain.night("fourth").red == ()


def test_missing_booking_that_is_accepted_is_booked_no_more(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    source.issue(SALES)
    chain.night("first")
    Nights(chain).lose_booking(number)
    chain.clock.sleep(HOUR_S)
    chain.night("second")

    told(capsys, "accept", number, "--why", "hoort hier niet", "--kind", "missing_in_books")
    report = chain.night("third")

    assert (report.booked, report.difference, report.findings, report.red) == (0, ZERO, (), ())


def test_higher_export_sequence_after_deletion_leaves_no_period_red_for_ever(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    Nights(chain).lose_booking(number)
    chain.clock.sleep(HOUR_S)
    chain.night("second")
    source.change(SALES, number, ExportSequence=2)

    third = chain.night("third")
    assert (third.booked, third.findings, third.difference, third.red) == (1, (), ZERO, ())
    assert chain.night("fourth").red == ()
    assert len(chain.bench.books()) == 1


def test_booking_that_looks_like_a_document_is_adopted_when_a_person_says_so(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number, entry_number = by_hand(source)
    report = chain.night("second")
    assert chain.reason_codes() == {"perhaps_booked": 1}
    assert entry_number in report.reasons[0]["sentences"][0]

    assert "is not the booking" in told(capsys, "adopt", number, "1", "--why", "nee", code=1)
    said = told(capsys, "adopt", number, entry_number, "--why", "zelfde factuur", "--by", "Bo")
    assert f"the next run takes booking {entry_number} for it" in said
    chain.night("third")

    assert chain.states() == {"booked": 1}
    assert len(chain.bench.books()) == 1
    assert ("confirmed", None, "Bo", "zelfde factuur") in decided(chain)


def test_booking_that_only_looks_like_a_document_is_told_apart_by_a_person(
    source: SourceChanges, capsys: pytest.CaptureFixture[str]
) -> None:
    chain = source.chain
    number, _ = by_hand(source)
    chain.night("second")

    said = told(capsys, "release", number, "--not-booked", "--why", "andere klant", "--by", "Bo")
    assert "the next run books it beside those." in said
    report = chain.night("third")

    assert (report.booked, report.parked) == (1, 0)
    assert len(chain.bench.books()) == 2
    assert ("told_apart", None, "Bo", "andere klant") in decided(chain)


def by_hand(source: SourceChanges) -> tuple[str, str]:
    """Let the books hold a document's number with another amount, without our reference; return both."""
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    chain.forget_documents()
    (entry,) = chain.bench.books()
    division = chain.exact.emulator.divisions[int(chain.exact.administration)]
    for row in [row for rows in division.tables.values() for row in rows.values()]:
        row |= {name: REFERENCE.sub("", text) for name, text in row.items() if isinstance(text, str)}
    source.rewrite(SALES, number)
    return number, str(entry["number"])
