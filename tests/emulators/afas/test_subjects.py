"""Dossier items: a file beside an invoice."""

import base64
from typing import Any

import pytest

from tests.emulators.afas_client import AfasClient, Body, sale, text_of

FILE = base64.b64encode(b"%PDF-1.4").decode()
LINK = {"DoCRM": True, "SfTp": "4", "SfId": "10045", "SiUn": 1, "SiTp": 1, "SiId": "SI-000042"}


def add(client: AfasClient, kind: int = 105, link: Body | None = None, stream: str = FILE) -> Any:
    objects = [
        {"KnSubjectLink": {"Element": {"Fields": LINK if link is None else link}}},
        {"KnSubjectAttachment": {"Element": [{"Fields": {"FileName": "SI.pdf", "FileStream": stream}}]}},
    ]
    element = {"Fields": {"StId": kind, "Ds": "Invoice SI-000042"}, "Objects": objects}
    return client.send({"KnSubject": {"Element": element}}, "KnSubject")


def test_a_file_beside_an_invoice_can_be_read_back(client: AfasClient) -> None:
    client.post(sale())

    number = add(client).json()["results"]["KnSubject"]["SbId"]

    attachment = client.rows("Profit_Subject_Attachments")[0]
    assert (str(attachment["subject_id"]), attachment["file_name"]) == (number, "SI.pdf")
    assert client.rows("Profit_Subjects")[0]["Description"] == "Invoice SI-000042"
    by_subject = client.call(f"SubjectConnector/{number}/{attachment['file_id']}").json()
    assert by_subject == {"filename": "SI.pdf", "mimetype": "application/pdf", "filedata": FILE}
    assert client.call("SubjectConnector/1/x").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "SubjectConnector?SubjectId={subject_id}&FileId={file_id}",
        "FileConnector?fileid={file_id}&filename={file_name}",
        "fileconnector/{file_id}/{file_name}",
        "fileconnector/{file_id}?filenameuri={file_name}",
    ],
)
def test_a_file_has_several_addresses_and_comes_bare_where_asked(client: AfasClient, address: str) -> None:
    client.post(sale())
    add(client)
    path = address.format(**client.rows("Profit_Subject_Attachments")[0])

    wrapped = client.call(path).json()
    bare = client.call(path, headers={"SendFileAsBinary": "1"})

    assert wrapped == {"filename": "SI.pdf", "mimetype": "application/pdf", "filedata": FILE}
    assert (bare.headers["Content-Type"], bare.content) == ("application/pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    "address", ["FileConnector?fileid={file_id}", "FileConnector/{file_id}", "FileConnector"]
)
def test_a_file_is_not_found_without_its_name(client: AfasClient, address: str) -> None:
    client.post(sale())
    add(client)

    path = address.format(**client.rows("Profit_Subject_Attachments")[0])

    assert client.call(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"kind": 99}, "De ingevulde waarde bij 'Type dossieritem' bestaat niet"),
        ({"kind": 106}, "Deze bestemming is niet geldig voor dit type dossieritem"),
        ({"kind": 300}, "Deze bestemming is niet geldig voor dit type dossieritem"),
        ({"link": {"SfTp": "9"}}, "De ingevulde waarde bij 'Type bestemming' bestaat niet"),
        ({"link": {"SfTp": "4", "SfId": "99999"}}, "De ingevulde waarde bij 'Bestemming' bestaat niet"),
        ({"link": {"SiUn": 1, "SiId": "SI-9"}}, "De ingevulde waarde bij 'Verkoopfactuur' bestaat niet"),
        (
            {"kind": -5, "link": {"SiUn": 1, "SiId": "X"}},
            "Deze bestemming is niet geldig voor dit type dossieritem",
        ),
        (
            {"kind": -5, "link": {"PiUn": 1, "PiId": "X"}},
            "De ingevulde waarde bij 'Inkoopfactuur' bestaat niet",
        ),
        ({"stream": "no base64"}, "Type mismatch"),
    ],
)
def test_a_destination_must_be_there_and_fit_the_type(client: AfasClient, asked: Any, text: str) -> None:
    client.post(sale())

    assert text_of(add(client, **asked)) == text
    assert client.rows("Profit_Subjects") == []
