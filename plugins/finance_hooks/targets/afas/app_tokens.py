"""Write the Authorization of a classic token, of which two live side by side while one is replaced.

AFAS Developer documentation, "Authentication".
"""

import base64
from collections.abc import Sequence

from finance_hooks.model.errors import ConfigurationError


class AppTokens:
    """Hand out one of the tokens until AFAS refuses it, then the other."""

    def __init__(self, tokens: Sequence[str]) -> None:
        """Start with the first; the tokens are XML, as AFAS shows them once."""
        self._headers = [f"AfasToken {base64.b64encode(token.encode()).decode()}" for token in tokens]

    def authorization(self, refused: str | None = None) -> str:
        """Return the header; told which one was refused, ConfigurationError when there is no other."""
        if refused is not None and refused in self._headers:
            self._headers.remove(refused)
        if not self._headers:
            raise ConfigurationError(
                "AFAS refuses every token of the connection: it was deleted, has ended, or is of another "
                "environment. Make a new one in General, Management, App connector."
            )
        return self._headers[0]
