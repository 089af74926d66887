"""The connection is read completely or refused with every fault, and no message shows a secret."""

from dataclasses import fields, replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.connection import read_connection
from finance_hooks.sources.qubz.form import CONNECTION_TYPE
from finance_hooks.sources.qubz.settings import ApiStyle, QubzSettings
from finance_hooks.sources.qubz.signs import CreditSign
from finance_hooks.sources.qubz.values import DateMode
from finance_hooks.transport.connection_parts import ConnectionParts

NEEDED: dict[str, object] = {"source_id": "qubz", "environment": "test"}


def parts(**extra: object) -> ConnectionParts:
    return ConnectionParts(
        conn_id="qubz_default",
        host="https://qubz.example",
        port=None,
        login="finance",
        password="finance-secret",
        extra=NEEDED | extra,
    )


def fault(given: ConnectionParts) -> str:
    with pytest.raises(ConfigurationError) as raised:
        read_connection(given)
    return str(raised.value)


def test_everything_but_identity_has_a_default() -> None:
    connection = read_connection(parts())

    settings = connection.settings
    assert connection.base_url == "https://qubz.example"
    assert (settings.api_style, settings.service, settings.version) == (ApiStyle.REST, "financeexport", "v1")
    assert (settings.page_size, settings.date_mode, settings.credit_sign) == (
        500,
        DateMode.AUTO,
        CreditSign.AUTO,
    )
    assert settings.document_resources == ("salesinvoices", "purchaseinvoices", "memorials")


def test_values_come_as_text_or_typed_from_a_form() -> None:
    extra = {"page_size": "250", "odata_select": "false", "api_style": "OData", "headers": {"X": "1"}}

    settings = read_connection(parts(**extra, paths='{"memorials": "memoriaal"}')).settings

    assert (settings.page_size, settings.odata_select, settings.api_style) == (250, False, ApiStyle.ODATA)
    assert (settings.paths, settings.headers) == ({"memorials": "memoriaal"}, {"X": "1"})


def test_every_fault_is_named_at_once() -> None:
    given = ConnectionParts(
        conn_id="qubz_default",
        host=None,
        port=None,
        login=None,
        password=None,
        extra={"environment": "prod", "page_size": "many", "timeout": 5, "headers": "x=1"},
    )

    said = fault(given)

    for expected in (
        "source_id is missing",
        "environment is 'prod'; expected test or production",
        "page_size is 'many'; expected 0 to 10000",
        "timeout is no setting",
        "headers is a value; expected a JSON object of texts",
        "host is empty",
    ):
        assert expected in said


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"auth": "header"}, "api_key is empty"),
        ({"page_size": 10, "page_overlap": 10}, "page_overlap must be smaller"),
        ({"documents": "salesinvoices,receipts"}, "receipts"),
        ({"paths": {"invoices": "x"}}, "invoices"),
        ({"date_mode": "guess"}, "auto or local or utc"),
        ({"page_size": -1}, "page_size is -1"),
        ({"page_size": True}, "page_size is True"),
        ({"source_id": 5}, "source_id is 5; expected a text"),
        ({"headers": {"X": 1}}, "headers is a value; expected a JSON object of texts"),
    ],
)
def test_setting_that_cannot_be_is_refused(extra: dict[str, object], expected: str) -> None:
    assert expected in fault(parts(**extra))


def test_basic_without_user_is_refused() -> None:
    assert "user name or password is empty" in fault(replace(parts(), login=None))


def test_no_secret_is_shown() -> None:
    connection = read_connection(parts(api_key="very-secret-key", headers={"X-Other": "other-secret"}))

    for secret in ("finance-secret", "very-secret-key", "other-secret"):
        assert secret not in repr(connection)
        assert secret in connection.secrets


def test_form_shows_every_setting_and_demands_only_what_has_no_default() -> None:
    form = CONNECTION_TYPE["conn-fields"]

    assert isinstance(form, dict)
    assert set(form) == {setting.name for setting in fields(QubzSettings)}
    demanded = {name for name, shown in form.items() if "null" not in shown["schema"]["type"]}
    assert demanded == {"source_id", "environment"}
    assert form["api_key"]["schema"]["format"] == "password"
    assert form["date_mode"]["schema"]["enum"] == ["auto", "local", "utc"]
