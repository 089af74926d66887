"""Documents are found by all that people know of them, newest first, page by page, in a few statements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.document_search import Found, count_found, read_scopes, search
from finance_hooks.store.sought_documents import NUMBERS, Scope, Sought
from tests.store.counting import Counted, counted
from tests.store.written_documents import AT, SCOPE, Shelf

P = PostingState
DAY = date(2026, 10, 1)
EVERY = 1000


@pytest.fixture
def shelf(engine: sa.Engine) -> Iterator[Shelf]:
    with engine.begin() as connection:
        yield Shelf(connection=connection)


def found(shelf: Shelf, *scopes: Scope, **sought: Any) -> list[Found]:
    wanted = Sought(**sought)
    within = scopes or (SCOPE,)
    lines = search(shelf.connection, within, wanted, limit=EVERY)
    assert count_found(shelf.connection, within, wanted, most=EVERY) == len(lines)
    return lines


def numbers(shelf: Shelf, **sought: Any) -> list[str]:
    return [line.document_number for line in found(shelf, **sought)]


def test_line_says_all_that_stands_in_the_list(shelf: Shelf) -> None:
    shelf.run("night", AT - timedelta(days=3))
    shelf.name("R1", "Voorbeeld B.V.")
    reference = shelf.add(
        "2026-1", "parked", reason="vat_disagrees", reasons_since_run="night", party_code="R1"
    )

    (line,) = found(shelf)

    assert (line.sync_id, line.reference, line.document_number) == ("exact_nl", reference, "2026-1")
    assert (line.document_type, line.document_date, line.gross) == ("sales_invoice", DAY, Decimal("121.00"))
    assert (line.party_code, line.party_name) == ("R1", "Voorbeeld B.V.")
    assert (line.state, [reason["code"] for reason in line.reasons]) == (P.PARKED, ["vat_disagrees"])
    assert (line.since, line.purpose, line.is_void) == (AT - timedelta(days=3), "book", False)


def test_since_is_when_it_came_where_it_stands(shelf: Shelf) -> None:
    for state in ("pending", "booked", "sending", "unknown"):
        shelf.add(state, state)
    shelf.add(
        "held", "parked", reason="on_hold", reasons_since_run="by hand", held_at=AT + timedelta(hours=5)
    )

    hours = {line.document_number: (line.since - AT).seconds // 3600 for line in found(shelf)}

    assert hours == {"pending": 0, "booked": 1, "sending": 2, "unknown": 2, "held": 5}


def test_last_received_comes_first_and_with_dates_the_last_dated(shelf: Shelf) -> None:
    for number, day in (("first", 3), ("second", 1), ("third", 2)):
        shelf.add(number, document_date=date(2026, 10, day))
    shelf.add("undated", document_date=None)

    assert numbers(shelf) == ["undated", "third", "second", "first"]
    assert numbers(shelf, dated_from=date(2026, 10, 2)) == ["first", "third"]
    assert numbers(shelf, dated_to=date(2026, 10, 2)) == ["third", "second"]


@pytest.mark.parametrize(
    "asked", ["R&D_2026%1", " r&d_2026%1 ", "R&D_", "{reference}", "[{reference}]", "26700042", "id-4711"]
)
def test_document_is_found_by_every_number_it_has(shelf: Shelf, asked: str) -> None:
    shelf.add("RXD-2026-1")
    reference = shelf.add("R&D_2026%1", target_entry_number="26700042")
    shelf.add(None, source_document_id="id-4711")

    expected = "id-4711" if asked == "id-4711" else "R&D_2026%1"

    assert numbers(shelf, number=asked.format(reference=reference)) == [expected]


def test_short_number_is_that_number_and_no_beginning(shelf: Shelf) -> None:
    shelf.add("12")
    shelf.add("123")

    assert numbers(shelf, number="12") == ["12"]
    assert numbers(shelf, number="13") == []


def test_number_that_is_the_same_is_found_among_ever_so_many_that_begin_so(shelf: Shelf) -> None:
    statement = """
        INSERT INTO document (document_key, source_id, organisation, document_type, source_document_id,
            export_sequence, number, content_digest, received_at)
        SELECT 'many ' || i, 'qubz', '100', 'sales_invoice', 'many ' || i, 1, '2026' || i, 'd', now()
        FROM generate_series(1, :many) i
    """
    shelf.connection.execute(sa.text(statement), {"many": 2 * NUMBERS})
    shelf.add("2026")

    assert "2026" in numbers(shelf, number="2026")


def test_amount_is_compared_without_its_sign(shelf: Shelf) -> None:
    for number, gross in (("small", "1.00"), ("exact", "121.00"), ("credit", "-121.00"), ("large", "500.00")):
        shelf.add(number, gross=Decimal(gross))
    shelf.add("unreadable", gross=None)
    exact = Decimal("121.00")

    assert numbers(shelf, gross_from=exact, gross_to=exact) == ["credit", "exact"]
    assert numbers(shelf, gross_from=exact) == ["large", "credit", "exact"]
    assert numbers(shelf, gross_to=Decimal("120.99")) == ["small"]


def test_parties_are_those_of_the_document(shelf: Shelf) -> None:
    shelf.add("one", party_code="R1")
    shelf.add("two", party_code="R2")
    shelf.add("none")

    assert numbers(shelf, party_codes=["R1", "R9"]) == ["one"]
    assert numbers(shelf, party_codes=[]) == []


def test_state_and_reason_choose_what_stands_there_now(shelf: Shelf) -> None:
    shelf.add("vat", "parked", reason="vat_disagrees unit_unknown")
    shelf.add("unit", "parked", reason="unit_unknown")
    shelf.add("was parked", "pending", reason="unit_unknown")
    shelf.add("unclear", "unknown")
    shelf.add("booked")

    assert numbers(shelf, states=[P.PARKED]) == ["unit", "vat"]
    assert numbers(shelf, states=[P.UNKNOWN, P.SENDING]) == ["unclear"]
    assert numbers(shelf, states=[P.BOOKED]) == ["booked"]
    assert numbers(shelf, reason=ReasonCode.UNIT_UNKNOWN) == ["unit", "vat"]
    assert numbers(shelf, reason=ReasonCode.UNIT_UNKNOWN, states=[P.BOOKED]) == ["unit", "vat"]
    assert numbers(shelf, reason=ReasonCode.BOOKS_CLOSED) == []


def test_reversal_that_need_not_be_booked_any_more_is_void_and_not_among_the_parked(shelf: Shelf) -> None:
    shelf.add("gone", "parked", reason="reversed_missing", purpose="reverse", gone_at=AT)

    (line,) = found(shelf)

    assert line.is_void
    assert numbers(shelf, states=[P.PARKED]) == []


def test_period_is_that_of_the_booking_and_what_has_none_can_be_asked_for(shelf: Shelf) -> None:
    shelf.add("october", fiscal_year=2026, period=10)
    shelf.add("november", fiscal_year=2026, period=11)
    shelf.add("earlier", fiscal_year=2025, period=10)
    shelf.add("none", "parked", reason="unreadable")

    assert numbers(shelf, fiscal_year=2026) == ["november", "october"]
    assert numbers(shelf, fiscal_year=2026, period=10) == ["october"]
    assert numbers(shelf, without_period=True) == ["none"]


def test_administrations_that_are_not_asked_for_are_not_searched(shelf: Shelf) -> None:
    shelf.add("mine", party_code="R1")
    shelf.add("other", sync_id="afas_nl", books="afas:1", party_code="R1")
    shelf.add("foreign", sync_id="exact_be", books="exactonline:2", organisation="200", party_code="R1")
    other = Scope(sync_id="afas_nl", books="afas:1", organisation="100")

    assert numbers(shelf, party_codes=["R1"]) == ["mine"]
    assert numbers(shelf, number="foreign") == []
    assert [line.document_number for line in found(shelf, SCOPE, other)] == ["other", "mine"]
    assert [line.document_number for line in found(shelf, SCOPE, other, number="other")] == ["other"]
    assert set(read_scopes(shelf.connection, ["exact_nl", "afas_nl", "nowhere"])) == {SCOPE, other}


def test_administration_that_moved_to_other_books_has_each_document_once(shelf: Shelf) -> None:
    shelf.add("before", target_entry_number="7")
    shelf.add("since", books="exactonline:2", target_entry_number="8")
    scopes = read_scopes(shelf.connection, ["exact_nl"])

    assert len(scopes) == 2
    for sought in ({}, {"gross_from": Decimal(1)}):
        assert [line.document_number for line in found(shelf, *scopes, **sought)] == ["since", "before"]
    assert [line.document_number for line in found(shelf, *scopes, number="7")] == ["before"]
    assert [line.document_number for line in found(shelf, *scopes, number="8")] == ["since"]


@pytest.mark.parametrize("sought", [Sought(), Sought(dated_from=DAY), Sought(party_codes=["R1"])])
def test_pages_hold_every_line_once_there_and_back(shelf: Shelf, sought: Sought) -> None:
    for place in range(20):
        document_id = shelf.receive(
            str(place), document_date=DAY + timedelta(days=place % 3), party_code="R1"
        )
        for _ in range(1 + place % 2):
            shelf.post(document_id)
    every = search(shelf.connection, [SCOPE], sought, limit=EVERY)
    assert len(every) == 30

    pages = [search(shelf.connection, [SCOPE], sought, limit=7)]
    while pages[-1]:
        pages.append(search(shelf.connection, [SCOPE], sought, limit=7, after=pages[-1][-1].place))

    assert [line for page in pages for line in page] == every
    for earlier, later in pairwise(pages[:-1]):
        assert search(shelf.connection, [SCOPE], sought, limit=7, before=later[0].place) == earlier


def test_number_of_statements_is_the_same_for_one_document_and_for_sixty(
    engine: sa.Engine, shelf: Shelf
) -> None:
    def statements() -> Counted:
        with counted(engine) as made:
            scopes = read_scopes(shelf.connection, ["exact_nl"])
            for asked in (Sought(), Sought(number="1"), Sought(states=[P.PARKED])):
                search(shelf.connection, scopes, replace(asked, gross_from=Decimal(1)), limit=100)
                count_found(shelf.connection, scopes, asked, most=100)
        return made

    shelf.add("1")
    one = statements()
    for number in range(60):
        shelf.add(f"more {number}", "parked", reason="unit_unknown")

    assert len(found(shelf)) == 61
    assert len(statements().statements) == len(one.statements) == 7
