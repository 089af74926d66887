"""What a changed mapping file would do, and what of it a user may see."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.mapping.changed_file import Changed, read_changed
from finance_hooks.mapping.problems import Problem, said
from finance_hooks.mapping.row_changes import CellChange, ChangeKind, RowChange
from finance_hooks.mapping.schemas import COST_UNITS, LEDGER_ACCOUNTS
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.store.mapping_gaps import PARKED_MAX
from finance_hooks.store.mapping_waiting import ParkedDocument
from finance_hooks.web.language import LANGUAGES
from finance_hooks.web.mapping_effect import SHOWN_MAX, asking_for, find_freed, show_changes, show_problems
from tests.mapping.examples import the_administration, write_folder

NEW = Reason(code=ReasonCode.LEDGER_ACCOUNT_UNMAPPED, document="n", field="ledger_account", value="9000")
OTHER = Reason(code=ReasonCode.LEDGER_ACCOUNT_UNMAPPED, document="n", field="ledger_account", value="9001")
THERE = Reason(code=ReasonCode.LEDGER_ACCOUNT_UNMAPPED, document="n", field="ledger_account", value="8000")
CLOSED = Reason(code=ReasonCode.PERIOD_CLOSED, document="n", field="period", value="2026-10")


@pytest.fixture
def changed(tmp_path: Path) -> Changed:
    """A file that gives account 9000 a row."""
    write_folder(tmp_path)
    content = f"{','.join(LEDGER_ACCOUNTS.header)}\nnl,9000,2026-01-01,,9,\n"
    return read_changed(
        content.encode(), LEDGER_ACCOUNTS, the_administration(tmp_path), is_addition=True, folder=tmp_path
    )


def parked(number: int, *reasons: Reason, **fields: Any) -> ParkedDocument:
    values: dict[str, Any] = {
        "document_date": date(2026, 11, 1),
        "gross": Decimal(-100),
        "side": "debtor",
    } | fields
    return ParkedDocument(posting_id=number, reasons=reasons_to_plain(reasons), **values)


def a_change(owner: str, kind: ChangeKind = ChangeKind.CHANGED, content: str | None = "row") -> RowChange:
    cells = (CellChange(column="target_account", before="1", after="2"),)
    return RowChange(kind=kind, owner=owner, key=("8000",), line=2, cells=cells, content=content)


def a_problem(whose: str | None, line: int = 1, header: str = "a,b") -> Problem:
    what, remedy = said("header_is", header=header), said("correct_row")
    return Problem(file="books/x.csv", line=line, whose=whose, what=what, remedy=remedy)


def test_document_comes_free_when_every_row_it_waits_for_is_there(changed: Changed) -> None:
    waiting = [
        parked(1, NEW),
        parked(2, NEW, THERE, gross=Decimal(21)),
        parked(3, NEW, gross=None),
    ]

    freed = find_freed(waiting, changed)

    assert (freed.documents, freed.gross, freed.partly) == (3, Decimal(121), 0)
    assert not freed.is_cut


def test_document_that_waits_for_something_else_too_is_only_partly_free(changed: Changed) -> None:
    freed = find_freed([parked(1, NEW, OTHER), parked(2, NEW, CLOSED)], changed)

    assert (freed.documents, freed.gross, freed.partly) == (0, Decimal("0.00"), 2)


def test_document_that_the_file_does_not_touch_is_not_counted(changed: Changed) -> None:
    waiting = [
        parked(1, OTHER),
        # A row that is there already frees it without the file.
        parked(2, THERE),
        parked(3, NEW, document_date=date(2025, 12, 31)),
        parked(4, NEW, document_date=None),
    ]

    freed = find_freed(waiting, changed)

    assert (freed.documents, freed.partly) == (0, 0)


def test_more_documents_than_are_looked_at_is_said(changed: Changed) -> None:
    assert find_freed([parked(number, OTHER) for number in range(PARKED_MAX + 1)], changed).is_cut


def test_table_is_asked_by_its_own_reasons_only() -> None:
    assert asking_for(COST_UNITS).codes == frozenset({ReasonCode.COST_CENTRE_UNMAPPED})


def test_of_changes_of_administrations_that_must_not_be_known_is_only_said_that_there_are_some() -> None:
    changes = [a_change("nl"), a_change("*", ChangeKind.ADDED, None), a_change("secret")]

    shown = show_changes(changes, {"nl"}, {"row": 7})

    assert [(one.change.owner, one.kind, one.documents) for one in shown.rows] == [
        ("nl", "mapping.changed", 7),
        ("*", "mapping.added", 0),
    ]
    assert shown.counts == {"mapping.added": 1, "mapping.removed": 0, "mapping.changed": 1}
    assert (shown.total, shown.concerns_others) == (2, True)


def test_page_shows_so_many_changes_and_problems_and_counts_all() -> None:
    many = SHOWN_MAX + 5

    changes = show_changes([a_change("nl")] * many, {"nl"}, {})
    problems = show_problems([a_problem(None)] * many, {"nl"}, {"nl", "secret"}, "nl")

    assert (len(changes.rows), changes.total, changes.concerns_others) == (SHOWN_MAX, many, False)
    assert (len(problems.rows), problems.total, problems.concerns_others) == (SHOWN_MAX, many, False)


def test_problems_are_told_by_line_but_for_those_that_must_not_be_known() -> None:
    found = [a_problem("nl", 9), a_problem("secret", 2), a_problem("misspelt", 3), a_problem(None, 1)]

    shown = show_problems(found, {"nl"}, {"nl", "secret"}, "nl")

    assert [sentence.split(",")[1].partition(":")[0] for sentence in shown.rows] == [
        " regel 1",
        " regel 3",
        " regel 9",
    ]
    assert (shown.total, shown.concerns_others) == (3, True)


def test_what_a_file_says_of_itself_is_cut_and_the_remedy_stays() -> None:
    problem = a_problem("y" * 100_000, header="x" * 100_000)

    sentences = [show_problems([problem], (), (), language).rows[0] for language in LANGUAGES]

    assert max(map(len, sentences)) < 400
    assert [sentence.rpartition("…")[2] for sentence in sentences] == [
        "; verbeter de regel.",
        "; correct the row.",
    ]
