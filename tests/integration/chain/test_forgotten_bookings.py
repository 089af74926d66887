"""What we booked, and a restored store has forgotten for good, is named and makes the night red."""

from datetime import timedelta

from tests.integration.chain.source_changes import SourceChanges

SALES = "salesinvoices"
NAMED = "1 bookings bear a reference of ours and are not known to be booked"
PARKED = "1 documents parked for the first time or for a new reason"


def test_booking_of_a_document_that_was_taken_back_before_the_store_could_read_it_again_is_named(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    assert chain.night("first").red == ()
    chain.forget_documents()
    source.change(SALES, number, Status="Cancelled")
    source.issue(SALES)

    report = chain.night("restored")

    assert report.red == (NAMED,)
    (named,) = [other for one in report.journals for other in one["not_ours_entries"]]
    assert named["reference"] in str(chain.bench.books())


def test_booking_in_the_period_beside_those_that_are_proved_is_named_too(source: SourceChanges) -> None:
    chain = source.chain
    last_month = chain.today.replace(day=1) - timedelta(days=20)
    number = source.issue(SALES, last_month)
    assert chain.night("first").red == ()
    chain.forget_documents()
    source.delete(SALES, number)
    source.issue(SALES)

    report = chain.night("restored")

    assert report.red == (NAMED,)
    assert {one["period"] for one in report.journals} == {chain.today.month}
    (named,) = [other for one in report.journals for other in one["not_ours_entries"]]
    assert named["reference"] in str(chain.bench.books())


def test_booking_of_a_document_that_has_to_be_parked_once_a_store_was_restored_is_named(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    chain.forget_documents()
    source.change(SALES, number, Status="Draft")
    source.issue(SALES)

    report = chain.night("restored")

    assert NAMED in report.red
    (named,) = [other for one in report.journals for other in one["not_ours_entries"]]
    assert named["reference"] in str(chain.bench.books())

    source.change(SALES, number, Status="Final")

    assert chain.night("mended").red == ()
    assert chain.states() == {"booked": 2}


def test_booking_is_named_where_nothing_of_its_journal_and_period_is_known_to_be_booked(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    chain.forget_documents()
    source.change(SALES, number, Status="Concept")

    report = chain.night("restored")

    assert report.red == (NAMED, PARKED)
    (compared,) = report.journals
    (named,) = compared["not_ours_entries"]
    assert named["reference"] in str(chain.bench.books())
    assert (compared["documents"], compared["difference"]) == (0, "0.00")

    assert chain.night("again").red == (NAMED,)


def test_booking_that_is_found_again_after_a_restore_is_not_named(source: SourceChanges) -> None:
    chain = source.chain
    source.issue(SALES)
    chain.night("first")
    chain.forget_documents()

    assert chain.night("restored").red == ()
