from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.afas.app_tokens import AppTokens
from finance_hooks.targets.afas.connection import read_connection
from finance_hooks.targets.afas.credentials import make_clients
from finance_hooks.targets.afas.payload import RateDirection
from finance_hooks.transport.connection_parts import ConnectionParts

TOKEN = f"<token><version>1</version><data>{'1F' * 32}</data></token>"
NEXT = f"<token><version>1</version><data>{'2E' * 32}</data></token>"
PARTS = ConnectionParts(
    conn_id="afas_nl",
    host="https://12345.rest.afas.online/ProfitRestServices/",
    port=None,
    login="client-1",
    password="secret-1",
    extra={"environment": "production"},
)
CLASSIC = replace(
    PARTS,
    login=None,
    password=None,
    extra={"environment": "test", "auth": "app_token", "app_token": TOKEN, "app_token_next": NEXT},
)


def with_extra(parts: ConnectionParts, **extra: object) -> ConnectionParts:
    return replace(parts, extra={**parts.extra, **extra})


def test_connection_is_read_with_its_defaults() -> None:
    connection = read_connection(PARTS)

    assert connection.base_url == "https://12345.rest.afas.online/ProfitRestServices"
    assert connection.token_url == "https://12345.rest.afas.online/ProfitRestServices/oauth/token"
    assert (connection.auth, connection.client_id, connection.secrets) == (
        "client_credentials",
        "client-1",
        ("secret-1",),
    )
    assert connection.transactions_connector == "Profit_Transactions"
    assert connection.payment_terms_connector is None
    assert connection.integration_id is None
    assert connection.rate_direction is RateDirection.CURRENCY_PER_BOOKS
    assert connection.subject_type is None


def test_attached_files_need_a_type_of_dossier_item() -> None:
    assert read_connection(with_extra(PARTS, attach_pdfs=True, subject_type=105)).subject_type == 105
    assert read_connection(with_extra(PARTS, attach_pdfs=False, subject_type=105)).subject_type is None
    for missing in (None, "", "-5", "factuur"):
        with pytest.raises(ConfigurationError, match="subject_type"):
            read_connection(with_extra(PARTS, attach_pdfs="true", subject_type=missing))


@pytest.mark.parametrize(
    ("host", "base_url"),
    [
        ("12345.rest.afas.online", "https://12345.rest.afas.online/ProfitRestServices"),
        ("O12345AA", "https://12345.rest.afas.online/ProfitRestServices"),
        ("T12345AA", "https://12345.resttest.afas.online/ProfitRestServices"),
        ("A12345AB", "https://12345.restaccept.afas.online/ProfitRestServices"),
        ("12345.restcursus.afas.online", "https://12345.restcursus.afas.online/ProfitRestServices"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/ProfitRestServices"),
        ("http://127.0.0.1:8080/profitrestservices", "http://127.0.0.1:8080/profitrestservices"),
    ],
)
def test_environment_may_be_written_as_address_host_or_code(host: str, base_url: str) -> None:
    assert read_connection(replace(PARTS, host=host)).base_url == base_url


@pytest.mark.parametrize(
    "host", ["https://12345.soap.afas.online", "https://rest.afas.online", "x.afas.online"]
)
def test_address_that_is_no_rest_address_is_refused(host: str) -> None:
    with pytest.raises(ConfigurationError, match="no REST address"):
        read_connection(replace(PARTS, host=host))


def test_every_fault_is_named_at_once() -> None:
    parts = replace(PARTS, host="", login=None, password="", extra={"environment": "acceptance"})

    with pytest.raises(ConfigurationError) as caught:
        read_connection(parts)

    for word in ("afas_nl", "host", "login", "password", "acceptance"):
        assert word in str(caught.value)


def test_classic_way_needs_a_token_and_no_client() -> None:
    connection = read_connection(CLASSIC)

    assert (connection.client_id, connection.secrets) == ("", (TOKEN, NEXT))


def test_token_is_taken_also_with_the_line_ends_it_was_copied_with() -> None:
    parts = with_extra(CLASSIC, app_token=f"{TOKEN[:30]}\r\n{TOKEN[30:]}\n", app_token_next=None)

    assert read_connection(parts).secrets == (TOKEN,)


@pytest.mark.parametrize("field", ["app_token", "app_token_next"])
def test_half_a_token_is_refused_and_not_repeated(field: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{field} is no token") as caught:
        read_connection(with_extra(CLASSIC, **{field: "1F" * 32}))

    assert "1F1F" not in str(caught.value)


def test_absent_token_is_named() -> None:
    with pytest.raises(ConfigurationError, match="app_token is empty"):
        read_connection(with_extra(CLASSIC, app_token=""))


def test_secrets_are_not_shown() -> None:
    assert "secret-1" not in repr(read_connection(PARTS))
    assert "1F1F" not in repr(read_connection(CLASSIC))


def test_settings_of_one_s_own_are_taken() -> None:
    connection = read_connection(
        with_extra(
            PARTS,
            client_secret_next="secret-2",
            integration_id="12345_678900",
            transactions_connector="Qubz_Transactions",
            payment_terms_connector="Qubz_PaymentConditions",
            rate_direction="books_per_currency",
        )
    )

    assert connection.secrets == ("secret-1", "secret-2")
    assert connection.integration_id == "12345_678900"
    assert connection.transactions_connector == "Qubz_Transactions"
    assert connection.payment_terms_connector == "Qubz_PaymentConditions"
    assert connection.rate_direction is RateDirection.BOOKS_PER_CURRENCY


def test_client_is_described_once_for_each_secret() -> None:
    connection = read_connection(with_extra(PARTS, client_secret_next="secret-2"))

    clients = make_clients(connection)

    assert [(client.client_id, client.client_secret) for client in clients] == [
        ("client-1", "secret-1"),
        ("client-1", "secret-2"),
    ]
    assert {client.endpoints.token_url for client in clients} == {connection.token_url}


def test_token_travels_as_base64_of_all_of_it() -> None:
    header = AppTokens([TOKEN]).authorization()

    assert header.startswith("AfasToken PHRva2VuPjx2ZXJzaW9uPjE8")


def test_refused_token_gives_way_to_the_next_for_good() -> None:
    tokens = AppTokens([TOKEN, NEXT])
    first = tokens.authorization()

    second = tokens.authorization(first)

    assert second != first
    assert tokens.authorization(first) == second
    assert tokens.authorization() == second
    with pytest.raises(ConfigurationError, match="refuses every token"):
        tokens.authorization(second)
