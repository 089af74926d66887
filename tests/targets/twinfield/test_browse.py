from collections.abc import Mapping, Sequence

import pytest
from lxml import etree

from finance_hooks.targets.twinfield.readback import PERIOD, Row, RowsRead, browse_period
from finance_hooks.targets.twinfield.wire import add, read_document_by_parts
from tests.targets.twinfield.test_readback import SALE
from tests.targets.twinfield.test_wire import result


def answered(rows: Sequence[Mapping[str, str]], **attributes: str) -> etree._Element:
    document = etree.Element("browse", attributes or {"result": "1", "total": str(len(rows))})
    add(document, "th")
    for each in rows:
        line = add(document, "tr")
        for name, text in each.items():
            if name != "line":
                add(line, "td", f" {text} ", field=name)
        add(add(line, "key"), "line", each["line"])
    return document


def read_rows(document: etree._Element) -> list[Row]:
    read = RowsRead()
    content = result(etree.tostring(document).decode())
    return read.whole(read_document_by_parts(content, "tr", read.take))


def test_rows_are_read_from_the_answer_with_their_line_numbers() -> None:
    assert read_rows(answered(SALE)) == SALE
    assert read_rows(answered(SALE, result="1")) == SALE


@pytest.mark.parametrize(
    "document",
    [
        answered(SALE, result="1", total="4"),
        answered([], result="0", msg="U hebt geen toegang tot deze administratie."),
        answered([]).makeelement("offices", {"result": "1"}),
        answered([], total="0"),
    ],
)
def test_answer_that_is_not_whole_is_no_empty_ledger(document: etree._Element) -> None:
    with pytest.raises(ValueError, match="ledger"):
        read_rows(document)


def test_question_is_about_provisional_and_final_entries_of_the_periods() -> None:
    columns = browse_period("2026/10")

    asked = {
        column.findtext("field"): (
            column.findtext("operator"),
            column.findtext("from"),
            column.findtext("to"),
        )
        for column in columns
        if column.findtext("ask") == "true"
    }
    assert columns.get("code") == "030_3"
    assert asked == {
        PERIOD: ("between", "2026/10", "2026/10"),
        "fin.trs.head.status": ("equal", "normal", ""),
    }
    assert [column.get("id") for column in columns] == [str(place + 1) for place in range(len(columns))]


def test_question_about_a_piece_names_the_moments_between_which_bookings_were_modified() -> None:
    columns = browse_period("2026/10", ("20261001000000", "20261015120000"))

    (asked,) = [column for column in columns if column.findtext("field") == "fin.trs.head.modified"]
    assert [asked.findtext(name) for name in ("ask", "operator", "from", "to")] == [
        "true",
        "between",
        "20261001000000",
        "20261015120000",
    ]
