"""One hostile row of 21QUBZ is parked by itself, and the rows beside it are read as ever."""

import json

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.sources.qubz.answers import check_status, read_page
from finance_hooks.sources.qubz.glance import as_row
from finance_hooks.sources.qubz.json_text import write_json
from finance_hooks.sources.qubz.masters import DAYS, MasterRows, parse_masters
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.transport.answer import Answer
from tests.hostile.source_parsers import CONTRACT, MASTERS, SETTINGS, answer, parse_body
from tests.sources.qubz.examples import sample

DEEP = "[" * 400 + "]" * 400


def spoilt(field: str, literal: str, name: str = "s1") -> bytes:
    """Write a sample with a value of one field that only a literal of JSON can state."""
    return json.dumps({**sample(name), field: "MARK"}, default=str).replace('"MARK"', literal).encode()


def test_row_without_a_bottom_is_kept_and_the_one_beside_it_is_read() -> None:
    body = b"[" + spoilt("Unknown", DEEP) + b"," + spoilt("Reference", DEEP) + b"]"

    page = read_page(answer(body), "salesinvoices", SETTINGS)

    rows = [as_row(row, "salesinvoices", CONTRACT) for row in page.rows]
    beside, deep = (parse_body(write_json(row.content), "salesinvoices") for row in rows)
    assert beside.document is not None
    assert [(reason.code, reason.field) for reason in deep.reasons] == [
        (ReasonCode.FIELD_UNREADABLE, "Reference")
    ]


@pytest.mark.parametrize(
    ("field", "literal"),
    [
        ("TotalNet", "1e99999999999999999999"),
        ("TotalNet", "NaN"),
        ("TotalNet", "1" + "0" * 5_000),
        ("ExchangeRate", "9999999999999"),
        ("ExportSequence", "2147483648"),
        ("FiscalYear", "999999"),
        ("Period", "-1"),
        ("InvoiceDate", '"0001-01-01"'),
        ("DueDate", '"9999-12-31"'),
        ("Reference", '"a\\u0000b"'),
        ("Reference", '"a\\ud800b"'),
    ],
)
def test_value_that_nothing_can_be_done_with_parks_its_document_and_names_its_field(
    field: str, literal: str
) -> None:
    parsed = parse_body(spoilt(field, literal), "salesinvoices")

    assert parsed.document is None
    assert {(reason.field or "").replace("_", "").lower() for reason in parsed.reasons} == {field.lower()}


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\x07", "\ufeff", "\ufffe"])
@pytest.mark.parametrize("field", ["InvoiceNumber", "SupplierInvoiceNumber"])
def test_number_with_something_invisible_in_it_is_parked(field: str, mark: str) -> None:
    name, resource = ("s1", "salesinvoices") if field == "InvoiceNumber" else ("p1", "purchaseinvoices")
    parsed = parse_body(json.dumps({**sample(name), field: f"20{mark}26"}, default=str).encode(), resource)
    assert parsed.document is not None

    found = check_document(parsed.document, MASTERS).reasons

    assert (field, ascii(f"20{mark}26")[1:-1]) in [(reason.field, reason.value) for reason in found]


@pytest.mark.parametrize("days", [-1, DAYS.stop, 2_000_000_000])
def test_payment_term_of_more_days_than_a_calendar_has_is_unreadable_and_its_documents_have_no_due_date(
    days: int,
) -> None:
    terms = [{"Code": "30", "Organisation": "100", "Days": days}]

    masters = parse_masters(
        MASTERS.organisation, MasterRows(relations=(), vat_codes=(), payment_terms=terms), CONTRACT
    )

    assert masters.payment_terms == {}
    assert f"{days} days" in masters.unreadable["paymentterms 30"]


def test_total_without_an_end_is_no_total() -> None:
    body = b'{"Items": [], "TotalCount": ' + b"9" * 4_500 + b"}"

    assert read_page(answer(body), "salesinvoices", SETTINGS).total is None


def test_link_to_the_next_page_that_is_no_address_is_named() -> None:
    body = b'{"value": [], "@odata.nextLink": "http://[x"}'

    with pytest.raises(ConfigurationError, match="no address of the page after"):
        read_page(answer(body), "salesinvoices", SETTINGS)


def test_wait_without_an_end_is_the_usual_one() -> None:
    throttled = Answer(status=503, headers={"Retry-After": "9" * 5_000}, body=b"\x00", url="https://x")

    with pytest.raises(TemporaryFailure) as raised:
        check_status(throttled, SETTINGS)

    assert raised.value.retry_after_s == 60
    assert "\x00" not in str(raised.value)
