"""The finder: codes and names by type and pattern."""

import pytest
import requests
from lxml import etree

from tests.emulators.twinfield_client import TWINFIELD, TwinfieldClient, plain_sale

OWN: dict[str, object] = {"first": 1, "most": 100, "field": 0}


def search(client: TwinfieldClient, kind: str, pattern: str = "*", **given: object) -> requests.Response:
    """Search; `first`, `most` and `field` are the finder's own, everything else is an option."""
    first, most, field = (given.pop(name, default) for name, default in OWN.items())
    pairs = "".join(
        f"<ArrayOfString><string>{name}</string><string>{text}</string></ArrayOfString>"
        for name, text in given.items()
    )
    return client.send(
        client.envelope(
            f'<Search xmlns="{TWINFIELD}"><type>{kind}</type><pattern>{pattern}</pattern>'
            f"<field>{field}</field><firstRow>{first}</firstRow><maxRows>{most}</maxRows><options>{pairs}</options></Search>"
        ),
        "finder.asmx",
        SOAPAction="http://www.twinfield.com/Search",
    )


def found(answer: requests.Response) -> list[tuple[str | None, ...]]:
    root = etree.fromstring(answer.content)
    listed = root.findall(f".//{{{TWINFIELD}}}Items/{{{TWINFIELD}}}ArrayOfString")
    return [tuple(each.text for each in row) for row in listed]


def code_of(answer: requests.Response) -> str | None:
    return etree.fromstring(answer.content).findtext(f".//{{{TWINFIELD}}}Code")


@pytest.mark.parametrize(
    ("kind", "options", "first"),
    [
        ("OFF", {}, ("NL42", "Voorbeeld Recycling B.V.", "NL")),
        ("TRS", {"category": "sales"}, ("VRK", "Verkoopboek")),
        ("TRS", {"hidden": "1", "category": "opening"}, ("BEGINBALANS", "Beginbalans")),
        ("VAT", {"vattype": "purchase"}, ("IH", "BTW Hoog inkoop")),
        ("DIM", {"dimtype": "CRD"}, ("C70007", "Metaalhandel Test B.V.")),
        ("DIM", {"section": "financials", "level": "1"}, ("0200", "Transportmiddelen")),
        ("DIM", {"section": "financials", "dimtype": "DEB"}, ("D10045", "Restaurant De Proef")),
        ("CUR", {}, ("EUR", "Euro")),
        ("DMT", {}, ("BAS", "Balans")),
        ("USR", {}, ("API01", "API Koppeling")),
        ("USR", {"company": "NL43"}, ("API01", "API Koppeling")),
    ],
)
def test_finder_lists_codes_and_names(
    client: TwinfieldClient, kind: str, options: dict[str, str], first: tuple[str, ...]
) -> None:
    assert found(search(client, kind, **options))[0] == first


def test_finder_searches_by_pattern_and_pages(client: TwinfieldClient) -> None:
    by_name = search(client, "DIM", "*metaal*", dimtype="DEB", field=2)
    page = search(client, "DIM", first=2, most=1, dimtype="KPL")

    assert [row[0] for row in found(by_name)] == ["D20007", "D20008"]
    assert [row[0] for row in found(page)] == ["KP20"]
    assert etree.fromstring(page.content).findtext(f".//{{{TWINFIELD}}}TotalRows") == "8"


@pytest.mark.parametrize(
    ("field", "pattern", "codes"),
    [(3, "NL20INGB*", ["D10045"]), (3, "D10045", []), (4, "Dorpsstraat 1*", ["D10045"])],
)
def test_dimensions_are_found_by_bank_account_and_address(
    client: TwinfieldClient, field: int, pattern: str, codes: list[str]
) -> None:
    rows = found(search(client, "DIM", pattern, dimtype="DEB", field=field))

    assert [row[0] for row in rows] == codes


def test_where_nothing_is_found_there_are_no_items(client: TwinfieldClient) -> None:
    data = etree.fromstring(search(client, "DIM", "nowhere").content).find(f".//{{{TWINFIELD}}}data")

    assert data is not None
    assert [etree.QName(each).localname for each in data] == ["TotalRows", "Columns"]


def test_field_and_most_rows_may_be_left_out(client: TwinfieldClient) -> None:
    body = (
        f'<Search xmlns="{TWINFIELD}"><type>CUR</type><pattern>EUR</pattern><firstRow>1</firstRow></Search>'
    )

    assert found(client.send(client.envelope(body), "finder.asmx")) == [("EUR", "Euro")]


def test_finder_shows_hidden_dimensions_when_asked(client: TwinfieldClient) -> None:
    hidden = [row[0] for row in found(search(client, "DIM", "KP9*", dimtype="KPL", includehidden="1"))]

    assert hidden == ["KP90", "KP99"]


def test_finder_tells_what_changed_since(client: TwinfieldClient) -> None:
    client.advance(60)
    client.ask("<dimension><type>KPL</type><code>KP11</code><name>Nieuw</name></dimension>")

    rows = found(search(client, "DIM", modifiedsince="20261106030030"))

    assert rows == [("KP11", "Nieuw")]


def test_finder_lists_open_invoices_by_relation(client: TwinfieldClient) -> None:
    client.number(plain_sale("VF1"))
    client.number(plain_sale("VF2", customer="D10046"))

    rows = found(search(client, "IVT", dim2="D10045"))

    assert rows == [("VF1", "242.00", "D10045", "Restaurant De Proef", "D")]


@pytest.mark.parametrize(
    ("kind", "first", "options", "code"),
    [
        ("XXX", 1, {}, "InvalidFinderType"),
        ("VAT", 1, {"colour": "red"}, "OptionNotAllowed"),
        ("VAT", 1, {"vattype": "both"}, "InvalidEnumerationOptionValue"),
        ("DIM", 1, {"section": "teq", "level": "1"}, "InvalidEnumerationOptionValue"),
        ("DIM", 1, {"section": "teq"}, "OptionLevelMandatoryForSectionTeq"),
        ("DIM", 1, {"level": "one"}, "InvalidIntegerOptionValue"),
        ("DIM", 1, {"includehidden": "yes"}, "InvalidBooleanOptionValue"),
        ("DIM", 1, {"modifiedsince": "soon"}, "InvalidDateTimeOptionValue"),
        ("DIM", 1, {"office": "NL44"}, "NoAccessToOffice"),
        ("CUR", 0, {}, "ParameterTooSmall"),
    ],
)
def test_finder_refuses_with_a_code(
    client: TwinfieldClient, kind: str, first: int, options: dict[str, str], code: str
) -> None:
    assert code_of(search(client, kind, first=first, **options)) == code
