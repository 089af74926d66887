"""One booked document is compared, and what is wrong with its bookings is named."""

from dataclasses import replace

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.compare import Told
from finance_hooks.posting.comparison import Comparison, Reading, empty, not_ours
from finance_hooks.posting.reconciliation import Fault, add_other, compare_document
from finance_hooks.store.proof import Standing
from tests.posting.entries import BOOKED, ENTRY, booked
from tests.posting.standings import standing
from tests.posting.statements import found, october

OCTOBER = Period(fiscal_year=2026, number=10)
MINE: Standing = replace(
    standing(PostingState.BOOKED, "418.60"), entry=ENTRY, period=OCTOBER, document="2026100123"
)


PLACE = ("70", Period(fiscal_year=2026, number=10))
ELSEWHERE = ("70", Period(fiscal_year=2026, number=3))
OTHER_JOURNAL = ("60", Period(fiscal_year=2026, number=1))


def compared(one: Standing, *bookings: BookedEntry, reading: Reading | None = None) -> list[Fault]:
    table = {("70", OCTOBER): empty("70", OCTOBER)}
    return compare_document(table, one, bookings, reading or Reading())


def test_booking_as_it_was_sent_has_no_fault() -> None:
    assert compared(MINE, BOOKED) == []


def test_missing_double_and_changed_bookings_are_named() -> None:
    (missing,) = compared(MINE)
    (twice,) = compared(MINE, BOOKED, booked(id="id-2"))
    (differs,) = compared(MINE, booked(party="10046"))

    assert [fault.kind.value for fault in (missing, twice, differs)] == [
        "missing_in_books", "booked_twice", "amount_differs",
    ]  # fmt: skip
    assert (twice.subject, differs.document) == ("id-2", "2026100123")
    assert compared(MINE, booked(gross=ENTRY.vat), reading=Reading(told=Told(gross=False))) == []


def test_posting_without_entry_has_nothing_to_compare() -> None:
    assert compared(replace(MINE, entry=None)) == []


def test_reconciliation_agrees_when_every_sum_does_and_nothing_is_wrong() -> None:
    (fault,) = compared(MINE)

    assert found(october()).agrees
    assert not found(october(), faults=(fault,)).agrees


def test_reconciliation_does_not_agree_where_a_booking_of_ours_was_forgotten() -> None:
    one = october(others=1)
    agreed = found(one).agrees
    one.add_other(not_ours(BOOKED))

    assert agreed
    assert (found(one).agrees, found(one).forgotten) == (False, 1)


def test_booking_of_somebody_else_counts_where_its_period_is_proved_and_nowhere_else() -> None:
    table = {PLACE: empty(*PLACE)}

    add_other(table, PLACE, not_ours(booked(references=frozenset())))
    add_other(table, ELSEWHERE, not_ours(booked(references=frozenset())))

    assert (list(table), table[PLACE].not_ours) == ([PLACE], 1)


def test_forgotten_booking_outside_what_is_proved_is_named_nearby() -> None:
    table = {PLACE: empty(*PLACE), OTHER_JOURNAL: empty(*OTHER_JOURNAL)}

    add_other(table, ELSEWHERE, not_ours(BOOKED))

    (named,) = table[PLACE].not_ours_entries
    assert named.reference in BOOKED.references
    assert (table[PLACE].not_ours, table[OTHER_JOURNAL].not_ours_entries) == (0, [])


def test_forgotten_booking_is_named_in_its_own_place_where_nothing_is_proved() -> None:
    table: dict[tuple[str, Period], Comparison] = {}

    add_other(table, ELSEWHERE, not_ours(BOOKED))

    assert [(one.journal, one.period, len(one.not_ours_entries)) for one in table.values()] == [("70", 3, 1)]
