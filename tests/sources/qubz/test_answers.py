"""Answers are sorted by who must act, whatever their error bodies look like."""

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.sources.qubz.answers import check_status, error_text, read_page
from finance_hooks.sources.qubz.settings import QubzSettings
from finance_hooks.transport.answer import Answer

SETTINGS = QubzSettings(source_id="qubz", environment="test")


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers=named, body=body, url="https://qubz.example/rest/x?api_key=s3cret")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 422, 302, 410])
def test_what_a_person_must_mend_is_a_configuration_error(status: int) -> None:
    with pytest.raises(ConfigurationError, match=str(status)):
        check_status(answer(status), SETTINGS)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_refused_access_is_said_in_both_readings(status: int) -> None:
    with pytest.raises(ConfigurationError, match=r"(?s)Either .* or "):
        check_status(answer(status), SETTINGS)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 507])
def test_what_time_cures_is_a_temporary_failure(status: int) -> None:
    with pytest.raises(TemporaryFailure, match=str(status)):
        check_status(answer(status), SETTINGS)


@pytest.mark.parametrize(
    ("asked", "waits_s"),
    [("120", 120), ("0", 1), ("86400", 900), ("", 60), ("Wed, 21 Oct 2026 07:28:00 GMT", 60)],
)
def test_retry_after_is_honoured_within_bounds(asked: str, waits_s: int) -> None:
    with pytest.raises(TemporaryFailure) as raised:
        check_status(answer(503, Retry_After=asked), SETTINGS)

    assert raised.value.retry_after_s == waits_s


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"error":{"code":"E1","message":"no such thing"}}', "E1: no such thing"),
        (b'{"message":"no such thing"}', "no such thing"),
        (b"no such thing", "no such thing"),
        (b"", ""),
        (b"x" * 900, "x" * 500),
        (b"[1,2]", "[1,2]"),
        (b"\xff", "\ufffd"),
    ],
)
def test_error_text_is_found_in_every_shape(body: bytes, text: str) -> None:
    assert error_text(body) == text


def test_secret_that_the_source_repeats_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as raised:
        check_status(answer(403, b"user finance with hunter2-hunter2 denied"), SETTINGS, ("hunter2-hunter2",))

    assert "hunter2" not in str(raised.value)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("body", "count", "total"),
    [
        (b"[{},{}]", 2, None),
        (b'{"Items":[{}],"TotalCount":731}', 1, 731),
        (b'{"memorials":[{}]}', 1, None),
        (b'{"value":[{}],"@odata.count":3,"@odata.nextLink":"n"}', 1, 3),
        (b'{"Items":[],"TotalCount":null}', 0, None),
    ],
)
def test_rows_are_found_in_array_envelope_and_odata_page(body: bytes, count: int, total: int | None) -> None:
    page = read_page(answer(body=body), "memorials", SETTINGS)

    assert (len(page.rows), page.total) == (count, total)


def test_unknown_envelope_names_the_keys_it_has() -> None:
    with pytest.raises(ConfigurationError, match="Rows, Sum"):
        read_page(answer(body=b'{"Rows":[],"Sum":1}'), "memorials", SETTINGS)


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", b"", b'{"Items":['])
def test_success_that_is_no_json_is_never_taken_as_no_rows(body: bytes) -> None:
    with pytest.raises(TemporaryFailure, match="no JSON"):
        read_page(answer(body=body), "memorials", SETTINGS)


def test_not_a_number_spoils_its_own_row_only() -> None:
    page = read_page(answer(body=b'[{"Id":1,"TotalNet":NaN},{"Id":2}]'), "salesinvoices", SETTINGS)

    assert page.rows == [{"Id": 1, "TotalNet": "NaN"}, {"Id": 2}]


@pytest.mark.parametrize("status", [200, 204])
def test_success_raises_nothing(status: int) -> None:
    check_status(answer(status), SETTINGS)


@pytest.mark.parametrize("body", [b'"rows"', b"3", b"null"])
def test_answer_that_is_neither_list_nor_object_points_at_the_address(body: bytes) -> None:
    with pytest.raises(ConfigurationError, match="check the address"):
        read_page(answer(body=body), "memorials", SETTINGS)
