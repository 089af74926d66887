"""Say which hooks work with a user's consent."""

from typing import Protocol, runtime_checkable

from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.connections import connection_of
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.connection_parts import parts_of
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


def find_grant_key(administration: Administration) -> str | None:
    """Return under which key the consent for an administration is kept, `None` where none is needed.

    ConfigurationError says why its connection cannot be used.
    """
    if not administration.can_be_asked:
        return None
    conn_id = administration.target_conn_id
    client = find_target(administration.target).oauth_client(parts_of(conn_id, connection_of(conn_id)))
    return None if client is None else client.grant_key


def grant_key_of(administration: Administration) -> str | None:
    """Return the same, and `None` too where the connection cannot be used: its own step says that."""
    try:
        return find_grant_key(administration)
    except ConfigurationError:
        return None
