import pytest

from finance_hooks.targets.accountview.pages import by_page, read_pages
from tests.targets.accountview.page_rows import SALE, header, ledger_row, line


def test_lines_go_with_their_header() -> None:
    tables = {
        "DJ_PAGE": [header(), header(PAGE_NR="18", DJ_PAGE_ID=1)],
        "DJ_LINE": [line(DJ_PAGE_ID=1, ACCT_NR="8120"), line(), line(DJ_PAGE_ID=1)],
    }

    first, second = read_pages(tables)

    assert [row["ACCT_NR"] for row in first.lines] == ["8110"]
    assert [row["ACCT_NR"] for row in second.lines] == ["8120", "8110"]


def test_answer_without_tables_holds_no_pages() -> None:
    assert list(read_pages({})) == []


@pytest.mark.parametrize(
    "tables",
    [
        {"DJ_PAGE": [header()], "DJ_LINE": [line(DJ_PAGE_ID=5)]},
        {"DJ_PAGE": [header(), header(PAGE_NR="18")], "DJ_LINE": []},
    ],
)
def test_lines_that_belong_to_no_or_to_two_headers_are_no_answer(
    tables: dict[str, list[dict[str, object]]],
) -> None:
    with pytest.raises(ValueError, match="header"):
        list(read_pages(tables))


def test_ledger_rows_go_with_their_page_and_count_once() -> None:
    other = ledger_row("8110", "-1.00", PAGE_NR="170", DJ_CODE="vrk")

    found = by_page([*SALE, SALE[0], other])

    assert {key: len(rows) for key, rows in found.items()} == {("VRK", "17"): 3, ("vrk", "170"): 1}
