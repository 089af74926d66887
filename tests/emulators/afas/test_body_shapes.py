"""The body of POST FiEntries in every shape the vendor's samples use, and bodies that have none."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.emulators.afas_client import AfasClient, Body, entry, sale, text_of

Change = Callable[[Body], Body]


def same(body: Body) -> Body:
    return body


def element_as_list(body: Body) -> Body:
    return {"FiEntryPar": {"Element": [body["FiEntryPar"]["Element"]]}}


def fields_as_list(body: Body) -> Body:
    element = body["FiEntryPar"]["Element"]
    return {"FiEntryPar": {"Element": element | {"Fields": [element["Fields"]]}}}


def objects_as_object(body: Body) -> Body:
    element = body["FiEntryPar"]["Element"]
    return {"FiEntryPar": {"Element": element | {"Objects": element["Objects"][0]}}}


def numbers_as_texts(body: Body) -> Body:
    def texts(content: Any) -> Any:
        if isinstance(content, dict):
            return {name: texts(each) for name, each in content.items()}
        if isinstance(content, list):
            return [texts(each) for each in content]
        return str(content)

    changed: Body = texts(body)
    return changed


def numbers_for_codes(body: Body) -> Body:
    changed = json.loads(json.dumps(body))
    for line in lines_of(changed):
        line["Fields"]["AcNr"] = int(line["Fields"]["AcNr"])
        line["Fields"]["VaAs"] = int(line["Fields"]["VaAs"])
    return changed  # type: ignore[no-any-return]


def dimensions_as_objects(body: Body) -> Body:
    changed = json.loads(json.dumps(body))
    for line in lines_of(changed):
        if "Objects" in line:
            below = line["Objects"][0]["FiDimEntries"]["Element"][0]
            line["Objects"] = {"FiDimEntries": {"Element": below}}
    return changed  # type: ignore[no-any-return]


def nulls_and_empty_texts(body: Body) -> Body:
    changed = json.loads(json.dumps(body))
    for line in lines_of(changed):
        line["Fields"] |= {"DaEx": None, "Fref": "", "CuId": None}
    return changed  # type: ignore[no-any-return]


def action_in_fields(body: Body) -> Body:
    changed = json.loads(json.dumps(body))
    changed["FiEntryPar"]["Element"]["Fields"]["@Action"] = "insert"
    return changed  # type: ignore[no-any-return]


def times_for_dates(body: Body) -> Body:
    changed = json.loads(json.dumps(body))
    for line in lines_of(changed):
        line["Fields"]["EnDa"] += "T00:00:00"
    return changed  # type: ignore[no-any-return]


def lines_of(body: Body) -> list[Body]:
    found: list[Body] = body["FiEntryPar"]["Element"]["Objects"][0]["FiEntries"]["Element"]
    return found


SHAPES: list[Change] = [
    same,
    element_as_list,
    fields_as_list,
    objects_as_object,
    numbers_as_texts,
    numbers_for_codes,
    dimensions_as_objects,
    nulls_and_empty_texts,
    action_in_fields,
    times_for_dates,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_books_the_same(client: AfasClient, shape: Change) -> None:
    answer = client.send(shape(entry(sale())))

    assert answer.status_code == 201, answer.text
    booked = client.booked()[0]
    assert [(each["account"], each["debit"], each["credit"]) for each in booked["lines"]] == [
        ("1300", "121.00", "0.00"),
        ("8110", "0.00", "100.00"),
        ("1510", "0.00", "21.00"),
    ]
    assert booked["lines"][1]["cost_centre"] == "INZ"


def wrong(path: tuple[Any, ...], content: object) -> Body:
    body: Any = json.loads(json.dumps(entry(sale())))
    place = body["FiEntryPar"]["Element"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = content
    changed: Body = body
    return changed


LINE = ("Objects", 0, "FiEntries", "Element", 0, "Fields")


@pytest.mark.parametrize(
    ("path", "content", "text"),
    [
        (("Fields", "JoCd"), "20", "Het veld 'JoCd' komt niet voor in object 'FiEntryPar'."),
        ((*LINE, "AmDc1"), 1, "Het veld 'AmDc1' komt niet voor in object 'FiEntries'."),
        ((*LINE, "AxC1"), "INZ", "Het veld 'AxC1' komt niet voor in object 'FiEntries'."),
        ((*LINE, "acnr"), "8110", "Het veld 'acnr' komt niet voor in object 'FiEntries'."),
        (("Objects", 0, "FiLines"), {}, "Het object 'FiLines' komt niet voor in deze UpdateConnector."),
        (("Lines",), {}, "Het object 'Lines' komt niet voor in deze UpdateConnector."),
        (("Fields", "Year"), "twenty", "Type mismatch"),
        (("Fields", "Year"), 2026.5, "Type mismatch"),
        ((*LINE, "AmDe"), "121,00", "Type mismatch"),
        ((*LINE, "AmDe"), "1e2", "Type mismatch"),
        ((*LINE, "AmDe"), [121], "Type mismatch"),
        ((*LINE, "EnDa"), "31-10-2026", "Type mismatch"),
        ((*LINE, "EnDa"), "2026-10-31T10:00:00", "Type mismatch"),
        ((*LINE, "BlPa"), "yes", "Type mismatch"),
        (
            (*LINE, "InId"),
            "SI-0000000042",
            "De waarde bij 'Factuurnummer' is te lang (maximaal 12 posities).",
        ),
        (("Fields", "JoCo"), "", "Vul een waarde in bij 'Dagboek'."),
        ((*LINE, "AcNr"), None, "Vul een waarde in bij 'Rekeningnummer'."),
    ],
)
def test_what_does_not_fit_is_refused(
    client: AfasClient, path: tuple[Any, ...], content: object, text: str
) -> None:
    answer = client.send(wrong(path, content))

    assert text_of(answer) == text
    assert client.booked() == []


def test_a_body_that_is_no_json_is_told_so(client: AfasClient) -> None:
    url = f"{client.base}/connectors/FiEntries"
    first = client.session.post(url, data=b"{", timeout=5)
    client.switch(invalid_json_status=500)
    second = client.session.post(url, data=b"", timeout=5)

    assert (first.status_code, first.json()) == (400, {"message": "Invalid json"})
    assert (second.status_code, second.json()) == (500, {"message": "Invalid json"})


@pytest.mark.parametrize(
    "body", [{}, [], {"FiEntries": {}}, {"FiEntryPar": {"Fields": {}}}, {"FiEntryPar": []}]
)
def test_a_body_without_the_expected_frame_is_refused(client: AfasClient, body: object) -> None:
    assert client.send(body).status_code == 500


def test_one_call_holds_one_entry_unless_switched(client: AfasClient) -> None:
    one, two = (entry(sale(number))["FiEntryPar"]["Element"] for number in ("SI-1", "SI-2"))
    body = {"FiEntryPar": {"Element": [one, two]}}

    refused = client.send(body)
    client.switch(several_entries="taken")
    taken = client.send(body)
    again = client.send({"FiEntryPar": {"Element": [entry(sale("SI-3"))["FiEntryPar"]["Element"], two]}})

    assert "precies een element" in text_of(refused)
    assert [each["InId"] for each in taken.json()["results"]["FiEntryPar"]] == ["SI-1", "SI-2"]
    assert "SI-2" in text_of(again)
    assert [each["reference"] for each in client.booked()] == ["SI-1", "SI-2"]


def test_texts_in_another_encoding_arrive_with_question_marks(client: AfasClient) -> None:
    body = json.dumps(entry(sale()), ensure_ascii=False).replace("January", "Café")
    url = f"{client.base}/connectors/FiEntries"

    client.session.post(url, data=body.encode("latin-1"), timeout=5)
    client.session.post(url, data=body.replace("SI-", "SJ-").encode(), timeout=5)

    assert [each["lines"][0]["text"] for each in client.booked()] == ["Caf?", "Café"]


def test_a_text_may_be_cut_instead(client: AfasClient) -> None:
    client.switch(text_too_long="cut")

    answer = client.post(sale("SI-0000000042"))

    assert answer.json()["results"]["FiEntryPar"]["InId"] == "SI-000000004"


def test_a_body_above_75_megabytes_is_too_large(client: AfasClient) -> None:
    answer = client.session.post(f"{client.base}/connectors/FiEntries", data=b" " * 75_000_001, timeout=30)

    assert (answer.status_code, answer.content) == (413, b"")
