"""Choose the administrations that a command is about."""

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder


def chosen(named: list[str]) -> list[str]:
    """Return the administrations that were named, all of administrations.csv when none was."""
    return named or [row.sync_id for row in read_administrations(mappings_folder())]
