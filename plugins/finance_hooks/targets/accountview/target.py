"""Declare AccountView to the registry."""

from typing import TYPE_CHECKING, Any

from finance_hooks.targets.accountview.lineage import LINEAGE_FIELDS
from finance_hooks.targets.accountview.settings import CONNECTION_TYPE, LABELS, SETTINGS
from finance_hooks.targets.base import Target, TargetHook
from finance_hooks.transport.connection_parts import ConnectionParts

if TYPE_CHECKING:
    from finance_hooks.transport.oauth import OAuthClient


def _make_hook(conn_id: str, **parts: Any) -> TargetHook:  # noqa: ANN401 - handed on as they come
    # Airflow reads the registry in every process to list connection types; the hook brings requests along.
    from finance_hooks.targets.accountview.hook import AccountViewHook  # noqa: PLC0415

    return AccountViewHook(conn_id, **parts)


def _make_oauth_client(parts: ConnectionParts) -> "OAuthClient":
    from finance_hooks.targets.accountview.connection import read_connection  # noqa: PLC0415
    from finance_hooks.targets.accountview.consent import make_oauth_client  # noqa: PLC0415

    return make_oauth_client(read_connection(parts))


ACCOUNT_VIEW = Target(
    settings=SETTINGS,
    labels=LABELS,
    connection_type=CONNECTION_TYPE,
    make_hook=_make_hook,
    make_oauth_client=_make_oauth_client,
    lineage_fields=LINEAGE_FIELDS,
)
