"""Say which hooks work with a user's consent."""

from typing import Protocol, runtime_checkable

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.oauth import OAuthClient
from finance_hooks.transport.send import Transport


@runtime_checkable
class ConsentedHook(Protocol):
    """A hook that works with a user's consent."""

    @property
    def oauth_client(self) -> OAuthClient:
        """The app and the user."""
        ...

    @property
    def transport(self) -> Transport:
        """The way out to the connection's host."""
        ...

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say whether the connection works, what was found, or what to do."""
        ...


def consented(hook: TargetHook, conn_id: str) -> ConsentedHook:
    """Return a hook as one whose user consents; ConfigurationError when its package asks for no consent."""
    if not isinstance(hook, ConsentedHook):
        raise ConfigurationError(f"Connection {conn_id} needs no consent.")
    return hook
