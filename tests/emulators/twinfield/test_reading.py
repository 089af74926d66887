"""What is read back: bookings in the spelling of reads, masters, lists."""

import pytest
from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import (
    TwinfieldClient,
    attributes,
    line,
    plain_sale,
    remarks,
    sale,
    transaction,
)


def names(element: Element | None) -> list[str]:
    assert element is not None
    return [str(each.tag) for each in element]


def test_booking_is_read_in_the_spelling_of_reads(client: TwinfieldClient) -> None:
    number = client.number(plain_sale(freetext2="QUBZ-1"))

    read = client.read("VRK", number)

    assert (read.get("location"), read.get("result")) == ("temporary", "1")
    assert names(read.find("header")) == [
        "office", "code", "number", "period", "currency", "regime", "date", "origin", "originreference",
        "modificationdate", "user", "inputdate", "duedate", "invoicenumber", "freetext2",
    ]  # fmt: skip
    total = read.find("lines/line[1]")
    assert total is not None
    assert [total.findtext(name) for name in ("relation", "basevalueopen", "valueopen", "matchstatus")] == [
        "2", "242.00", "242.00", "available",
    ]  # fmt: skip
    account = total.find("dim1")
    assert account is not None
    assert attributes(account) == {"name": "Debiteuren", "shortname": "Debiteuren", "dimensiontype": "BAS"}
    code = read.find("lines/line[2]/vatcode")
    assert code is not None
    assert code.get("type") == "sales"


def test_open_amount_of_a_credit_is_negative(client: TwinfieldClient) -> None:
    head = {"office": "NL42", "code": "INK", "currency": "EUR", "date": "20261031", "invoicenumber": "A-1"}
    total = line("total", "1600", "credit", "14.45", id="1", dim2="C70060")

    number = client.number(transaction(head, total, line("detail", "7220", "debit", "14.45", id="2")))

    assert client.read("INK", number).findtext("lines/line[1]/valueopen") == "-14.45"


def test_journal_line_keeps_invoice_number_and_due_date(client: TwinfieldClient) -> None:
    head = {"office": "NL42", "code": "MEMO", "currency": "EUR", "date": "20261031", "freetext1": "J1"}
    lines = [
        line("detail", "4100", "debit", "75.00", id="1", comment="why"),
        line("detail", "1300", "credit", "75.00", id="2", dim2="D10045", invoicenumber="VF1"),
    ]
    number = client.number(transaction(head, *lines))

    read = client.read("MEMO", number)

    assert read.findtext("header/freetext1") == "J1"
    assert read.findtext("lines/line[1]/comment") == "why"
    assert [read.findtext(f"lines/line[2]/{name}") for name in ("invoicenumber", "duedate", "valueopen")] == [
        "VF1", "20261130", "-75.00",
    ]  # fmt: skip


def test_booking_that_is_not_there_has_result_0(client: TwinfieldClient) -> None:
    assert remarks(client.read("VRK", "202600001")) == [("number", "error", "De boeking bestaat niet.")]


def test_type_must_be_the_first_element(client: TwinfieldClient) -> None:
    number = client.number(plain_sale())

    reply = client.ask(
        f"<read><office>NL42</office><type>transaction</type><code>VRK</code><number>{number}</number></read>"
    )

    assert len(reply) == 0


@pytest.mark.parametrize(
    "document", ["<read><type>weather</type></read>", "<list><type>weather</type></list>"]
)
def test_unknown_type_is_not_implemented(client: TwinfieldClient, document: str) -> None:
    assert remarks(client.ask(document)) == [("type", "error", "Type niet geïmplementeerd.")]


def test_office_is_read_by_its_code_within_its_own_company(client: TwinfieldClient) -> None:
    named = client.ask("<read><type>office</type><office>NL42</office><code>NL42</code></read>")
    client.switch(office_read_by="code")
    short = client.ask("<read><type>office</type><code>NL42</code></read>")

    assert attributes(short) == {"status": "active", "result": "1"}
    assert names(short) == names(named)
    assert [short.findtext(f"general/{name}") for name in ("basecurrency", "demo", "address/country")] == [
        "EUR", "false", "NL",
    ]  # fmt: skip
    assert len(short.findtext("created") or "") == len(short.findtext("modified") or "") == 14
    assert (short.findtext("touched"), short.findtext("user")) == ("0", "API01")


@pytest.mark.parametrize(
    "rest", ["<office>NL42</office>", "<code>NL42</code>", "<code>NL43</code>", "<code>NL44</code>"]
)
def test_office_without_its_code_or_of_another_company_is_denied(client: TwinfieldClient, rest: str) -> None:
    reply = client.ask(f"<read><type>office</type>{rest}</read>")

    assert remarks(reply) == [("office", "error", "U hebt geen toegang tot deze administratie.")]


def test_vat_code_has_its_percentages_by_day(client: TwinfieldClient) -> None:
    vat = client.ask("<read><type>vat</type><office>NL42</office><code>VH</code></read>")

    rows = [
        (each.findtext("date"), each.findtext("percentage"), each.findtext("accounts/account/dim1"))
        for each in vat.findall("percentages/percentage")
    ]
    assert (vat.get("status"), vat.findtext("type")) == ("active", "sales")
    assert rows == [("20010101", "19.000000000", "1530"), ("20121001", "21.000000000", "1530")]


def test_vat_code_says_who_made_it_and_when_as_its_percentages_do(client: TwinfieldClient) -> None:
    vat = client.ask("<read><type>vat</type><office>NL42</office><code>VH</code></read>")

    percentages = vat.findall("percentages/percentage")
    assert [each.findtext("user") for each in (vat, *percentages)] == ["API01"] * 3
    assert all(len(each.findtext("created") or "") == 14 for each in (vat, *percentages))
    assert len(vat.findtext("uid") or "") == 36
    assert [child.tag for child in percentages[0]][-3:] == ["discountaccount", "writeoffaccount", "accounts"]


def test_shifted_code_has_two_accounts_and_an_unknown_one_none(client: TwinfieldClient) -> None:
    shifted = client.ask("<read><type>vat</type><office>NL42</office><code>IVLH</code></read>")
    unknown = client.ask("<read><type>vat</type><office>NL42</office><code>XX</code></read>")

    assert [each.text for each in shifted.iter("dim1")] == ["1520", "1535"]
    assert remarks(unknown) == [("code", "error", "Btw XX bestaat niet of is (nog) niet actief.")]


def test_inactive_code_is_told_as_deleted(client: TwinfieldClient) -> None:
    vat = client.ask("<read><type>vat</type><office>NL42</office><code>VO19</code></read>")

    assert vat.get("status") == "deleted"


@pytest.mark.parametrize(("marker", "last"), [(True, "DEB"), (False, "D40010")])
def test_list_of_dimensions_may_end_with_a_marker_row(
    client: TwinfieldClient, marker: bool, last: str
) -> None:
    client.switch(list_marker_row=marker)

    reply = client.ask("<list><type>dimensions</type><office>NL42</office><dimtype>DEB</dimtype></list>")

    codes = [each.text for each in reply]
    assert (reply.get("office"), reply.get("type"), reply.get("result")) == ("NL42", "DEB", "1")
    assert codes[0] == "D10045"
    assert codes[-1] == last
    assert "D99001" not in codes


@pytest.mark.parametrize(
    ("kind", "root", "code"),
    [("vat", "vats", "VH"), ("currencies", "currencies", "EUR"), ("dimensiontypes", "dimensiontypes", "KPL")],
)
def test_codes_are_listed_with_names(client: TwinfieldClient, kind: str, root: str, code: str) -> None:
    reply = client.ask(f"<list><type>{kind}</type><office>NL42</office></list>")

    assert reply.tag == root
    assert code in [each.text for each in reply]


@pytest.mark.parametrize(
    ("language", "kind", "node", "message"),
    [
        ("nl", "DEB", "code", "Dimensie 00590 bestaat niet."),
        ("en", "DEB", "code", "Dimension 00590 does not exist."),
        ("nl", "BAT", "type", "Dimensietype BAT bestaat niet."),
        ("en", "BAT", "type", "Dimension type BAT does not exist."),
    ],
)
def test_unknown_dimension_is_told_in_the_users_language(
    client: TwinfieldClient, language: str, kind: str, node: str, message: str
) -> None:
    client.switch(user_language=language)

    reply = client.ask(
        f"<read><type>dimensions</type><office>NL42</office><dimtype>{kind}</dimtype><code>00590</code></read>"
    )

    assert (reply.tag, remarks(reply)) == ("dimension", [(node, "error", message)])


@pytest.mark.parametrize(("marker", "last"), [(True, ("KPL", "active")), (False, ("KP99", "hide"))])
def test_dimensions_of_a_type_are_read_without_a_code(
    client: TwinfieldClient, marker: bool, last: tuple[str, str]
) -> None:
    client.switch(list_marker_row=marker)

    reply = client.ask("<read><type>dimensions</type><dimtype>KPL</dimtype></read>")

    assert (reply.tag, attributes(reply)) == ("dimensions", {"result": "1"})
    assert [each.findtext("code") for each in reply][:2] == ["KP10", "KP20"]
    assert names(reply[0])[:4] == ["type", "code", "uid", "name"]
    assert attributes(reply[0]) == {"status": "active"}
    assert (reply[-1].findtext("code"), reply[-1].get("status")) == last
    assert reply[-1].findtext("behaviour") == ("template" if marker else "normal")


def test_office_without_rights_cannot_be_read(client: TwinfieldClient) -> None:
    reply = client.ask("<list><type>dimensions</type><office>NL44</office><dimtype>DEB</dimtype></list>")

    assert remarks(reply) == [("list", "error", "U hebt geen toegang tot deze administratie.")]


def test_invoice_without_a_vat_code_reads_back_without_vat(client: TwinfieldClient) -> None:
    number = client.number(sale(line("detail", "8265", "credit", "27.60", id="2"), gross="27.60"))

    read = client.read("VRK", number)

    assert read.find("lines/line[2]/vatcode") is None
    assert read.findtext("lines/line[1]/vattotal") == "0.00"
