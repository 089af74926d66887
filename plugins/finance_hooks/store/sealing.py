"""Encrypt what must not be read in the database, under keys that can be replaced one by one."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from finance_hooks.model.errors import ConfigurationError


class Seal:
    """Seal with the first key, open with any."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take Fernet keys, newest first; ConfigurationError when one is malformed."""
        try:
            self._cipher = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise ConfigurationError(
                "A token_key of connection finance_store is no Fernet key (32 bytes in url-safe base64)."
            ) from None

    def close(self, text: str) -> str:
        """Encrypt a text; the same text gives another result each time."""
        return self._cipher.encrypt(text.encode()).decode()

    def open(self, sealed: str, what: str) -> str:
        """Decrypt a text; ConfigurationError names `what` cannot be opened with the keys there are."""
        try:
            return self._cipher.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise ConfigurationError(
                f"The tokens of {what} were encrypted with a key that is missing in token_key of "
                "connection finance_store; add it after a comma. When it is lost, authorise again: "
                "python -m finance_hooks.cli authorise <the id of the connection to the vendor>."
            ) from None
