"""Keys never expire and references fit the packages' screens."""

import re

from finance_hooks.model.keys import (
    REFERENCE_LENGTH,
    DocumentKey,
    PostingKey,
    make_reference,
    write_reference,
)


def test_document_key_reads_back_unambiguously_whatever_its_parts_hold() -> None:
    with_slash = DocumentKey(source_id="a/b", organisation="c", document_type="t", source_document_id="1")
    shifted = DocumentKey(source_id="a", organisation="b/c", document_type="t", source_document_id="1")

    assert str(with_slash) == "a%2Fb/c/t/1/1"
    assert str(with_slash) != str(shifted)


def test_reference_is_q_and_ten_characters_of_base32() -> None:
    key = str(PostingKey(document_key="21qubz/100/sales_invoice/900101/1", administration="exactonline:1"))

    reference = make_reference(key)

    assert re.fullmatch(r"Q[A-Z2-7]{10}", reference)
    assert write_reference(reference) == f"[{reference}]"
    assert len(write_reference(reference)) == REFERENCE_LENGTH


def test_reference_of_a_key_never_changes() -> None:
    assert make_reference("21qubz/100/sales_invoice/900101/1|exactonline:1234567|book|1") == "QH2MB7L3XSV"
