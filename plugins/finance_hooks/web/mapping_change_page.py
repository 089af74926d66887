"""Show what a changed mapping file would do; nothing of it is kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, status
from fastapi.responses import HTMLResponse

from finance_hooks.mapping.changed_file import BYTES_MAX, Changed, read_changed
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.missing_rows import BY_NAME
from finance_hooks.mapping.schemas import Schema
from finance_hooks.mapping.tables import known_names
from finance_hooks.model.administration import Administration
from finance_hooks.store.mapping_gaps import PARKED_MAX
from finance_hooks.store.mapping_use import count_booked_by, row_use
from finance_hooks.store.mapping_waiting import parked_for
from finance_hooks.targets.registry import find_target
from finance_hooks.web.access import User
from finance_hooks.web.administrations import visible_row
from finance_hooks.web.mapping import TITLES, name_table
from finance_hooks.web.mapping_effect import asking_for, find_freed, show_changes, show_problems
from finance_hooks.web.mapping_page import administration_of, visible_names, window_of
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.reading import reading
from finance_hooks.web.upload import Upload, read_upload

router = APIRouter()
DAYS = 365
ADDITION = "add"
"""The choice that the rows come below those of the present file."""


@router.post("/mapping/{sync_id}/change")
def change_page(
    request: Request, user: User, sync_id: str, upload: Annotated[Upload, Depends(read_upload)]
) -> HTMLResponse:
    """Show what a file would change; it is read, compared and forgotten."""
    administration = administration_of(visible_row(user, sync_id), read_language(request))
    schema = BY_NAME.get(upload.fields.get("table", ""))
    refused = upload.refused or (None if schema else "mapping.no_table")
    if refused or schema is None:
        return show(
            request,
            "mapping_refused.html",
            status=status.HTTP_413_CONTENT_TOO_LARGE if refused == "mapping.too_large" else 400,
            administration=administration,
            refused=refused,
            most=BYTES_MAX,
        )
    changed = read_changed(
        upload.content,
        schema,
        administration,
        is_addition=upload.fields.get("how") == ADDITION,
        folder=mappings_folder(),
    )
    return _show(request, user, administration, schema, changed)


def _show(
    request: Request, user: User, administration: Administration, schema: Schema, changed: Changed
) -> HTMLResponse:
    names = visible_names(user)["sync_ids" if schema.shared else "organisations"]
    known = known_names(mappings_folder()).of(schema)
    window = window_of(administration, DAYS)
    gone = {change.content for change in changed.changes if change.content is not None}
    with reading() as connection:
        parked = parked_for(connection, administration.sync_id, asking_for(schema))
        use = row_use(connection, window)
        booked = count_booked_by(connection, window, gone)
    return show(
        request,
        "mapping_change.html",
        administration=administration,
        target=find_target(administration.target).settings.label,
        title=TITLES[schema.name],
        file=name_table(schema, administration.target),
        problems=show_problems(changed.problems, names, known, read_language(request)),
        changes=show_changes(changed.changes, names, use.by_row),
        freed=None if changed.problems else find_freed(parked, changed),
        parked_max=PARKED_MAX,
        booked=booked,
        use=use,
    )
