"""Show which files of a link wait to be imported, and take what somebody says became of one."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from finance_hooks.operators.connections import open_store
from finance_hooks.posting import decide
from finance_hooks.store.export_files import delivered_files
from finance_hooks.web.access import User, may_act
from finance_hooks.web.administrations import label_of, require_act, visible_row
from finance_hooks.web.document_acts import IMPORTED, OF_DOCUMENTS, WITHDRAW, WORDS
from finance_hooks.web.pages import show
from finance_hooks.web.reading import reading

router = APIRouter(prefix="/links/{sync_id}/files")
ACTS = (IMPORTED, WITHDRAW)
SHOWN = 100


@router.get("")
def files_page(request: Request, user: User, sync_id: str, done: str = "") -> HTMLResponse:
    """Show the oldest files of which not every document is seen in the books."""
    row = visible_row(user, sync_id)
    with reading() as connection:
        found = delivered_files(connection, sync_id)
    return show(
        request,
        "files.html",
        sync_id=sync_id,
        label=label_of(row),
        files=found[:SHOWN],
        left_out=len(found[SHOWN:]),
        acts=[(act, WORDS[act]) for act in ACTS] if may_act(user, sync_id) else [],
        done=done if done in ACTS else "",
    )


@router.post("")
def decide_file(
    request: Request,
    user: User,
    sync_id: str,
    *,
    file: Annotated[str, Form()] = "",
    act: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
) -> Response:
    """Decide about all documents of a file."""
    require_act(user, sync_id)
    if act not in ACTS:
        raise HTTPException(status.HTTP_404_NOT_FOUND, act)
    here = f"/links/{sync_id}/files"
    key = "act.why_missing" if not why.strip() else WORDS[act].refused
    if why.strip():
        wish = decide.Wish(act=OF_DOCUMENTS[act], who=user.get_name(), why=why.strip())
        decided = decide.decide_file(open_store(), file, wish, sync_id=sync_id)
        if any(one.done for one in decided):
            base = request.scope.get("root_path", "")
            return RedirectResponse(f"{base}{here}?done={act}", status.HTTP_303_SEE_OTHER)
    return show(
        request,
        "refused.html",
        status=status.HTTP_409_CONFLICT if why.strip() else status.HTTP_422_UNPROCESSABLE_CONTENT,
        key=key,
        state="",
        said=(),
        back=here,
    )
