"""Reports beside the ledger: what is to be matched, cost centres, order of rows, the list of fields."""

import pytest
from lxml import etree

from tests.emulators.twinfield.test_browse import H, L, browse, column, rows
from tests.emulators.twinfield_client import TwinfieldClient, attributes, plain_sale


@pytest.fixture
def sold(client: TwinfieldClient) -> TwinfieldClient:
    """Three sales, the second of another customer and an earlier day."""
    client.number(plain_sale("VF1"))
    client.number(plain_sale("VF2", customer="D10046", date="20261001"))
    client.advance(60)
    client.number(plain_sale("VF3"))
    return client


def test_report_of_what_is_to_be_matched_has_open_lines_only(sold: TwinfieldClient) -> None:
    own = column(f"{H}status", "equal", "normal", visible="false")
    asked = (own, column(f"{L}matchstatus", "equal", "available"), column(f"{L}openbasevaluesigned"))

    assert rows(browse(sold, "010", *asked)) == [["available", "242.00"]] * 3


def test_filter_that_a_definition_has_itself_may_be_sent_but_no_other(sold: TwinfieldClient) -> None:
    answer = sold.post(f'<columns code="010">{column(f"{H}status", "equal", "final")}</columns>')

    assert etree.fromstring(answer.content).findtext(".//detail/code") == "100"


def test_report_of_cost_centres_has_no_relations(sold: TwinfieldClient) -> None:
    reply = browse(sold, "900", column(f"{H}yearperiod", "between", "2026/10", "2026/10"), column(f"{L}dim2"))

    assert {row[1] for row in rows(reply)} == {"KP30"}


def test_customer_report_is_filtered_by_when_lines_changed(sold: TwinfieldClient) -> None:
    reply = browse(
        sold, "100", column(f"{L}modified", "between", "20261106030030", "20270101"), column(f"{L}invnumber")
    )

    assert [row[1] for row in rows(reply)] == ["VF3"]


def test_ledger_report_shows_five_groups(sold: TwinfieldClient) -> None:
    asked = [column(f"{L}dim1group{number}{rest}") for number in range(1, 6) for rest in ("", "name")]

    assert len(rows(browse(sold, "030_3", *asked))[0]) == 10


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        (f"<field>{H}date</field>", ["VF2", "VF1", "VF3"]),
        (f'<field order="descending">{L}invnumber</field>', ["VF3", "VF2", "VF1"]),
        (f'<field>{L}dim2</field><field order="descending">{H}number</field>', ["VF3", "VF1", "VF2"]),
        ("", ["VF1", "VF2", "VF3"]),
    ],
)
def test_rows_come_in_the_order_asked(sold: TwinfieldClient, sort: str, numbers: list[str]) -> None:
    reply = browse(sold, "100", f"<sort>{sort}</sort>", column(f"{L}invnumber"))

    assert [row[0] for row in rows(reply)] == numbers


@pytest.mark.parametrize("field", ["<field>fin.trs.none</field>", f'<field order="up">{H}date</field>'])
def test_order_that_does_not_exist_ends_in_a_fault(sold: TwinfieldClient, field: str) -> None:
    answer = sold.post(f'<columns code="100"><sort>{field}</sort>{column(f"{L}invnumber")}</columns>')

    assert etree.fromstring(answer.content).findtext(".//detail/code") == "100"


def test_fields_of_reports_are_listed(client: TwinfieldClient) -> None:
    reply = client.ask("<list><type>browsefields</type></list>")

    found = {str(each.findtext("code")): each for each in reply}
    status = found[f"{H}status"]
    assert (reply.tag, attributes(reply)) == ("browsefields", {"result": "1"})
    assert [each.tag for each in status] == ["code", "datatype", "finder", "dropdown", "canorder"]
    assert [(each.text, each.get("name")) for each in status.iter("option")] == [
        ("temporary", "Concept"), ("final", "Definitief"),
    ]  # fmt: skip
    assert [found[f"{L}dim1"].findtext(name) for name in ("datatype", "finder")] == ["String", "DIM"]
