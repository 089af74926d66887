"""SOAP as clients write it: forms that are taken, headers, faults."""

import gzip

import pytest
import requests
from lxml import etree

from tests.emulators.twinfield_client import SOAP, TWINFIELD, TwinfieldClient, plain_sale

SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
LIST_OFFICES = "<list><type>offices</type></list>"
LIST_DEBTORS = "<list><type>dimensions</type><dimtype>DEB</dimtype></list>"
STRING = '<ProcessXmlString xmlns="http://www.twinfield.com/"><xmlRequest>{}</xmlRequest></ProcessXmlString>'
DOCUMENT = (
    '<ProcessXmlDocument xmlns="http://www.twinfield.com/"><xmlRequest>{}</xmlRequest></ProcessXmlDocument>'
)
CDATA = STRING.format(f"<![CDATA[{LIST_DEBTORS}]]>")
AS_ELEMENT = DOCUMENT.format('<list xmlns=""><type>dimensions</type><dimtype>DEB</dimtype></list>')


def fault_of(answer: requests.Response) -> tuple[str | None, str | None]:
    root = etree.fromstring(answer.content)
    return root.findtext(".//faultstring"), root.findtext(".//detail/code")


@pytest.mark.parametrize("action", [None, "http://www.twinfield.com/ProcessXmlString", '"quoted"'])
def test_operation_is_taken_from_the_body(client: TwinfieldClient, action: str | None) -> None:
    headers = {"SOAPAction": action} if action else {}

    answer = client.send(client.envelope(CDATA), **headers)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert "D10045" in answer.text


def test_document_may_be_an_element(client: TwinfieldClient) -> None:
    answer = client.send(client.envelope(AS_ELEMENT), "processxml.asmx?wsdl")

    result = etree.fromstring(answer.content).find(f".//{{{TWINFIELD}}}ProcessXmlDocumentResult")
    assert result is not None
    assert result[0].tag == "dimensions"


def test_answer_has_no_prefixes_and_its_document_no_namespace(client: TwinfieldClient) -> None:
    answer = client.send(client.envelope(AS_ELEMENT))

    assert (
        '<ProcessXmlDocumentResponse xmlns="http://www.twinfield.com/"><ProcessXmlDocumentResult>'
        '<dimensions xmlns="" office="NL42" type="DEB" result="1"><dimension name="Restaurant De Proef"'
    ) in answer.text


def test_root_may_stand_in_twinfields_namespace_but_nothing_below(client: TwinfieldClient) -> None:
    below = '<list><type xmlns="">dimensions</type><dimtype xmlns="">DEB</dimtype></list>'

    emptied = client.send(client.envelope(DOCUMENT.format(below)))
    inherited = client.send(client.envelope(DOCUMENT.format(LIST_DEBTORS)))

    assert "D10045" in emptied.text
    assert "Type niet geïmplementeerd." in inherited.text


def test_soap_1_2_is_answered_in_kind(client: TwinfieldClient) -> None:
    answer = client.send(client.envelope(CDATA, soap=SOAP_12))
    refused = client.send(client.envelope(CDATA, header="", soap=SOAP_12))

    assert answer.headers["Content-Type"] == "application/soap+xml; charset=utf-8"
    assert f"{{{SOAP_12}}}Envelope" == etree.fromstring(answer.content).tag
    assert "354" in refused.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_utf_16_may_be_declared_whatever_the_bytes_are(client: TwinfieldClient, encoding: str) -> None:
    content = '<?xml version="1.0" encoding="utf-16"?>' + client.envelope(CDATA)

    assert client.send(content.encode(encoding)).status_code == 200


def test_gzip_is_taken(client: TwinfieldClient) -> None:
    packed = gzip.compress(client.envelope(CDATA).encode())

    assert client.send(packed, **{"Content-Encoding": "gzip"}).status_code == 200


def test_inner_declaration_of_another_encoding_does_no_harm(client: TwinfieldClient) -> None:
    reply = client.ask('<?xml version="1.0" encoding="utf-16"?>' + LIST_DEBTORS)

    assert reply.get("result") == "1"


def test_result_may_begin_with_a_declaration(client: TwinfieldClient) -> None:
    client.switch(result_declaration=True)

    assert '&lt;?xml version="1.0" encoding="utf-16"?&gt;' in client.post(LIST_DEBTORS).text


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no xml",
        "<a/>",
        f'<soap:Envelope xmlns:soap="{SOAP}"/>',
        f'<soap:Envelope xmlns:soap="{SOAP}"><soap:Body/></soap:Envelope>',
        f"{ENTITY}<soap:Envelope xmlns:soap='{SOAP}'><soap:Body><a>&b;</a></soap:Body></soap:Envelope>",
    ],
)
def test_malformed_envelope_is_a_bare_400(client: TwinfieldClient, content: str) -> None:
    answer = client.send(content)

    assert (answer.status_code, answer.content) == (400, b"")


def test_xml_where_text_belongs_is_a_bare_400(client: TwinfieldClient) -> None:
    answer = client.send(client.envelope(STRING.format(LIST_DEBTORS)))

    assert (answer.status_code, answer.content) == (400, b"")


@pytest.mark.parametrize("document", ["", "not xml", "<list>", "<!DOCTYPE a><list/>", "<general/>"])
def test_document_that_is_no_xml_or_unknown_is_fault_187(client: TwinfieldClient, document: str) -> None:
    answer = client.post(document)

    assert (answer.status_code, fault_of(answer)[1]) == (500, "187")


def test_packed_documents_ended(client: TwinfieldClient) -> None:
    body = f'<ProcessXmlCompressed xmlns="{TWINFIELD}"><xmlRequest>AA==</xmlRequest></ProcessXmlCompressed>'

    assert fault_of(client.send(client.envelope(body)))[1] == "186"


def test_body_beyond_the_limit_is_refused(client: TwinfieldClient) -> None:
    client.switch(body_limit_mb=1)

    assert client.send(client.envelope(CDATA) + " " * 1_000_000).status_code == 413


def test_wrong_token_is_fault_354_with_its_reason(client: TwinfieldClient) -> None:
    client.tokens["access_token"] = "wrong"

    answer = client.post(LIST_DEBTORS)

    assert (answer.status_code, answer.reason) == (401, "354 : Access denied. Token invalid.")
    assert fault_of(answer) == ("Access denied. Token invalid.", "354")
    root = etree.fromstring(answer.content)
    assert root.findtext(".//faultcode") == "soap:Client"
    assert root.findtext(".//faultactor") == "http://twinfield.test/webservices/processxml.asmx"
    assert root.findtext(".//detail/source") == "ProcessXmlString"


def test_expired_token_books_nothing_and_a_new_one_does(client: TwinfieldClient) -> None:
    client.advance(3600)
    refused = client.post(f"<transactions>{plain_sale()}</transactions>")
    client.refresh()

    assert refused.status_code == 401
    assert client.books() == []
    assert client.number(plain_sale()) == "202600001"


def test_status_of_faults_may_be_500_for_all(client: TwinfieldClient) -> None:
    client.switch(fault_status="soap")
    client.tokens["access_token"] = "wrong"

    assert client.post(LIST_DEBTORS).status_code == 500


@pytest.mark.parametrize(
    ("office", "status", "code"),
    [(None, 500, "101"), ("", 500, "101"), ("XX", 403, "102"), ("NL44", 403, "102")],
)
def test_company_must_be_in_the_header_and_open_to_the_user(
    client: TwinfieldClient, office: str | None, status: int, code: str
) -> None:
    client.office = office

    answer = client.post(LIST_DEBTORS)

    assert (answer.status_code, fault_of(answer)[1]) == (status, code)


def test_missing_company_is_told_in_the_users_language(client: TwinfieldClient) -> None:
    client.office = None
    dutch = fault_of(client.post(LIST_DEBTORS))[0]
    client.switch(user_language="en")
    english = fault_of(client.post(LIST_DEBTORS))[0]

    assert dutch == "Toegang geweigerd. Company ontbreekt in request header."
    assert english == "Access denied. Company missing in request header."


@pytest.mark.parametrize("office", [None, "NL42"])
def test_offices_are_listed_with_and_without_a_company(client: TwinfieldClient, office: str | None) -> None:
    client.office = office

    reply = client.ask(LIST_OFFICES)

    assert [each.text for each in reply] == ["NL42", "NL43", "BE01"]
    assert reply[0].get("shortname") == "Recycling"


def test_offices_may_be_listed_without_a_company_only(client: TwinfieldClient) -> None:
    client.switch(offices_with_company="refuse")
    refused = client.post(LIST_OFFICES)
    client.office = None

    assert refused.status_code == 403
    assert len(client.ask(LIST_OFFICES)) == 3


def test_company_of_an_offices_list_must_not_be_empty(client: TwinfieldClient) -> None:
    client.office = ""

    assert fault_of(client.post(LIST_OFFICES))[1] == "101"


@pytest.mark.parametrize(("wanted", "status"), [("optional", 200), ("required", 400)])
def test_header_may_need_its_company_id(client: TwinfieldClient, wanted: str, status: int) -> None:
    client.switch(company_id=wanted)
    header = client.header().replace('<CompanyId xsi:nil="true"/>', "")

    answer = client.send(client.envelope(CDATA, header=header))

    assert answer.status_code == status


def test_other_content_types_are_refused(client: TwinfieldClient) -> None:
    assert client.send(client.envelope(CDATA), **{"Content-Type": "application/json"}).status_code == 415


def test_unknown_service_is_not_there(client: TwinfieldClient) -> None:
    assert client.send("", "nothing.asmx").status_code == 404
    assert client.session.get(f"{client.base}/elsewhere", timeout=5).status_code == 404
