"""Dimensions that are sent: created, changed, hidden, refused."""

import pytest
from lxml.etree import _Element as Element

from tests.emulators.twinfield_client import TwinfieldClient, attributes, plain_sale, remarks

JANSEN = (
    '<dimension status="active"><office>NL42</office><type>DEB</type><code>D20017</code>'
    "<name>Bouwbedrijf Jansen</name><financials><duedays>21</duedays><substitutewith>1300</substitutewith>"
    "<payavailable>false</payavailable><meansofpayment>none</meansofpayment><ebilling>false</ebilling>"
    '</financials><addresses><address type="invoice" default="true"><name>Bouwbedrijf Jansen</name>'
    "<country>NL</country><city>Almere</city><postcode>1311AA</postcode><email>ap@example.org</email>"
    "<field2>Kade 4</field2><field4>NL111222333B01</field4></address></addresses><banks>"
    '<bank default="true"><ascription>Jansen</ascription><iban>NL02ABNA0123456789</iban></bank></banks>'
    "</dimension>"
)


def deb(*fields: str, code: str = "D20017", name: str = "Jansen", status: str = "active") -> str:
    return (
        f'<dimension status="{status}"><office>NL42</office><type>DEB</type><code>{code}</code>'
        f"<name>{name}</name>{''.join(fields)}</dimension>"
    )


def read(client: TwinfieldClient, kind: str, code: str) -> Element:
    return client.ask(
        f"<read><type>dimensions</type><office>NL42</office><dimtype>{kind}</dimtype><code>{code}</code></read>"
    )


def test_new_relation_comes_back_as_it_is_kept(client: TwinfieldClient) -> None:
    reply = client.ask(JANSEN)

    assert (reply.tag, reply.get("status"), reply.get("result")) == ("dimension", "active", "1")
    assert [reply.findtext(name) for name in ("code", "name", "inuse", "touched")] == [
        "D20017", "Bouwbedrijf Jansen", "false", "0",
    ]  # fmt: skip
    assert reply.findtext("financials/matchtype") == "customersupplier"
    assert reply.findtext("financials/duedays") == "21"
    account = reply.find("financials/substitutewith")
    assert account is not None
    assert attributes(account) == {"name": "Debiteuren", "shortname": "Debiteuren", "dimensiontype": "BAS"}
    assert reply.findtext("addresses/address/field2") == "Kade 4"
    assert reply.findtext("banks/bank/iban") == "NL02ABNA0123456789"
    assert read(client, "DEB", "D20017").findtext("addresses/address/city") == "Almere"


def test_new_relation_can_be_booked_on(client: TwinfieldClient) -> None:
    client.ask(JANSEN)

    booked = client.book(plain_sale(customer="D20017"))[0]

    assert booked.findtext("header/duedate") == "20261121"


def test_own_code_makes_it_an_upsert(client: TwinfieldClient) -> None:
    first = client.ask(JANSEN)
    second = client.ask(deb(name="Jansen B.V."))

    assert (second.findtext("name"), second.findtext("touched")) == ("Jansen B.V.", "1")
    assert second.findtext("uid") == first.findtext("uid")
    assert second.findtext("financials/duedays") == "21"
    assert second.findtext("addresses/address/city") == "Almere"


def test_empty_element_clears_and_an_absent_one_leaves(client: TwinfieldClient) -> None:
    client.ask(deb("<website>https://jansen.example.org</website><cocnumber>12345678</cocnumber>"))

    reply = client.ask(deb("<website/>"))

    assert (reply.findtext("website"), reply.findtext("cocnumber")) == ("", "12345678")


def test_batch_keeps_what_is_right(client: TwinfieldClient) -> None:
    reply = client.ask(f"<dimensions>{deb()}{deb(code='X1')}</dimensions>")

    assert (reply.get("result"), [each.get("result") for each in reply]) == ("0", ["1", "0"])
    assert remarks(reply) == [
        ("code", "error", "De code voldoet niet aan het formaat D[0-9][0-9][0-9][0-9][0-9].")
    ]


@pytest.mark.parametrize(
    ("sent", "node", "message"),
    [
        (
            deb("<inuse>true</inuse>"),
            "inuse",
            "Ongeldige XML - Het element 'inuse' mag niet worden aangeleverd.",
        ),
        (
            deb("<colour>red</colour>"),
            "colour",
            "Ongeldige XML - Het element 'colour' mag niet worden aangeleverd.",
        ),
        (deb(name=""), "name", "Naam moet worden ingevuld."),
        (
            deb("<financials><substitutewith>11300</substitutewith></financials>"),
            "substitutewith",
            "De dimensie 11300 met financieel niveau 1 niet gevonden.",
        ),
        (
            deb("<financials><ebilling>true</ebilling></financials>"),
            "financials",
            "Als Elektronisch factureren is ingeschakeld, mag het e-mailadres niet leeg zijn.",
        ),
        (deb("<financials><duedays>soon</duedays></financials>"), "duedays", "De waarde soon is ongeldig."),
        (
            deb("<financials><matchtype>notmatchable</matchtype></financials>"),
            "matchtype",
            "De waarde notmatchable is ongeldig.",
        ),
        (
            deb("<financials><payavailable>true</payavailable></financials>"),
            "payavailable",
            "paycode moet worden ingevuld.",
        ),
        (
            deb("<financials><vatcode>XX</vatcode></financials>"),
            "vatcode",
            "Btw XX bestaat niet of is (nog) niet actief.",
        ),
        (
            deb("<creditmanagement><sendreminder>email</sendreminder></creditmanagement>"),
            "creditmanagement",
            "reminderemail moet worden ingevuld.",
        ),
        (
            deb(f"<banks><bank><ascription>{'x' * 41}</ascription></bank></banks>"),
            "ascription",
            f"De tekst '{'x' * 41}' is te lang; maximaal 40 tekens.",
        ),
        (deb(status="asleep"), "dimension", "De waarde asleep is ongeldig."),
        (deb().replace("DEB", "BAT"), "type", "Dimensietype BAT bestaat niet."),
        (deb().replace("NL42", "NL44"), "dimension", "U hebt geen toegang tot deze administratie."),
        (deb().replace("NL42", ""), "dimension", "De administratie bestaat niet."),
        (
            deb(code="KP10").replace("DEB", "CRD"),
            "code",
            f"De code voldoet niet aan het formaat C{'[0-9]' * 5}.//De code KP10 is reeds in gebruik.",
        ),
    ],
)
def test_dimension_is_refused(client: TwinfieldClient, sent: str, node: str, message: str) -> None:
    reply = client.ask(sent)

    assert reply.get("result") == "0"
    assert remarks(reply) == [(node, "error", message)]


def test_first_free_code_of_the_mask_is_given(client: TwinfieldClient) -> None:
    sent = deb().replace("<code>D20017</code>", "")

    assert [client.ask(sent).findtext("code") for _ in range(2)] == ["D00001", "D00002"]


def test_mask_that_takes_anything_gives_no_code(client: TwinfieldClient) -> None:
    sent = "<dimension><office>NL42</office><type>PRJ</type><name>Project</name></dimension>"

    assert remarks(client.ask(sent))[0][2].startswith("Het is niet gelukt de eerste vrije code aan te maken")


def test_used_relation_is_hidden_instead_of_deleted(client: TwinfieldClient) -> None:
    client.ask(JANSEN)
    client.number(plain_sale(customer="D20017"))

    used = client.ask(deb(status="deleted"))
    unused = client.ask(deb(code="D20018", status="deleted"))

    assert (used.get("status"), unused.get("status")) == ("hide", "deleted")
    assert read(client, "DEB", "D20018").get("result") == "0"


def test_ledger_account_and_project_are_made_too(client: TwinfieldClient) -> None:
    account = client.ask(
        "<dimension><office>NL42</office><type>PNL</type><code>8350</code><name>Omzet glas</name></dimension>"
    )
    project = client.ask(
        "<dimension><office>NL42</office><type>PRJ</type><code>HOUT</code><name>Hout</name>"
        "<projects><validfrom>20260101</validfrom></projects></dimension>"
    )
    refused = client.ask(
        "<dimension><office>NL42</office><type>PRJ</type><code>HOUT</code><name>Hout</name>"
        "<projects><validto>20260101</validto></projects></dimension>"
    )

    assert account.findtext("financials/accounttype") == "profitandloss"
    assert project.findtext("projects/validfrom") == "20260101"
    assert remarks(refused)[0][0] == "validto"


READ_ONLY = "<uid>x</uid><beginyear>0</beginyear><endyear>0</endyear>"
ADDRESS = (
    '<addresses><address type="invoice"><country>NL</country><ictcountrycode>BE</ictcountrycode></address>'
    "</addresses>"
)


@pytest.mark.parametrize(
    ("how", "refused"), [("seen", ["inuse"]), ("refuse", ["inuse", "uid", "ictcountrycode"]), ("ignore", [])]
)
def test_elements_of_replies_are_refused_or_left_aside(
    client: TwinfieldClient, how: str, refused: list[str]
) -> None:
    client.switch(read_only_elements=how)

    taken = client.ask(deb(READ_ONLY, ADDRESS))
    reply = client.ask(deb("<inuse>true</inuse><uid>x</uid>", ADDRESS))

    assert taken.get("result") == ("0" if how == "refuse" else "1")
    assert [node for node, _kind, _text in remarks(reply)] == refused


def test_address_says_which_country_its_vat_goes_to(client: TwinfieldClient) -> None:
    client.ask(deb(ADDRESS))

    address = read(client, "DEB", "D20017").find("addresses/address")
    assert address is not None
    assert [address.findtext(name) for name in ("country", "ictcountrycode")] == ["NL", "NL"]


@pytest.mark.parametrize(("how", "result"), [("kept", "1"), ("refused", "0")])
def test_known_dimension_without_its_name_keeps_it_or_is_refused(
    client: TwinfieldClient, how: str, result: str
) -> None:
    client.switch(dimension_without_name=how)

    reply = client.ask("<dimension><office>NL42</office><type>DEB</type><code>D10045</code></dimension>")

    assert reply.get("result") == result
    assert [text for _node, _kind, text in remarks(reply)] == (
        [] if result == "1" else ["Naam moet worden ingevuld."]
    )
