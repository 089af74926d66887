from datetime import date

import pytest
from lxml import etree

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.targets.twinfield import questions
from finance_hooks.targets.twinfield.periods import (
    periods_query,
    read_periods,
    read_years,
    replace_year,
    years_query,
)
from finance_hooks.targets.twinfield.wire import SCHEMA_INSTANCE, TWINFIELD

B = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.PeriodService"


def fields(document: etree._Element) -> list[tuple[str, str | None]]:
    return [(each.tag, each.text) for each in document]


def result(content: str) -> etree._Element:
    return etree.fromstring(f"<Result xmlns='{TWINFIELD}' xmlns:b='{B}'>{content}</Result>")


def period(number: int, ends_on: str | None, is_open: str = "true") -> str:
    ends = f"<b:EndDate>{ends_on}T00:00:00</b:EndDate>" if ends_on else "<b:EndDate/>"
    return f"<b:Period>{ends}<b:Name/><b:Number>{number}</b:Number><b:Open>{is_open}</b:Open></b:Period>"


def found(rows: str, total: int, text: str = "") -> etree._Element:
    said = f"<SearchResult><MessageOfErrorCodes><Text>{text}</Text></MessageOfErrorCodes></SearchResult>"
    return etree.fromstring(
        f"<SearchResponse xmlns='{TWINFIELD}'>{said}<data><TotalRows>{total}</TotalRows>"
        f"<Items>{rows}</Items></data></SearchResponse>"
    )


def test_type_comes_first_in_every_question() -> None:
    assert fields(questions.list_offices()) == [("type", "offices")]
    assert fields(questions.read_office("NL42")) == [("type", "office"), ("office", "NL42"), ("code", "NL42")]
    assert fields(questions.list_dimensions("NL42", "DEB")) == [
        ("type", "dimensions"),
        ("office", "NL42"),
        ("dimtype", "DEB"),
    ]
    assert fields(questions.read_vat("NL42", "VH")) == [("type", "vat"), ("office", "NL42"), ("code", "VH")]


def test_finder_is_asked_in_the_order_of_its_contract() -> None:
    call = questions.search("TRS", {"office": "NL42", "category": "sales"}, first_row=101)

    names = [etree.QName(each).localname for each in call]
    assert names == ["type", "pattern", "field", "firstRow", "maxRows", "options"]
    assert call.findtext(f"{{{TWINFIELD}}}firstRow") == "101"
    pairs = [[each.text for each in pair] for pair in call[5]]
    assert pairs == [["office", "NL42"], ["category", "sales"]]


def test_codes_and_names_are_read_from_the_finder() -> None:
    rows = "<ArrayOfString><string>VRK</string><string>Verkoop</string></ArrayOfString>"

    assert questions.read_found(found(rows, 1)) == (1, {"VRK": "Verkoop"})
    assert questions.read_found(found("", 0)) == (0, {})


def test_finder_that_finds_nothing_has_no_items() -> None:
    nothing = found("", 0)
    data = nothing.find(".//{*}Items/..")
    items = nothing.find(".//{*}Items")
    assert data is not None
    assert items is not None
    data.remove(items)

    assert questions.read_found(nothing) == (0, {})


def test_finder_that_refuses_says_why() -> None:
    with pytest.raises(ValueError, match="No access to office"):
        questions.read_found(found("", 0, "No access to office"))


def test_periods_are_asked_by_the_names_of_the_contract() -> None:
    query = periods_query(2026)

    assert years_query().get(f"{{{SCHEMA_INSTANCE}}}type") == "b:GetYears"
    assert query.get(f"{{{SCHEMA_INSTANCE}}}type") == "b:GetPeriods"
    assert query.nsmap["b"] == B
    assert query.findtext(f"{{{B}}}Year") == "2026"


def test_years_are_read_ascending() -> None:
    years = result("<b:Years xmlns:c='x'><c:int>2026</c:int><c:int>2025</c:int><c:int/></b:Years>")

    assert read_years(years) == [2025, 2026]


def test_period_begins_where_the_one_before_it_ends() -> None:
    content = period(2, "2026-02-28", "false") + period(0, "2026-01-01") + period(1, "2026-01-31")

    read = read_periods(result(f"<b:Periods>{content}{period(55, None)}{period(3, None)}</b:Periods>"), 2026)

    assert read == [
        ChartPeriod(
            fiscal_year=2026, number=1, first_date=date(2026, 1, 1), last_date=date(2026, 1, 31), is_open=True
        ),
        ChartPeriod(
            fiscal_year=2026,
            number=2,
            first_date=date(2026, 2, 1),
            last_date=date(2026, 2, 28),
            is_open=False,
        ),
    ]


def test_periods_of_one_year_take_the_place_of_older_ones() -> None:
    (first,) = read_periods(result(period(1, "2026-01-31")), 2026)
    (closed,) = read_periods(result(period(1, "2026-01-31", "false")), 2026)
    (other,) = read_periods(result(period(1, "2025-01-31")), 2025)

    assert replace_year((first, other), 2026, [closed]) == (other, closed)
