"""Tokens of one grant, as the tests of the token store give and read them."""

from cryptography.fernet import Fernet

from finance_hooks.store.tokens import NewTokens, StoredTokens, TokenStore

GRANT = "start.exactonline.nl|app|user"
OLD_KEY, NEW_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def given(number: int) -> NewTokens:
    return NewTokens(access_token=f"access-{number}", refresh_token=f"refresh-{number}", expires_in_s=600)


def no_sleep(_seconds: float) -> None:
    """Pass the time at once."""


def read(tokens: TokenStore) -> StoredTokens:
    stored = tokens.read(GRANT)
    assert stored is not None
    return stored
