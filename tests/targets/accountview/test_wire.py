import json
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.targets.accountview.wire import (
    Fault,
    read_amount,
    read_date,
    read_fault,
    read_flag,
    read_list,
    read_tables,
    read_text,
    write_json,
)


def body(content: object) -> bytes:
    return json.dumps(content).encode()


def test_amounts_stand_in_a_body_as_their_own_digits() -> None:
    assert write_json({"a": [Decimal("1E+3"), Decimal("0.10"), None, True, 3, "é"]}) == (
        '{"a":[1000,0.10,null,true,3,"é"]}'
    )


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="date has no place"):
        write_json({"day": date(2026, 10, 15)})


@pytest.mark.parametrize(
    ("content", "tables"),
    [
        ({"Dj_Page": [{"inv_nr": "F1"}], "USR_LINK": []}, {"DJ_PAGE": [{"INV_NR": "F1"}], "USR_LINK": []}),
        ({"ARTICLE": {"CODE": 1}}, {"ARTICLE": [{"CODE": 1}]}),
        ({"DJ_PAGE": None}, {"DJ_PAGE": []}),
        ({}, {}),
        ([], {}),
    ],
)
def test_tables_are_read_in_every_shape_they_come_in(content: object, tables: object) -> None:
    assert read_tables(body(content)) == tables


@pytest.mark.parametrize("content", ["text", 3, [{"a": 1}], {"DJ_PAGE": ["F1"]}])
def test_answer_of_another_shape_holds_no_tables(content: object) -> None:
    with pytest.raises(ValueError, match=r"no (tables|row)"):
        read_tables(body(content))


@pytest.mark.parametrize("text", [b"<html>", b"", b'{"DJ_PAGE": [', b"\xff"])
def test_unreadable_answer_is_no_empty_one(text: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_tables(text)


def test_answer_with_a_fault_holds_no_tables() -> None:
    with pytest.raises(ValueError, match="fault"):
        read_tables(body({"DJ_PAGE": [], "ErrorMessage": "Rekeningnr bestaat niet"}))


def test_companies_come_as_a_bare_list() -> None:
    assert read_list(body([{"Id": "1", "Code": "VB01"}])) == [{"ID": "1", "CODE": "VB01"}]
    with pytest.raises(ValueError, match="no list"):
        read_list(body({"Code": "VB01"}))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            {"ErrorType": "AccountViewError", "ErrorNumbers": None, "ErrorMessage": " Fout "},
            Fault(kind="AccountViewError", message="Fout"),
        ),
        (
            {"errortype": "AccountViewError", "errornumbers": [1001, 12], "errormessage": "Fout"},
            Fault(kind="AccountViewError", message="Fout", numbers=("1001", "12")),
        ),
        ({"ErrorType": "Gateway"}, Fault(kind="Gateway", message="")),
        ({"ErrorMessage": ""}, None),
        ({"DJ_PAGE": []}, None),
        ([], None),
    ],
)
def test_fault_is_read_with_its_words_and_numbers(content: object, fault: Fault | None) -> None:
    assert read_fault(body(content)) == fault


def test_unreadable_body_states_no_fault() -> None:
    assert read_fault(b"<html>") is None


def test_only_the_installations_own_error_judges_what_it_was_asked() -> None:
    assert Fault(kind="ACCOUNTVIEWERROR", message="x").is_business
    assert not Fault(kind="Gateway", message="x").is_business


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-10-15T00:00:00", date(2026, 10, 15)),
        ("2026-10-15", date(2026, 10, 15)),
        ("2026-10-14T22:00:00Z", date(2026, 10, 15)),
        ("2026-10-15T00:00:00+02:00", date(2026, 10, 15)),
        ("1899-12-30T00:00:00", date(1899, 12, 30)),
        ("", None),
        (None, None),
    ],
)
def test_day_is_read_from_every_form_of_a_date(value: object, day: date | None) -> None:
    assert read_date(value) == day


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), ("True", True), (".T.", True), (1, True), (False, False), (None, False), ("", False)],
)
def test_logical_field_is_read_whether_typed_or_not(value: object, flag: bool) -> None:
    assert read_flag(value) is flag


def test_texts_lose_their_padding_and_amounts_their_four_decimals() -> None:
    assert read_text("VRK  ") == "VRK"
    assert read_text("   ") is None
    assert read_text(None) is None
    assert read_amount(Decimal("72.6500")) == Decimal("72.65")
    assert read_amount(None) == Decimal("0.00")
