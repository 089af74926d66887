"""Mapping files are read strictly, and everything wrong with them is named in one pass."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.errors import ConfigurationError
from tests.mapping.examples import ADMINISTRATION_ROW, ROWS, the_administration, write_folder

JOURNAL_HEADER = "administration,document_type,valid_from,valid_until,journal,note"
OTHER_ROW = "other,200,qubz_default,books,books_nl,7654321,BE,2026-01-01,,,park,"


def problems_of(folder: Path, name: str, *rows: str) -> list[str]:
    write_folder(folder, {name: rows})
    return [str(problem) for problem in check_mappings(folder)]


def read(folder: Path, rows: dict[str, Iterable[str]]) -> None:
    write_folder(folder, rows)
    read_tables(the_administration(folder), folder)


def test_good_files_have_no_problems(folder: Path) -> None:
    assert check_mappings(folder) == []


@pytest.mark.parametrize(
    ("name", "row", "problem"),
    [
        ("books/journals.csv", "nl,receipt,,,VRK,", "document_type 'receipt' is not one of sales_invoice"),
        ("books/journals.csv", "nl,memorial/us,,,VRK,", "has no currency of three capitals after the slash"),
        ("books/journals.csv", "nl,memorial,,,,", "journal is empty"),
        ("books/journals.csv", "nl,memorial, 2026-01-01,,MEM,", "valid_from ' 2026-01-01' is no date like"),
        ("books/journals.csv", "nl,memorial,2026-02-30,,MEM,", "does not exist in the calendar"),
        ("books/journals.csv", "nl,memorial,20260101,,MEM,", "valid_from '20260101' is no date like"),
        ("books/journals.csv", "nl,memorial,2026-02-01,2026-01-31,MEM,", "lies before valid_from 2026-02-01"),
        ("books/journals.csv", "nl,memorial,,, MEM,", "journal ' MEM' has spaces around it"),
        ("books/journals.csv", "nl,memorial,,,M\x07M,", "holds a control character"),
        ("books/journals.csv", ",memorial,,,MEM,", "administration is empty"),
        ("books/journals.csv", "nll,memorial,,,MEM,", "administration nll has no row in administrations.csv"),
        ("books/journals.csv", "nl,memorial,,,MEM", "the line has 5 cells, not 6"),
        ("books/journals.csv", "nl,memorial,,,MEM,,", "the line has 7 cells, not 6"),
        ("books/journals.csv", "", "the line has 0 cells, not 6"),
        ("books/journals.csv", 'nl,memorial,,,MEM,"note', "a quote is not closed in this line"),
        ("books/vat_codes.csv", "nl,V,,,high,,,,V,,,,", "treatment 'high' is not one of standard"),
        ("books/vat_codes.csv", "nl,V,,,,both,,,V,,,,", "direction 'both' is not one of sales, purchase"),
        ("books/vat_codes.csv", "nl,V,,,,,21.0,,V,,,,", "rate '21.0' is no percentage like 21 or 5.5"),
        ("books/vat_codes.csv", "nl,V,,,,,21%,,V,,,,", "rate '21%' is no percentage like 21 or 5.5"),
        ("books/vat_codes.csv", "nl,V,,,,,,nl,V,,,,", "country 'nl' is no country of two capitals"),
        ("books/parties.csv", "nl,1,customer,1,", "role 'customer' is not one of debtor, creditor"),
        ("books/parties.csv", "nl,*,debtor,10045,", "target_party '10045' is no pattern like {number}"),
        ("books/parties.csv", "nl,1,debtor,{number},", "a pattern, which belongs in a row with party *"),
        ("qubz/article_accounts.csv", "100,,,8000,", "article and activity are both empty"),
        ("qubz/article_accounts.csv", "300,LED,,8000,", "organisation 300 has no row in administrations.csv"),
        ("qubz/article_accounts.csv", "*,LED,,8000,", "organisation * has no row in administrations.csv"),
    ],
)
def test_fault_is_named_with_its_line(tmp_path: Path, name: str, row: str, problem: str) -> None:
    good = ROWS[name][0]

    problems = problems_of(tmp_path, name, good, row, good.replace("nl,sales_invoice", "nl,memorial/USD"))

    named = [one for one in problems if problem in one]
    assert len(named) == 1
    assert named[0].startswith(f"{name}, line 3")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (f"\ufeff{JOURNAL_HEADER}\n".encode(), "the file begins with a byte order mark (BOM); save it as"),
        (JOURNAL_HEADER.replace(",", ";").encode(), "the cells are separated by semicolons"),
        (b"administration,journal,note,note\n", "the header names note more than once"),
        (
            b"Administration,document_type\n",
            "the header is Administration,document_type; the first line must",
        ),
        (b"", "the header is empty"),
        (f"{JOURNAL_HEADER}\nnl,memorial,,,MEM,caf\xe9\n".encode("latin-1"), "line 2: the file is not UTF-8"),
        (None, "the file is missing; add it with header administration,document_type"),
    ],
)
def test_fault_of_a_whole_file_is_named(folder: Path, content: bytes | None, problem: str) -> None:
    path = folder / "books" / "journals.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)

    problems = check_mappings(folder)

    assert len(problems) == 1
    assert problem in str(problems[0])


def test_folder_in_place_of_a_file_is_named(folder: Path) -> None:
    path = folder / "books" / "journals.csv"
    path.unlink()
    path.mkdir()

    assert "the file cannot be read" in str(check_mappings(folder)[0])


def test_windows_line_ends_and_quoted_commas_are_read(tmp_path: Path) -> None:
    write_folder(tmp_path)
    content = f'{JOURNAL_HEADER}\r\nnl,memorial,,,MEM,"one, two"\r\n'
    (tmp_path / "books" / "journals.csv").write_bytes(content.encode())

    assert check_mappings(tmp_path) == []


def test_file_of_cost_units_may_be_absent(folder: Path) -> None:
    (folder / "books" / "cost_units.csv").unlink()

    assert check_mappings(folder) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nl,8000,,,1,", "nl,8000,,,1,"),
        ("nl,8000,,,1,", "nl,8000,2026-01-01,2026-12-31,2,"),
        ("nl,8000,,2026-06-30,1,", "nl,8000,2026-06-30,,2,"),
        ("*,8000,2026-01-01,,1,", "*,8000,2025-01-01,2026-01-01,2,"),
    ],
)
def test_rows_that_would_both_apply_are_named(tmp_path: Path, first: str, second: str) -> None:
    problems = problems_of(tmp_path, "books/ledger_accounts.csv", first, second)

    assert len(problems) == 1
    assert "line 3" in problems[0]
    assert "8000 stands on line 2 too" in problems[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nl,8000,,2026-06-30,1,", "nl,8000,2026-07-01,,2,"),
        ("nl,8000,,,1,", "*,8000,,,2,"),
        ("nl,8000,,,1,", "nl,08000,,,2,"),
    ],
)
def test_rows_that_never_apply_together_are_fine(tmp_path: Path, first: str, second: str) -> None:
    assert problems_of(tmp_path, "books/ledger_accounts.csv", first, second) == []


def test_vat_rows_clash_unless_a_filled_condition_tells_them_apart(tmp_path: Path) -> None:
    by_direction = ("nl,VERL,,,,sales,,,5,,,,", "nl,VERL,,,,purchase,,,20,,,,")
    by_nothing = ("nl,VERL,,,,sales,,,5,,,,", "nl,VERL,,,,,21,,20,,,,")

    assert problems_of(tmp_path, "books/vat_codes.csv", *by_direction) == []
    assert "VERL stands on line 2 too" in problems_of(tmp_path, "books/vat_codes.csv", *by_nothing)[0]


def test_duplicate_party_and_article_are_named(tmp_path: Path) -> None:
    parties = problems_of(tmp_path, "books/parties.csv", "nl,1,debtor,D1,", "nl,1,debtor,D2,")
    write_folder(tmp_path)
    articles = problems_of(tmp_path, "qubz/article_accounts.csv", "100,A,,8000,", "100,A,,8010,")

    assert "1 debtor stands on line 2 too" in parties[0]
    assert "A stands on line 2 too" in articles[0]


def test_all_problems_of_all_files_come_in_one_pass(tmp_path: Path) -> None:
    write_folder(
        tmp_path,
        {
            "administrations.csv": (ADMINISTRATION_ROW.replace("2026-01-01", "soon"), "bad,200"),
            "books/journals.csv": ("nl,receipt,,,VRK,", "nl,memorial,x,,,"),
            "books/vat_codes.csv": ("nl,V,,,high,,,,,,,,",),
            "qubz/article_accounts.csv": ("100,,,,",),
        },
    )

    problems = check_mappings(tmp_path)

    assert [(problem.file, problem.line) for problem in problems] == [
        ("administrations.csv", 2),
        ("administrations.csv", 3),
        ("books/journals.csv", 2),
        ("books/journals.csv", 3),
        ("books/journals.csv", 3),
        ("books/vat_codes.csv", 2),
        ("books/vat_codes.csv", 2),
        ("qubz/article_accounts.csv", 2),
        ("qubz/article_accounts.csv", 2),
    ]


def test_tables_with_a_problem_are_refused_with_the_whole_list_but_for_rows_of_others(tmp_path: Path) -> None:
    both = {"administrations.csv": [ADMINISTRATION_ROW, OTHER_ROW]}
    journals = ["nl,receipt,,,VRK,", "other,receipt,,,VRK,", "other"]
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path, {**both, "books/journals.csv": journals, "books/parties.csv": ["*,*,debtor,x,"]})

    assert "books/journals.csv, line 2, nl: document_type 'receipt'" in str(refused.value)
    assert "books/parties.csv, line 2, *: target_party 'x'" in str(refused.value)
    assert "other" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("books/ledger_accounts.csv", "nl,8000,,,,"),
        ("books/ledger_accounts.csv", "*,8000,,,,"),
        ("books/ledger_accounts.csv", "nll,8000,,,8000,"),
        ("books/ledger_accounts.csv", ",8000,,,8000,"),
        ("books/ledger_accounts.csv", "nl"),
        ("qubz/article_accounts.csv", "100,,,8000,"),
        ("qubz/article_accounts.csv", ",LED,,8000,"),
    ],
)
def test_problem_that_may_concern_the_books_stops_them(tmp_path: Path, name: str, row: str) -> None:
    with pytest.raises(ConfigurationError):
        read(tmp_path, {"administrations.csv": [ADMINISTRATION_ROW, OTHER_ROW], name: [row]})


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("books/ledger_accounts.csv", "other,8000,,,,"),
        ("books/ledger_accounts.csv", "bad,8000,,,,"),
        ("qubz/article_accounts.csv", "200,,,8000,"),
        ("qubz/article_accounts.csv", "300,LED,,8000,"),
    ],
)
def test_problem_of_other_books_does_not_stop_these(tmp_path: Path, name: str, row: str) -> None:
    read(tmp_path, {"administrations.csv": [ADMINISTRATION_ROW, OTHER_ROW, "bad,300"], name: [row]})

    assert len(check_mappings(tmp_path)) == 2


def test_codes_stay_text(tmp_path: Path) -> None:
    write_folder(tmp_path, {"books/cost_centres.csv": ["nl,0800,,,NA,", "nl,1E5,,,null,", "nl,true,,,1.0,"]})

    tables = read_tables(the_administration(tmp_path), tmp_path)

    frame = tables.frames["cost_centres.csv"]
    assert frame["source_code"].tolist() == ["0800", "1E5", "true"]
    assert frame["target_code"].tolist() == ["NA", "null", "1.0"]


def test_row_with_a_malformed_date_clashes_with_none(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "books/ledger_accounts.csv", "nl,8000,soon,,1,", "nl,8000,,,2,")

    assert len(problems) == 1
    assert "valid_from 'soon' is no date" in problems[0]
