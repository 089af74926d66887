from types import SimpleNamespace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.transport.connection_parts import (
    ConnectionParts,
    parts_of,
    raise_faults,
    read_base_url,
    read_choice,
    read_needed,
    read_truth,
)

KEPT = SimpleNamespace(
    host="books.example.org",
    port=443,
    login="client",
    password="kept-secret",
    extra_dejson={"environment": "test", "token": "other-secret"},
)


def parts(**extra: object) -> ConnectionParts:
    return ConnectionParts(conn_id="books", host=None, port=None, login=None, password=None, extra=extra)


def test_everything_airflow_keeps_is_taken_over_and_no_secret_is_shown() -> None:
    taken = parts_of("books", KEPT)

    assert (taken.conn_id, taken.host, taken.port, taken.login) == (
        "books",
        "books.example.org",
        443,
        "client",
    )
    assert (taken.password, taken.extra["token"]) == ("kept-secret", "other-secret")
    assert "secret" not in repr(taken)


def test_address_that_is_none_is_a_fault_with_its_remedy() -> None:
    faults: list[str] = []

    assert read_base_url(parts_of("books", KEPT), "enter one", faults) == "https://books.example.org"
    assert faults == []
    assert read_base_url(parts(), "enter one", faults) == ""
    assert faults == ["host is empty or no address; enter one"]


@pytest.mark.parametrize(("kept", "chosen"), [("test", "test"), (" production ", "production"), ("", "test")])
def test_choice_is_one_of_the_members_or_the_default(kept: str, chosen: str) -> None:
    faults: list[str] = []
    members = ("production", "test")

    assert read_choice(parts(environment=kept), "environment", members, faults, default="test") == chosen
    assert faults == []


def test_choice_that_is_no_member_is_a_fault_that_names_the_members() -> None:
    faults: list[str] = []

    assert read_choice(parts(), "environment", ("production", "test"), faults) == "production"
    assert faults == ["extra field environment is ''; choose production or test"]


def test_all_faults_are_raised_at_once() -> None:
    faults: list[str] = []

    assert read_needed(" a ", "login", faults) == "a"
    raise_faults(parts(), faults)
    read_needed(None, "login", faults)
    read_needed(" ", "password", faults)

    with pytest.raises(ConfigurationError, match="Connection books: login is empty; password is empty"):
        raise_faults(parts(), faults)


@pytest.mark.parametrize(
    ("kept", "is_true"), [(True, True), ("true", True), ("False", False), (False, False), (None, False)]
)
def test_yes_or_no_comes_in_any_way_a_form_does(kept: object, *, is_true: bool) -> None:
    faults: list[str] = []

    assert read_truth(parts(wanted=kept), "wanted", faults) is is_true
    assert faults == []


def test_what_is_neither_yes_nor_no_is_a_fault() -> None:
    faults: list[str] = []

    assert read_truth(parts(wanted="perhaps"), "wanted", faults) is False
    assert faults == ["extra field wanted is 'perhaps'; choose true or false"]
