from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.targets.twinfield.wire import (
    FAULT_BYTES_MAX,
    SCHEMA_INSTANCE,
    SOAP,
    TWINFIELD,
    Fault,
    add,
    child_text,
    messages_of,
    name_of,
    read_amount,
    read_body,
    read_date,
    read_document,
    read_document_by_parts,
    read_fault,
    text_of,
    write_amount,
    write_call,
    write_date,
    write_document_call,
    write_query,
)

HEADER = f"{{{SOAP}}}Header/{{{TWINFIELD}}}Header"


def answer(content: str, *, before: str = "") -> bytes:
    return f"{before}<s:Envelope xmlns:s='{SOAP}'><s:Body>{content}</s:Body></s:Envelope>".encode()


def result(content: str) -> bytes:
    return answer(
        f"<ProcessXmlDocumentResponse xmlns='{TWINFIELD}'><ProcessXmlDocumentResult>{content}"
        "</ProcessXmlDocumentResult></ProcessXmlDocumentResponse>"
    )


def test_every_call_bears_token_and_administration() -> None:
    envelope = etree.fromstring(write_document_call(etree.Element("list"), token="t&1", office="NL42"))

    header = envelope.find(HEADER)
    assert header is not None
    assert [(name_of(each), each.text) for each in header] == [
        ("AccessToken", "t&1"),
        ("CompanyCode", "NL42"),
        ("CompanyId", None),
    ]
    assert header[2].get(f"{{{SCHEMA_INSTANCE}}}nil") == "true"


def test_question_about_no_administration_names_none() -> None:
    envelope = etree.fromstring(write_document_call(etree.Element("list"), token="t1", office=None))

    assert envelope.find(f"{HEADER}/{{{TWINFIELD}}}CompanyCode") is None


def test_document_stands_in_the_call_without_a_namespace() -> None:
    document = etree.Element("transactions")
    add(document, "transaction", destiny="final")

    envelope = etree.fromstring(write_document_call(document, token="t1", office="NL42"))

    sent = envelope.find(
        f"{{{SOAP}}}Body/{{{TWINFIELD}}}ProcessXmlDocument/{{{TWINFIELD}}}xmlRequest/transactions"
    )
    assert sent is not None
    assert sent[0].get("destiny") == "final"


def test_other_calls_and_queries_bear_token_and_administration_too() -> None:
    call = etree.fromstring(write_call(etree.Element(f"{{{TWINFIELD}}}Search"), token="t1", office="NL42"))
    query = etree.fromstring(write_query(etree.Element(f"{{{TWINFIELD}}}Query"), token="t1", office="NL42"))

    assert call.findtext(f"{HEADER}/{{{TWINFIELD}}}AccessToken") == "t1"
    header = query.find(f"{{{SOAP}}}Header/{{{TWINFIELD}}}Authentication")
    assert header is not None
    assert [(name_of(each), each.text) for each in header] == [("AccessToken", "t1"), ("CompanyCode", "NL42")]
    assert name_of(read_body(etree.tostring(query))) == "Query"


def test_document_is_taken_out_of_the_answer() -> None:
    assert read_document(result("<offices xmlns='' result='1'/>")).get("result") == "1"


def test_document_that_seems_to_be_in_the_envelopes_namespace_is_read_all_the_same() -> None:
    document = read_document(result("<offices result='1'><office>NL42</office></offices>"))

    assert (document.tag, document.findtext("office")) == ("offices", "NL42")


def test_parts_of_a_document_are_taken_one_by_one_and_are_gone_then() -> None:
    for written in ("<browse xmlns='' result='1'>{}<th/></browse>", "<browse result='1'>{}<th/></browse>"):
        taken: list[str | None] = []
        document = read_document_by_parts(
            result(written.format("<tr><td>1</td></tr> <tr><td>2</td></tr>")),
            "tr",
            lambda part, taken=taken: taken.append(part.findtext("td")),  # type: ignore[misc]
        )

        assert taken == ["1", "2"]
        assert (document.tag, document.get("result")) == ("browse", "1")
        assert [name_of(each) for each in document] == ["th"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Onderhoud</body></html>",
        b"<!DOCTYPE html><html></html>",
        b"{}",
        result("<offices xmlns=''/>")[:-40],
        result(""),
        answer(""),
        answer("<other/>"),
        answer(f"<ProcessXmlDocumentResponse xmlns='{TWINFIELD}'/>"),
        f"<s:Envelope xmlns:s='{SOAP}'/>".encode(),
    ],
)
def test_what_is_no_document_is_refused(content: bytes) -> None:
    for read in (read_document, lambda given: read_document_by_parts(given, "tr", print)):
        with pytest.raises(ValueError, match="answer"):
            read(content)


def test_entities_and_document_types_of_a_stranger_are_not_looked_at() -> None:
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"
    outside = "<!DOCTYPE x SYSTEM 'file:///etc/hostname'>"

    for before in (laughs, outside):
        with pytest.raises(ValueError, match="document type"):
            read_body(answer("<x>&b;</x>" if before is laughs else "<x/>", before=before))
        with pytest.raises(ValueError, match="document type"):
            read_document_by_parts(answer("<x/>", before=before), "tr", print)


def test_fault_is_read_with_its_code_and_words() -> None:
    fault = (
        "<s:Fault><faultcode>soap:Client</faultcode><faultstring>Access denied. Token invalid.</faultstring>"
        "<detail><message>Access denied. Token invalid.</message><code>354</code></detail></s:Fault>"
    )

    assert read_fault(answer(fault)) == Fault(code=354, message="Access denied. Token invalid.")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (answer("<s:Fault><faultstring>Broken</faultstring></s:Fault>"), Fault(code=None, message="Broken")),
        (answer("<s:Fault/>"), Fault(code=None, message="no reason")),
        (answer("<s:Fault><detail><code>x</code></detail></s:Fault>"), Fault(code=None, message="no reason")),
        (answer("<other/>"), None),
        (b"<html>", None),
        (answer("<s:Fault/>" + " " * FAULT_BYTES_MAX), None),
    ],
)
def test_what_is_no_whole_fault_is_read_as_far_as_it_goes(content: bytes, fault: Fault | None) -> None:
    assert read_fault(content) == fault


def test_several_messages_of_one_node_are_told_apart() -> None:
    document = etree.fromstring("<a msg='een // twee  drie'><b msg=''/><c msg='vier'/></a>")

    assert [(node.tag, message) for node, message in messages_of(document)] == [
        ("a", "een"),
        ("a", "twee drie"),
        ("c", "vier"),
    ]


def test_texts_are_read_without_the_blanks_around_them() -> None:
    document = etree.fromstring("<a><b> x </b><c/></a>")

    assert (child_text(document, "b"), child_text(document, "c"), child_text(document, "d")) == (
        "x",
        None,
        None,
    )
    assert text_of(None) is None


@pytest.mark.parametrize(
    ("amount", "text"), [("72.65", "72.65"), ("-0.84", "0.84"), ("0", "0.00"), ("1E+6", "1000000.00")]
)
def test_amounts_are_written_without_sign_and_to_the_cent(amount: str, text: str) -> None:
    assert write_amount(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("text", "amount"), [("72.65", "72.65"), ("-1", "-1.00"), (None, "0.00"), ("", "0.00")]
)
def test_amounts_are_read_to_the_cent(text: str | None, amount: str) -> None:
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["20261015", "2026-10-15T00:00:00"])
def test_dates_are_read_in_both_of_twinfields_forms(text: str) -> None:
    assert read_date(text) == date(2026, 10, 15)
    assert write_date(date(2026, 10, 15)) == "20261015"


def test_answer_that_is_a_part_itself_is_no_document() -> None:
    with pytest.raises(ValueError, match="no SOAP answer"):
        read_document_by_parts(b"<tr/>", "tr", print)
