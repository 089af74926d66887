"""Name the bookkeeping packages there are; nothing else outside their folders does."""

from collections.abc import Mapping
from types import MappingProxyType

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.targets.accountview.target import ACCOUNT_VIEW
from finance_hooks.targets.afas.target import AFAS
from finance_hooks.targets.base import Target
from finance_hooks.targets.exactonline.target import EXACT_ONLINE
from finance_hooks.targets.twinfield.target import TWINFIELD

TARGETS: Mapping[str, Target] = MappingProxyType(
    {target.settings.slug: target for target in (EXACT_ONLINE, TWINFIELD, AFAS, ACCOUNT_VIEW)}
)


def find_target_of(connection_type: str | None) -> Target:
    """Return the package that a type of connection belongs to; ConfigurationError when there is none."""
    for target in TARGETS.values():
        if target.connection_type["connection-type"] == connection_type:
            return target
    raise ConfigurationError(f"Connections of type {connection_type!r} belong to no bookkeeping package.")


def find_target(slug: str) -> Target:
    """Return a package by its slug; ConfigurationError names those there are."""
    target = TARGETS.get(slug)
    if target is None:
        raise ConfigurationError(f"There is no target {slug!r}; there are {', '.join(TARGETS)}.")
    return target
