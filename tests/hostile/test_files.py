"""A file that somebody lays down broken is named with its line, and never takes the DAGs along."""

from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.rows import read_rows
from finance_hooks.mapping.schemas import LEDGER_ACCOUNTS
from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.audit_file import AuditFile
from tests.mapping.examples import the_administration, write_folder
from tests.posting.test_audit_file import BEGIN, BOOKING

HEADER = ",".join(LEDGER_ACCOUNTS.header)
ROW = "nl,8000,,,8000,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


def problems_of(folder: Path, content: bytes) -> list[str]:
    path = folder / "books" / "ledger_accounts.csv"
    path.write_bytes(content)
    _, problems = read_rows(path, LEDGER_ACCOUNTS)
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"\ufeff{HEADER}\n{ROW}\n".encode(), "byte order mark"),
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "not UTF-8"),
        (f"{HEADER}\nnl,8000,,,8000,caf\u00e9\n".encode("latin-1"), "line 2: the file is not UTF-8"),
        (f"{HEADER}\r{ROW}\r".encode(), "line 1: the header is"),
        (f"{'x' * 200_000}\n{ROW}\n".encode(), "line 1: the header is"),
        (f'"{HEADER}\n{ROW}\n'.encode(), "line 1: the header is"),
        (f"{HEADER},{LEDGER_ACCOUNTS.header[0]}\n".encode(), "more than once"),
        (HEADER.replace(",", ";").encode(), "semicolons"),
        (f"{HEADER}\n{ROW},\n".encode(), "line 2, nl: the line has 7 cells"),
        (f"{HEADER}\nnl,8000\n".encode(), "line 2, nl: the line has 2 cells"),
        (f'{HEADER}\nnl,"8000,,,8000,\n'.encode(), "line 2: a quote is not closed"),
        (f"{HEADER}\nnl,{'8' * 200_000},,,8000,\n".encode(), "a cell has no end"),
        (b"\x00" * 10, "the header is"),
    ],
)
def test_broken_file_is_named_with_its_line_and_what_is_wrong(
    folder: Path, content: bytes, said: str
) -> None:
    (problem,) = problems_of(folder, content)

    assert said in problem
    assert problem.isprintable()


@pytest.mark.parametrize("code", ["80\x0000", "80\u202e00", "80\x8500", "80\uffff", "80\x1b"])
def test_code_that_cannot_be_printed_is_refused(folder: Path, code: str) -> None:
    (folder / "books" / "ledger_accounts.csv").write_text(f"{HEADER}\nnl,8000,,,{code},\n", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="holds a control character"):
        read_tables(the_administration(folder), folder)


@pytest.mark.parametrize("code", ["=1+1", "+8000", "-8000", "@8000", "=cmd|' /C calc'!A0"])
def test_formula_in_a_cell_is_a_code_like_any_other(folder: Path, code: str) -> None:
    path = folder / "books" / "ledger_accounts.csv"
    path.write_text(f"{HEADER}\nnl,{code},,,{code},\n", encoding="utf-8")

    tables = read_tables(the_administration(folder), folder)

    assert tables[LEDGER_ACCOUNTS]["target_account"].tolist() == [code]


def test_rows_that_were_pasted_in_many_times_are_each_named_once(folder: Path) -> None:
    again = 20_000
    (folder / "books" / "ledger_accounts.csv").write_text(
        "\n".join([HEADER, *[ROW] * again]), encoding="utf-8"
    )

    problems = check_mappings(folder)

    assert len(problems) == again - 1
    assert {problem.what.words("en") for problem in problems} == {"8000 stands on line 2 too"}


@pytest.mark.parametrize("content", [b"\r" * 3, b"x" * 200_000, b"\x00", b"\xff\xfe", b'"', b""])
def test_administrations_that_nobody_can_read_are_one_row_that_says_so(folder: Path, content: bytes) -> None:
    (folder / "administrations.csv").write_bytes(content)

    (row,) = read_administrations(folder)

    assert (row.sync_id, row.administration) == ("configuration", None)
    assert row.problems


@pytest.mark.parametrize("amount", ["1e400", "1E+16", "9" * 26, "0." + "1" * 26, "sNaN", "1,50", "\u0661,0"])
def test_amount_of_an_audit_file_that_could_not_be_added_exactly_is_named(
    tmp_path: Path, amount: str
) -> None:
    path = tmp_path / "books.xaf"
    path.write_text(f"{BEGIN}{BOOKING.format(amount=amount, side='D')}</auditfile>", encoding="utf-8")

    with pytest.raises(ConfigurationError, match="booking 70 1"):
        list(AuditFile(path).transactions())


def test_namespace_of_an_audit_file_may_be_anything(tmp_path: Path) -> None:
    path = tmp_path / "books.xaf"
    path.write_text(
        f"<auditfile xmlns='urn:x'>{BOOKING.format(amount='1.00', side='D')}</auditfile>", encoding="utf-8"
    )
    file = AuditFile(path)

    assert len(list(file.transactions())) == 1
    assert file.version == "urn:x"
