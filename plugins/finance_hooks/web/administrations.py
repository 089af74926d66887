"""Which administrations a user may see, and change: those whose DAGs the auth manager lets them."""

from fastapi import HTTPException, status

from finance_hooks.mapping.administrations import AdministrationRow, read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.targets.registry import find_target
from finance_hooks.web.access import User, may_act, readable


def visible_rows(user: User) -> list[AdministrationRow]:
    """Return the rows of administrations.csv that the user may see."""
    rows = read_administrations(mappings_folder())
    allowed = readable(user, [row.sync_id for row in rows])
    return [row for row in rows if row.sync_id in allowed]


def visible_row(user: User, sync_id: str) -> AdministrationRow:
    """Return one row; 404 where there is none, and where the user must not know of it."""
    found = next((row for row in visible_rows(user) if row.sync_id == sync_id), None)
    if found is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, sync_id)
    return found


def label_of(row: AdministrationRow) -> str:
    """Name the package of a row and the administration in it; nothing for a row that is wrong."""
    if row.administration is None:
        return ""
    return (
        f"{find_target(row.administration.target).settings.label} {row.administration.target_administration}"
    )


def require_act(user: User, sync_id: str) -> AdministrationRow:
    """Return one row; 403 for a user who may see it and not change what happens to its documents."""
    row = visible_row(user, sync_id)
    if not may_act(user, sync_id):
        raise HTTPException(status.HTTP_403_FORBIDDEN, sync_id)
    return row
