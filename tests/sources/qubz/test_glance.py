"""A row is told apart, and told whether it was asked for, without being understood."""

from datetime import UTC, date, datetime

import pytest

from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.glance import answers, as_row, text_of
from finance_hooks.sources.qubz.queries import Question
from finance_hooks.sources.qubz.received import digest_id
from tests.sources.qubz.examples import Row

MEMORIAL: Row = {
    "Id": "900301",
    "Organisation": "100",
    "EntryDate": "2026-10-31",
    "ChangedDate": "2026-11-01T02:03:04.500Z",
}
OCTOBER = Question(
    resource="memorials",
    organisation="100",
    dated_from=date(2026, 10, 1),
    dated_until=date(2026, 10, 31),
)


def test_row_is_known_by_its_own_key_and_aged_by_its_own_instant(contract: SourceContract) -> None:
    row = as_row(MEMORIAL, "memorials", contract)

    assert row.key == "900301"
    assert row.changed_at == datetime(2026, 11, 1, 2, 3, 4, 500_000, tzinfo=UTC)
    assert row.content is MEMORIAL


@pytest.mark.parametrize("key", [None, "", "  ", 7.5, ["900301"]])
def test_row_without_a_readable_key_is_known_by_what_it_says(contract: SourceContract, key: object) -> None:
    row = as_row(MEMORIAL | {"Id": key}, "memorials", contract)
    later = as_row(MEMORIAL | {"Id": key, "EntryDate": "2026-10-30"}, "memorials", contract)

    assert row.key.startswith("digest:")
    assert row.key != later.key
    assert row.key == as_row(dict(reversed((MEMORIAL | {"Id": key}).items())), "memorials", contract).key


@pytest.mark.parametrize("changed", [None, "", "yesterday", 1])
def test_row_that_does_not_say_when_it_changed_has_no_age(contract: SourceContract, changed: object) -> None:
    assert as_row(MEMORIAL | {"ChangedDate": changed}, "memorials", contract).changed_at is None


def test_what_is_no_object_is_a_row_all_the_same(contract: SourceContract) -> None:
    row = as_row("oops", "memorials", contract)

    # The SHA-256 of the six characters, quotes and all.
    assert row.key == "digest:7f2a66c4f14264a9066b1c36dda96de9391f3a14116e337640a45f5bea54aac9"
    assert (row.changed_at, row.content) == (None, "oops")


def test_digest_names_the_sha_256_of_a_body() -> None:
    assert digest_id(b"abc") == "digest:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("changes", "asked_for"),
    [
        ({}, True),
        ({"Organisation": "200"}, False),
        ({"Organisation": 100}, True),
        ({"Organisation": None}, True),
        ({"EntryDate": "2026-10-01"}, True),
        ({"EntryDate": "2026-09-30"}, False),
        ({"EntryDate": "2026-11-01"}, False),
        ({"EntryDate": "2026-10-31T23:00:00Z"}, False),
        ({"EntryDate": None}, True),
        ({"EntryDate": "soon"}, True),
    ],
    ids=str,
)
def test_row_of_another_organisation_or_day_was_sent_along_unasked(
    contract: SourceContract, changes: Row, asked_for: bool
) -> None:
    assert answers(MEMORIAL | changes, OCTOBER, contract) is asked_for


def test_question_without_days_is_answered_by_rows_of_any_day(contract: SourceContract) -> None:
    question = Question(resource="memorials", organisation="100")

    assert answers(MEMORIAL | {"EntryDate": "1999-12-31"}, question, contract)
    assert not answers(MEMORIAL | {"Organisation": "200"}, question, contract)


def test_what_is_no_object_counts_as_asked_for(contract: SourceContract) -> None:
    assert answers(["oops"], OCTOBER, contract)


@pytest.mark.parametrize(
    ("code", "text"), [("100", "100"), (100, "100"), (None, None), (" ", None), (True, None), ({}, None)]
)
def test_code_of_a_row_is_its_text_or_nothing(
    contract: SourceContract, code: object, text: str | None
) -> None:
    assert text_of({"Code": code}, "organisations", "code", contract) == text
    assert text_of([code], "organisations", "code", contract) is None
