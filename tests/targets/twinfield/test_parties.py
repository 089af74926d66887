"""How debtors and creditors of Twinfield are read, written, and what its answers about them mean."""

from dataclasses import replace

import pytest
from lxml import etree

from finance_hooks.model.outcome import Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyRefused, Role, Written
from finance_hooks.targets.twinfield.parties import (
    ask_relations,
    read_party_response,
    read_relations,
    why_unfit,
    write_document,
)
from finance_hooks.transport.answer import NeverSent, PerhapsProcessed, Sending
from tests.targets.party_writes import NOW, a_change, a_write, waits_s
from tests.targets.twinfield.answers import answer, answering, faulting

WRITE = replace(a_write(name="Klant"), code="D88001")


def xml(text: str) -> etree._Element:
    return etree.fromstring(text)


def said(inner: str) -> Sending:
    return answering(xml(f"<dimensions>{inner}</dimensions>"))


def test_relations_of_a_side_are_read_without_a_code() -> None:
    asked = etree.tostring(ask_relations("NL42", Role.CREDITOR)).decode()

    assert asked == "<read><type>dimensions</type><office>NL42</office><dimtype>CRD</dimtype></read>"


def test_numbers_of_older_relations_stand_in_their_address() -> None:
    document = xml(
        "<dimensions><dimension status='hide'><code>D1</code><name>Oud</name><addresses><address>"
        "<country>NL</country><field4>NL111222333B01</field4><field5>87654321</field5>"
        "</address></addresses></dimension><dimension><code>D2</code><name>Nieuw</name>"
        "<vatnumber>NL1</vatnumber></dimension></dimensions>"
    )

    old, new = read_relations(document, Role.DEBTOR)

    assert (old.vat_number, old.registration_number, old.blocked) == ("NL111222333B01", "87654321", True)
    assert (new.id, new.vat_number, new.registration_number, new.blocked) == ("DEB/D2", "NL1", None, False)


def test_code_is_of_sixteen_capitals_and_digits_at_most() -> None:
    assert why_unfit("d1") is not None
    assert why_unfit("D" * 17) is not None
    assert why_unfit("D88001") is None


def test_address_is_written_as_the_one_for_invoices() -> None:
    write = a_write(
        **{
            "name": "Klant",
            "financials/duedays": "30",
            "addresses/address/city": "Gent",
            "addresses/address/country": "BE",
        }
    )

    assert etree.tostring(write_document("NL42", write)).decode() == (
        "<dimensions><dimension><office>NL42</office><type>DEB</type><code>88001</code><name>Klant</name>"
        "<financials><duedays>30</duedays></financials>"
        '<addresses><address type="invoice" default="true"><city>Gent</city><country>BE</country></address>'
        "</addresses></dimension></dimensions>"
    )


def test_change_sends_its_name_and_what_differs_and_nothing_else() -> None:
    document = write_document("NL42", a_change(vatnumber="NL1"))

    assert [each.tag for each in document[0]] == ["office", "type", "code", "name", "vatnumber"]


def test_template_of_a_type_is_no_relation() -> None:
    document = xml(
        "<dimensions><dimension status='active'><code>D1</code><name>Klant</name>"
        "<behaviour>normal</behaviour></dimension>"
        "<dimension status='active'><code>DEB</code><name/><behaviour>template</behaviour>"
        "</dimension></dimensions>"
    )

    assert [each.code for each in read_relations(document, Role.DEBTOR)] == ["D1"]


@pytest.mark.parametrize(
    ("sending", "seconds"),
    [
        (NeverSent(why="no connection"), 60),
        (NeverSent(why="a limit", retry_after_s=7), 7),
        (answer("", 429, {"Retry-After": "30"}), 30),
        (faulting(358, "token not checked"), 60),
    ],
)
def test_what_was_not_carried_out_is_left_to_later(sending: Sending, seconds: int) -> None:
    assert waits_s(read_party_response(sending, WRITE, NOW)) == seconds


@pytest.mark.parametrize(
    "sending",
    [
        PerhapsProcessed(why="reset"),
        answer("", 503),
        faulting(100, "unexpected"),
        answer("<html/>"),
        said(""),
        said("<dimension result='1'><code>D5</code></dimension>"),
        said("<dimension><code>D88001</code></dimension>"),
        said("<dimension result='0' msg='Time-out'><code>D88001</code></dimension>"),
    ],
)
def test_answer_that_says_nothing_about_the_relation_is_unknown(sending: Sending) -> None:
    assert isinstance(read_party_response(sending, WRITE, NOW), Unknown)


def test_relation_that_was_written_is_named() -> None:
    sending = said("<dimension result='1'><code>D88001</code></dimension>")

    assert read_party_response(sending, WRITE, NOW) == Written(id="DEB/D88001", code="D88001")


@pytest.mark.parametrize(
    ("sending", "code", "words"),
    [
        (
            said("<dimension result='0'><code msgtype='error' msg='formaat'>D88001</code></dimension>"),
            ReasonCode.PARTY_CODE_UNFIT,
            "formaat",
        ),
        (
            said("<dimension result='0'><code>D88001</code><name msg='te lang'/></dimension>"),
            ReasonCode.PARTY_REFUSED,
            "te lang",
        ),
        (
            said("<dimension result='0'><code>D88001</code></dimension>"),
            ReasonCode.PARTY_REFUSED,
            "without saying why",
        ),
        (faulting(351, "no rights"), ReasonCode.PARTY_REFUSED, "no rights"),
    ],
)
def test_refusal_keeps_twinfields_words_and_tells_a_code_that_does_not_fit(
    sending: Sending, code: ReasonCode, words: str
) -> None:
    outcome = read_party_response(sending, WRITE, NOW)

    assert isinstance(outcome, PartyRefused)
    assert outcome.code is code
    assert words in outcome.why
