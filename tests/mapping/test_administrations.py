"""administrations.csv says which organisation goes into which books; one bad row never takes others along."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import (
    CONFIGURATION,
    AdministrationRow,
    check_finance_link,
    read_administrations,
)
from finance_hooks.model.administration import ClosedPeriodPolicy
from finance_hooks.model.masters import FinanceLink
from tests.mapping.examples import ADMINISTRATION_ROW, an_organisation, the_administration, write_folder

OTHER_ROW = "be,200,qubz_default,books,books_be,7654321,BE,2026-01-01,2026-12-31,2026-03-31,next_open,"
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[2] / "plugins")}
LINK = FinanceLink(target="exactonline", export_type="api_based", nationality="NL", administration="1234567")


def read(folder: Path, *rows: str) -> dict[str, AdministrationRow]:
    write_folder(folder, {"administrations.csv": rows})
    return {row.sync_id: row for row in read_administrations(folder)}


def test_every_cell_of_a_good_row_is_read(tmp_path: Path) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW, OTHER_ROW)

    first, second = rows["nl"].administration, rows["be"].administration
    assert first is not None
    assert second is not None
    assert (first.organisation, first.target, first.target_conn_id) == ("100", "books", "books_nl")
    assert (first.starts_on, first.ends_on, first.books_closed_until) == (date(2026, 1, 1), None, None)
    assert first.exchange_difference_account == "4990"
    assert second.closed_period_policy is ClosedPeriodPolicy.NEXT_OPEN
    assert (second.ends_on, second.books_closed_until) == (date(2026, 12, 31), date(2026, 3, 31))
    assert second.exchange_difference_account is None


def test_bad_row_keeps_its_name_and_leaves_the_others_alone(tmp_path: Path) -> None:
    bad = OTHER_ROW.replace("2026-01-01", "1-1-2026").replace("next_open", "later")

    rows = read(tmp_path, ADMINISTRATION_ROW, bad)

    assert rows["nl"].administration is not None
    assert rows["be"].administration is None
    first, second = map(str, rows["be"].problems)
    where = "administrations.csv, line 3, be"
    assert first == f"{where}: starts_on '1-1-2026' is no date like 2026-12-31; correct the row."
    assert second == f"{where}: closed_period_policy 'later' is not one of park, next_open; correct the row."


def test_row_with_too_few_cells_keeps_its_name(tmp_path: Path) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW, "be,200")

    assert rows["nl"].administration is not None
    assert "has 2 cells, not 12" in str(rows["be"].problems[0])


@pytest.mark.parametrize("sync_id", ["", "Exact NL", "configuration"])
def test_row_without_a_usable_name_is_a_fault_of_the_file(tmp_path: Path, sync_id: str) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW, f"{sync_id}{OTHER_ROW.removeprefix('be')}")

    assert set(rows) == {"nl", CONFIGURATION}
    assert rows["nl"].administration is not None
    assert {problem.line for problem in rows[CONFIGURATION].problems} == {3}


def test_name_used_twice_is_a_fault_of_the_file_and_names_both_lines(tmp_path: Path) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW, OTHER_ROW.replace("be,200", "nl,200"), OTHER_ROW)

    assert set(rows) == {"be", CONFIGURATION}
    assert [problem.line for problem in rows[CONFIGURATION].problems] == [2, 3]


@pytest.mark.parametrize("content", [None, b"sync_id,organisation\n", b"\xef\xbb\xbfsync_id\n", b"\xff\n"])
def test_unreadable_file_is_a_named_fault(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "administrations.csv").write_bytes(content)

    rows = read_administrations(tmp_path)

    assert [row.sync_id for row in rows] == [CONFIGURATION]
    assert rows[0].administration is None
    assert rows[0].problems[0].file == "administrations.csv"


def test_target_without_a_folder_is_refused(tmp_path: Path) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW.replace(",books,", ",bookz,"))

    assert "target 'bookz' has no folder" in str(rows["nl"].problems[0])


def test_end_before_start_is_refused(tmp_path: Path) -> None:
    rows = read(tmp_path, OTHER_ROW.replace("2026-12-31", "2025-12-31"))

    assert "ends_on 2025-12-31 lies before starts_on 2026-01-01" in str(rows["be"].problems[0])


def test_one_organisation_never_goes_to_two_books_on_the_same_date(tmp_path: Path) -> None:
    rows = read(tmp_path, ADMINISTRATION_ROW, ADMINISTRATION_ROW.replace("nl,", "nl_new,", 1), OTHER_ROW)

    assert rows["nl"].administration is None
    assert rows["nl_new"].administration is None
    assert rows["be"].administration is not None
    said = str(rows["nl"].problems[0])
    assert "also goes where line 3 says on the same document dates" in said
    # Whoever may see the one need not be allowed to see the other.
    assert "nl_new" not in said


def test_move_to_another_target_is_two_rows_with_dates(tmp_path: Path) -> None:
    old = ADMINISTRATION_ROW.replace("2026-01-01,", "2026-01-01,2026-06-30")
    new = ADMINISTRATION_ROW.replace("nl,", "nl_new,", 1).replace("2026-01-01", "2026-07-01")

    rows = read(tmp_path, old, new)

    assert all(row.administration for row in rows.values())


def test_agreeing_finance_link_gives_no_sentences(folder: Path) -> None:
    link = FinanceLink(target="Books", export_type="ApiBased", nationality="NL", administration="1234567")

    assert check_finance_link(the_administration(folder), an_organisation(finance_link=link)) == []


def test_every_disagreement_with_the_finance_link_is_named(folder: Path) -> None:
    link = FinanceLink(target="afas", export_type="FileBased", nationality="BE", administration="7")
    organisation = an_organisation(code="300", country="BE", finance_link=link, active=False)

    sentences = check_finance_link(the_administration(folder), organisation)

    assert sentences == [
        f"organisation 300, nl: {sentence}"
        for sentence in (
            "code is 300 in the source and 100 in administrations.csv",
            "country is BE in the source and NL in administrations.csv",
            "target of the finance link is afas in the source and books in administrations.csv",
            "nationality of the finance link is BE in the source and NL in administrations.csv",
            "administration code is 7 in the source and 1234567 in administrations.csv",
            "export type is filebased in the source and apibased in exports.csv",
            "not active in the source",
        )
    ]


def test_organisation_without_finance_link_is_refused(folder: Path) -> None:
    sentences = check_finance_link(the_administration(folder), an_organisation())

    assert len(sentences) == 4
    assert all("is empty in the source" in sentence for sentence in sentences)


def test_ended_row_outlives_the_link_that_moved_on(tmp_path: Path) -> None:
    write_folder(tmp_path, {"administrations.csv": [OTHER_ROW.replace("be,200", "be,100")]})
    administration, organisation = the_administration(tmp_path), an_organisation(finance_link=LINK)

    assert check_finance_link(administration, organisation, today=date(2027, 1, 1)) == []
    assert check_finance_link(administration, organisation, today=date(2026, 12, 31)) != []


def test_reading_administrations_needs_no_pandas() -> None:
    code = "import sys, finance_hooks.mapping.administrations; print('pandas' in sys.modules)"

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )

    assert answer.stdout == "False\n"
