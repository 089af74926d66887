"""Browse reports: which rows, which columns, which filters."""

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import (
    TwinfieldClient,
    attributes,
    line,
    plain_sale,
    remarks,
    transaction,
)

H, L = "fin.trs.head.", "fin.trs.line."


def column(field: str, operator: str = "none", start: str = "", end: str = "", visible: str = "true") -> str:
    return (
        f"<column><field>{field}</field><label>x</label><visible>{visible}</visible><ask>true</ask>"
        f"<operator>{operator}</operator><from>{start}</from><to>{end}</to><finderparam/></column>"
    )


def browse(client: TwinfieldClient, code: str, *columns: str) -> Element:
    return client.ask(f'<columns code="{code}">{"".join(columns)}</columns>')


def rows(reply: Element) -> list[list[str | None]]:
    return [[cell.text for cell in row.findall("td")] for row in reply.findall("tr")]


@pytest.fixture
def booked(client: TwinfieldClient) -> TwinfieldClient:
    """Two sales, one of them definitive, and a purchase, on three days."""
    client.number(plain_sale("VF1", freetext2="QUBZ-1"))
    client.advance(3000)
    client.book(plain_sale("VF2", customer="D10046", date="20261104", at_destiny="final"))
    head = {"office": "NL42", "code": "INK", "currency": "EUR", "date": "20260901", "invoicenumber": "A-1"}
    total = line("total", "1600", "credit", "14.45", id="1", dim2="C70060", description="Metaal")
    client.number(transaction(head, total, line("detail", "7220", "debit", "14.45", id="2", dim2="KP40")))
    return client


def test_report_has_heads_rows_and_keys(booked: TwinfieldClient) -> None:
    reply = browse(booked, "020", column(f"{L}invnumber", "equal", "VF1"), column(f"{L}valuesigned"))

    assert attributes(reply) == {"result": "1", "first": "1", "last": "3", "total": "3"}
    assert [attributes(each) | {"field": str(each.text)} for each in reply.findall("th/td")] == [
        {"label": "x", "hideforuser": "false", "type": "String", "field": f"{L}invnumber"},
        {"label": "x", "hideforuser": "false", "type": "Value", "field": f"{L}valuesigned"},
    ]
    assert rows(reply) == [["VF1", "242.00"], ["VF1", "-200.00"], ["VF1", "-42.00"]]
    assert [[each.text for each in key] for key in reply.findall("tr/key")] == [
        ["NL42", "VRK", "202600001", number] for number in "123"
    ]


def test_row_shows_what_recordings_show(booked: TwinfieldClient) -> None:
    fields = [
        f"{H}status", f"{H}date", f"{H}inpdate", f"{H}relation", f"{H}relationname", f"{H}origin",
        f"{L}debitcredit", f"{L}dim1type", f"{L}dim2name", f"{L}freetext2", f"{H}year", f"{H}period",
        "fin.trs.mng.type",
    ]  # fmt: skip
    reply = browse(booked, "030_3", column(f"{H}yearperiod", "between", "2026/10", "2026/10", "false"),
                   *[column(field) for field in fields])  # fmt: skip

    cells = reply.findall("tr[1]/td")
    assert [(each.text, each.get("name")) for each in cells] == [
        ("temporary", "Concept"), ("20261031", "31/10/2026"), ("20261106030000", "06/11/2026 03:00:00"),
        ("D10045", None), ("Restaurant De Proef", None), ("import", "Importeren"), ("debit", "Debet"),
        ("BAS", None), ("Restaurant De Proef", None), ("QUBZ-1", None), ("2026", None), ("10", None),
        ("SALESINVOICE", None),
    ]  # fmt: skip
    assert {each.get("field") for each in cells} == set(fields)


@pytest.mark.parametrize(
    ("code", "columns", "documents"),
    [
        ("020", [column(f"{H}code", "equal", "VRK")], {"VF1", "VF2"}),
        ("020", [column(f"{H}date", "between", "20261101", "20261130")], {"VF2"}),
        ("020", [column(f"{H}yearperiod", "between", "2026/09", "2026/10")], {"VF1", "A-1"}),
        ("020", [column(f"{L}dim2", "between", "D10046", "D10046")], {"VF2"}),
        ("020", [column(f"{L}basevaluesigned", "between", "100", "300")], {"VF1", "VF2"}),
        ("020", [column(f"{H}number", "between", "202600002", "")], {"VF2"}),
        ("020", [column(f"{H}modified", "between", "20261106033000", "20261107")], {"VF2", "A-1"}),
        ("020", [column(f"{H}status", "equal", "final")], {"VF2"}),
        ("020", [column(f"{H}status", "equal", "temporary")], {"VF1", "A-1"}),
        ("020", [column(f"{H}status", "equal", "normal")], {"VF1", "VF2", "A-1"}),
        ("020", [column(f"{H}status", "equal", "draft")], set()),
        ("020", [column(f"{H}office", "equal", "NL43")], set()),
        ("100", [column(f"{L}invnumber", "equal", "VF2")], {"VF2"}),
        ("130_1", [column(f"{H}code", "like", "V*")], {"VF1", "VF2"}),
        ("200", [], {"A-1"}),
        ("230_2", [column(f"{L}openvaluesigned", "between", "-20", "0")], {"A-1"}),
        ("000", [column(f"{L}dim1", "between", "7000", "7999")], {"A-1"}),
        ("000", [column(f"{H}modified", "between", "20261106033000", "")], {"VF2", "A-1"}),
    ],
)
def test_report_is_filtered(
    booked: TwinfieldClient, code: str, columns: list[str], documents: set[str]
) -> None:
    reply = browse(booked, code, *columns, column(f"{L}invnumber"))

    assert {row[-1] for row in rows(reply)} == documents


def test_only_what_is_visible_comes_back(booked: TwinfieldClient) -> None:
    reply = browse(booked, "020", column(f"{H}code", "equal", "INK", visible="false"), column(f"{H}number"))

    assert rows(reply) == [["202600001"], ["202600001"]]


def test_column_without_label_or_operator_is_taken(booked: TwinfieldClient) -> None:
    reply = browse(booked, "020", f"<column><field>{H}number</field><visible>true</visible></column>")

    head = reply.find("th/td")
    assert head is not None
    assert head.get("label") == "Boekst.nr."


def test_unsigned_amounts_stay_empty(booked: TwinfieldClient) -> None:
    assert {row[0] for row in rows(browse(booked, "020", column(f"{L}value")))} == {None}


def test_customer_report_shows_what_is_open(booked: TwinfieldClient) -> None:
    reply = browse(booked, "100", column(f"{L}openbasevaluesigned"), column(f"{L}matchstatus"))

    assert rows(reply) == [["242.00", "available"], ["242.00", "available"]]
    assert [cell.get("name") for cell in reply.findall("tr[1]/td")] == [None, "Beschikbaar"]


@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("030_3", [column(f"{H}code", "equal", "VRK")]),
        ("030_3", [column(f"{L}freetext2", "equal", "QUBZ-1")]),
        ("100", [column(f"{L}matchstatus", "equal", "available")]),
        ("100", [column(f"{L}dim1"), column(f"{L}dim2")]),
        ("020", [column("fin.trs.line.nonsense")]),
        ("020", [column(f"{H}code", "almost", "VRK")]),
        ("020", [column(f"{H}number", "between", "x", "y")]),
        ("999", []),
    ],
)
def test_column_that_cannot_be_filtered_ends_in_a_fault(
    booked: TwinfieldClient, code: str, columns: list[str]
) -> None:
    answer = booked.post(f'<columns code="{code}">{"".join(columns)}</columns>')

    assert answer.status_code == 500
    assert etree.fromstring(answer.content).findtext(".//detail/code") == "100"


def test_filter_that_is_not_allowed_may_be_ignored(booked: TwinfieldClient) -> None:
    booked.switch(unfilterable_column="ignore")

    reply = browse(booked, "030_3", column(f"{H}code", "equal", "INK"))

    assert {row[0] for row in rows(reply)} == {"VRK", "INK"}


def test_free_texts_may_be_missing_from_reports(booked: TwinfieldClient) -> None:
    booked.switch(freetext_in_browse=False)

    assert {row[0] for row in rows(browse(booked, "030_3", column(f"{L}freetext2")))} == {None}


def test_office_without_rights_cannot_be_browsed(booked: TwinfieldClient) -> None:
    answer = booked.post(f'<columns code="020">{column(f"{H}office", "equal", "NL44")}</columns>')

    assert answer.status_code == 403


def test_definition_tells_what_may_be_filtered(client: TwinfieldClient) -> None:
    reply = client.ask("<read><type>browse</type><office>NL42</office><code>020</code></read>")

    asks = {str(each.findtext("field")): each.findtext("ask") for each in reply.iter("column")}
    assert (reply.get("result"), reply.findtext("code")) == ("1", "020")
    assert (asks[f"{L}invnumber"], asks[f"{H}date"], asks[f"{L}description"]) == ("true", "true", "false")
    status = next(each for each in reply.iter("column") if each.findtext("field") == f"{H}status")
    assert (status.findtext("operator"), status.findtext("from"), status.findtext("label")) == (
        "equal", "normal", "Status",
    )  # fmt: skip


def test_definition_that_is_not_there_is_refused(client: TwinfieldClient) -> None:
    client.switch(user_language="en")

    reply = client.ask("<read><type>browse</type><office>NL42</office><code>999</code></read>")

    assert remarks(reply) == [("code", "error", "Browse code 999 does not exist.")]
