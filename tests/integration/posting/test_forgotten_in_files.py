"""A booking of ours that the store does not know is named when the books are read from an audit file, too."""

from dataclasses import replace
from pathlib import Path

import pytest

from finance_hooks.posting.figures import figures_of
from finance_hooks.posting.reconciliation import Reconciliation
from tests.integration.posting.audited import booked, file_of, proved, shown
from tests.integration.posting.night import Night
from tests.posting.entries import by_hand

UNKNOWN = "QZZZZZZZZZ2"


def named(found: Reconciliation) -> list[tuple[str, str | None]]:
    others = [other for one in found.comparisons for other in one.not_ours_entries]
    return [(other.number, other.reference) for other in others]


def test_forgotten_booking_beside_ours_is_named(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    forgotten = shown(by_hand(entry_number="9"), reference=f"[{UNKNOWN}]")

    found = proved(night, file_of(tmp_path, [*map(shown, booked(night)), forgotten]))

    assert named(found) == [("9", UNKNOWN)]
    assert (found.agrees, found.comparisons[0].not_ours) == (False, 1)
    assert any(f"reference {UNKNOWN}" in figure.key for figure in figures_of(found))


@pytest.mark.parametrize(
    "elsewhere", [{"journal": "75"}, {"date": "2026-03-31", "period": "2026/3"}], ids=["journal", "period"]
)
def test_forgotten_booking_elsewhere_in_the_file_is_named(
    night: Night, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    night.offer("1")
    night.load()
    forgotten = shown(by_hand(entry_number="9"), reference=f"[{UNKNOWN}]", **elsewhere)

    found = proved(night, file_of(tmp_path, [*map(shown, booked(night)), forgotten]))

    assert named(found) == [("9", UNKNOWN)]
    assert [(one.period, one.not_ours) for one in found.comparisons] == [(10, 0)]


def test_forgotten_booking_is_named_where_nothing_of_ours_is_known(night: Night, tmp_path: Path) -> None:
    forgotten = shown(by_hand(entry_number="9"), reference=f"[{UNKNOWN}]")

    found = proved(night, file_of(tmp_path, [forgotten, shown(by_hand(entry_number="8"))]))

    assert named(found) == [("9", UNKNOWN)]
    assert [(one.journal, one.period, one.documents) for one in found.comparisons] == [("70", 10, 0)]


def test_booking_of_ours_that_is_known_is_not_named_wherever_it_stands(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    (entry,) = booked(night)
    moved = shown(replace(entry, entry_number="9"), journal="75")

    found = proved(night, file_of(tmp_path, [shown(entry), moved]))

    assert named(found) == []


def test_what_people_book_elsewhere_is_not_listed(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    other = shown(by_hand(entry_number="9"), journal="75")

    found = proved(night, file_of(tmp_path, [*map(shown, booked(night)), other]))

    assert named(found) == []


def test_word_that_looks_like_a_reference_is_none(night: Night, tmp_path: Path) -> None:
    night.offer("1")
    night.load()
    worded = shown(by_hand(entry_number="9"), reference="QUALITATIVE")
    stripped = shown(by_hand(entry_number="10"), reference=UNKNOWN)

    found = proved(night, file_of(tmp_path, [*map(shown, booked(night)), worded, stripped]))

    assert sorted(named(found)) == [("10", UNKNOWN), ("9", None)]
