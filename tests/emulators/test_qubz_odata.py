"""The OData flavour of the finance export, rule by rule."""

import pytest
from werkzeug.test import Client

from emulators.qubz.app import QubzEmulator
from tests.emulators.qubz_client import KEY, ODATA, entities, get

READY = "ExportStatus eq Finance.ExportStatus'Ready'"


def ids(page: dict[str, list[dict[str, int]]]) -> list[int]:
    return [row["Id"] for row in page["value"]]


def test_the_delta_request_of_a_client_is_answered(qubz: QubzEmulator) -> None:
    page = entities(
        qubz,
        "SalesInvoices",
        filter=f"{READY} and ChangedDate gt 2026-11-05T00:00:00Z and Organisation eq '200'",
        expand="Lines,VatBreakdown",
        orderby="ChangedDate,Id",
        top="500",
        count="true",
    )

    assert page["@odata.count"] == 1
    assert ids(page) == [910140]
    assert len(page["value"][0]["Lines"]) == 1
    assert "@odata.nextLink" not in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("InvoiceDate ge 2026-11-05 and Organisation eq '200'", [910140]),
        ("InvoiceDate le 2026-10-30T00:00:00Z and Organisation eq '200'", [910103, 910104, 910106]),
        ("Id eq 900101 or Id eq 900102", [900101, 900102]),
        ("(Id eq 900101 or Id eq 900102) and TotalNet gt 1000", [900102]),
        ("OriginalInvoiceNumber ne null and Organisation eq '200'", [910140]),
        ("DocumentType eq Finance.DocumentType'SalesProForma' and Organisation eq '100'", [900206]),
    ],
)
def test_filters_compare_dates_numbers_texts_and_members(
    qubz: QubzEmulator, text: str, found: list[int]
) -> None:
    assert ids(entities(qubz, "SalesInvoices", filter=text, orderby="Id")) == found


@pytest.mark.parametrize(
    "text",
    ["ExportStatus eq 'Ready'", "Id eq", "Id is 3", "(Id eq 1", "Id eq 1 Id eq 2", "Id eq ;", "Id eq Other"],
)
def test_a_filter_that_is_not_understood_is_refused(qubz: QubzEmulator, text: str) -> None:
    answer = get(qubz, f"{ODATA}/SalesInvoices", **{"$filter": text})

    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["code"] == "400"


def test_lines_come_only_when_expanded(qubz: QubzEmulator) -> None:
    bare = entities(qubz, "SalesInvoices", top="1")["value"][0]
    chosen = entities(qubz, "SalesInvoices", top="1", select="Id,ChangedDate", expand="Lines")["value"][0]

    assert not {"Lines", "VatBreakdown"} & set(bare)
    assert set(chosen) == {"Id", "ChangedDate", "Lines"}
    assert get(qubz, f"{ODATA}/SalesInvoices", **{"$expand": "Payments"}).status_code == 400


@pytest.mark.parametrize("moves", ["still", "inserted"])
def test_next_links_lead_through_all_pages(qubz: QubzEmulator, moves: str) -> None:
    qubz.switches.move({"odata_page_size": 10, "between_pages": moves})
    everything = int(get(qubz, f"{ODATA}/SalesInvoices/$count").text)

    page = entities(qubz, "SalesInvoices", orderby="Id desc")
    seen = ids(page)
    while "@odata.nextLink" in page:
        page = Client(qubz).get(page["@odata.nextLink"], headers=KEY).get_json()
        seen += ids(page)

    assert sorted(seen, reverse=True) == seen
    assert len(set(seen)) == everything
    assert (len(seen) > everything) is (moves == "inserted")


def test_top_and_skip_hold_over_the_pages_of_the_server(qubz: QubzEmulator) -> None:
    qubz.switches.move({"odata_page_size": 10})
    ordered = [900101, 900102, 900103, 900104]

    assert ids(entities(qubz, "SalesInvoices", orderby="Id", top="2", skip="2")) == ordered[2:]
    first = entities(qubz, "SalesInvoices", orderby="Id", top="12", skip="1")
    assert len(first["value"]) == 10
    second = Client(qubz).get(first["@odata.nextLink"], headers=KEY).get_json()
    assert len(second["value"]) == 2
    assert "@odata.nextLink" not in second


def test_one_entity_is_found_by_its_key(qubz: QubzEmulator) -> None:
    assert get(qubz, f"{ODATA}/SalesInvoices(900101)").get_json()["InvoiceNumber"] == "2026100123"
    assert get(qubz, f"{ODATA}/Relations('10045')").get_json()["Name"] == "Restaurant De Proef"
    assert get(qubz, f"{ODATA}/SalesInvoices(1)").status_code == 404


def test_an_entity_takes_a_write_back(qubz: QubzEmulator) -> None:
    answer = Client(qubz).patch(
        f"{ODATA}/SalesInvoices(900101)", json={"ExportStatus": "Exported", "ExternalId": "a1"}, headers=KEY
    )

    assert answer.status_code == 204
    assert get(qubz, f"{ODATA}/SalesInvoices(900101)").get_json()["ExportStatus"] == "Exported"


def test_rows_move_between_odata_pages_too(qubz: QubzEmulator) -> None:
    qubz.switches.move({"between_pages": "inserted"})

    first = ids(entities(qubz, "SalesInvoices", orderby="Id", top="5"))
    second = ids(entities(qubz, "SalesInvoices", orderby="Id", top="5", skip="5"))

    assert second[0] == first[-1]
