from dataclasses import replace

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.accountview.connection import read_connection
from finance_hooks.targets.accountview.consent import make_oauth_client
from finance_hooks.targets.accountview.conventions import Conventions, RateDirection, ReverseCharge, Side
from finance_hooks.targets.accountview.target import ACCOUNT_VIEW
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import authorisation_address

EXTRA: dict[str, object] = {
    "environment": "production",
    "redirect_uri": "https://qubz.example.org/callback",
    "user_name": "KOPPELING",
}
PARTS = ConnectionParts(
    conn_id="accountview_nl",
    host="https://www.accountview.net/",
    port=443,
    login="api-key-1",
    password="api-secret-1",
    extra=EXTRA,
)


def test_connection_is_read_with_its_usual_conventions() -> None:
    connection = read_connection(PARTS)

    assert connection.base_url == "https://www.accountview.net"
    assert connection.conventions == Conventions()


def test_conventions_of_the_installation_are_settings() -> None:
    extra = EXTRA | {
        "reverse_charge": "zero",
        "rate_direction": "currency_per_books",
        "purchase_positive": "credit",
        "memorial_positive": "credit",
        "transactions_positive": "credit",
    }

    assert read_connection(replace(PARTS, extra=extra)).conventions == Conventions(
        reverse_charge=ReverseCharge.ZERO,
        rate_direction=RateDirection.CURRENCY_PER_BOOKS,
        purchase_positive=Side.CREDIT,
        memorial_positive=Side.CREDIT,
        transactions_positive=Side.CREDIT,
    )


def test_conventions_turn_amounts_into_debit_and_back() -> None:
    usual, turned = Conventions(), Conventions(purchase_positive=Side.CREDIT, memorial_positive=Side.CREDIT)

    assert [usual.debit_sign(kind) for kind in EntryKind] == [-1, 1, 1]
    assert [turned.debit_sign(kind) for kind in EntryKind] == [-1, -1, -1]
    assert [turned.page_sign(kind) for kind in EntryKind] == [1, -1, -1]


def test_every_fault_is_named_at_once() -> None:
    extra = {"environment": "acceptance", "reverse_charge": "both", "transactions_positive": "left"}
    parts = replace(PARTS, host="", login=None, password="", extra=extra)

    with pytest.raises(ConfigurationError) as caught:
        read_connection(parts)

    text = str(caught.value)
    for word in (
        "accountview_nl",
        "host",
        "API key",
        "API secret",
        "acceptance",
        "redirect_uri",
        "user_name",
    ):
        assert word in text
    for word in ("reverse_charge", "transactions_positive"):
        assert word in text


def test_companies_of_one_user_share_the_grant() -> None:
    client = ACCOUNT_VIEW.oauth_client(PARTS)

    assert client is not None
    assert client.grant_key == "www.accountview.net|api-key-1|KOPPELING"


def test_consent_is_asked_for_reading_and_updating() -> None:
    address = authorisation_address(make_oauth_client(read_connection(PARTS)), "s1")

    assert address.startswith("https://www.accountview.net/ams/authorize.aspx?client_id=api-key-1&")
    assert "scope=readaccountviewdata+updateaccountviewdata" in address
    assert "state=s1" in address


def test_secret_shows_in_no_text_of_the_connection() -> None:
    connection = read_connection(PARTS)

    assert "api-secret-1" not in repr(connection) + repr(PARTS) + repr(make_oauth_client(connection))


def test_target_makes_its_hook_from_a_connection_id() -> None:
    hook = ACCOUNT_VIEW.make_hook("accountview_nl")

    assert hook.settings is ACCOUNT_VIEW.settings
