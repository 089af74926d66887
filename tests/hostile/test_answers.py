"""Whatever a package answers after it was sent something, it is an outcome and never a crash."""

from datetime import timedelta

import pytest
from lxml import etree

from finance_hooks.model.money import read_number
from finance_hooks.model.outcome import Booked, Later, Refused, Unknown
from finance_hooks.targets.afas.responses import read_response as read_afas
from finance_hooks.targets.exactonline.responses import read_response as read_exact
from finance_hooks.targets.exactonline.responses import why_closed
from finance_hooks.targets.exactonline.wire import read_page
from finance_hooks.targets.twinfield.questions import read_found
from finance_hooks.targets.twinfield.responses import read_responses
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.redaction import redact_text
from tests.hostile.json_target_parsers import NOW
from tests.targets.afas.samples import SAMPLES as AFAS_ENTRIES
from tests.targets.exactonline.samples import SAMPLES as EXACT_ENTRIES
from tests.targets.twinfield.answers import answering, batch, booked
from tests.targets.twinfield.samples import SAMPLES

DEEP = '{"a":' * 500 + "1" + "}" * 500
DAY = timedelta(days=1)


def answer(body: str, status: int = 201, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, headers=named, body=body.encode(), url="https://x")


@pytest.mark.parametrize("metadata", ['"x"', "[]", "1", '{"uri": []}', '{"uri": {"a": 1}}', "null"])
def test_exact_s_booking_is_read_whatever_its_metadata_are(metadata: str) -> None:
    given = answer(f'{{"d":{{"__metadata":{metadata},"EntryID":"0f","EntryNumber":267}}}}')

    assert isinstance(read_exact(given, EXACT_ENTRIES["S1"], NOW), Booked)
    assert why_closed(given, EXACT_ENTRIES["S1"]) is None


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e400", "1e99999999999999999999", '"x"', "[]", "{}"])
def test_booking_of_an_amount_that_is_none_is_unknown(amount: str) -> None:
    given = answer(f'{{"d":{{"EntryID":"0f","EntryNumber":267,"AmountFC":{amount}}}}}')

    assert isinstance(read_exact(given, EXACT_ENTRIES["S1"], NOW), Unknown)


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "x", "1e400"])
def test_twinfield_s_booking_of_an_amount_that_is_none_is_unknown(text: str) -> None:
    document = booked(SAMPLES["S1"], "1")
    value = document.find("lines/line[@type='total']/value")
    assert value is not None
    value.text = text

    (outcome,) = read_responses(answering(batch([document])), [SAMPLES["S1"]], NOW)

    assert isinstance(outcome, Unknown)


def test_afas_s_key_is_looked_for_in_an_answer_without_a_bottom() -> None:
    assert isinstance(read_afas(answer(DEEP), AFAS_ENTRIES["S1"], NOW), Unknown)
    assert isinstance(read_afas(answer("[" * 50_000), AFAS_ENTRIES["S1"], NOW), Unknown)


@pytest.mark.parametrize("asked", ["\u00b2", "\u0662", "9" * 5_000, "9" * 14, "-1", "soon"])
def test_no_answer_makes_an_entry_wait_for_longer_than_a_day(asked: str) -> None:
    throttled = answer("", 429, Retry_After=asked)
    reset = answer("", 429, X_RateLimit_Remaining="0", X_RateLimit_Reset=asked)
    busy = answer(f'{{"retry_after": {asked if asked.isdecimal() and asked.isascii() else 10**18}}}', 503)
    outcomes = [
        *(read_exact(each, EXACT_ENTRIES["S1"], NOW) for each in (throttled, reset)),
        *(read_afas(each, AFAS_ENTRIES["S1"], NOW) for each in (throttled, busy)),
        *read_responses(throttled, [SAMPLES["S1"]], NOW),
    ]

    waits = [outcome.until - NOW for outcome in outcomes if isinstance(outcome, Later)]
    assert len(waits) >= len(outcomes) - 1
    assert all(timedelta(0) < wait <= DAY for wait in waits)


def test_refusal_of_a_megabyte_is_read_by_its_beginning() -> None:
    given = answer('{"error":{"message":{"value":"' + "x" * 1_000_000 + '"}}}', 500)

    outcome = read_exact(given, EXACT_ENTRIES["S1"], NOW)

    assert isinstance(outcome, Refused)
    assert len(outcome.reasons[0].detail or "") < 3_000


def test_text_of_a_megabyte_is_searched_for_secrets_in_one_go() -> None:
    for text in ("x" * 1_000_000, "token" * 200_000, "<token" * 150_000, "<" + "token" * 200_000):
        assert redact_text(text) == text
    assert redact_text(f"{'x' * 100_000}_token=abc") == f"{'x' * 100_000}_token=***"


@pytest.mark.parametrize(
    "rows", ["[1]", '["x"]', "[null]", "[[]]", '{"results": [0]}', '{"results": {}}', "1"]
)
def test_exact_s_list_of_what_are_no_rows_is_no_list(rows: str) -> None:
    with pytest.raises(ValueError, match="no list"):
        read_page(f'{{"d": {rows}}}'.encode())


@pytest.mark.parametrize("cells", ["", "<string>VRK</string>"])
def test_finder_s_row_without_code_or_name_is_a_value_error(cells: str) -> None:
    found = f"<a><TotalRows>1</TotalRows><Items><ArrayOfString>{cells}</ArrayOfString></Items></a>"

    with pytest.raises(ValueError, match="without code and name"):
        read_found(etree.fromstring(found))


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "x", "", [], {}, None, "1,5"])
def test_what_is_no_number_is_a_value_error(value: object) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_number(value)
