"""Take what a user decides about documents, with a reason kept under their name, as the commands do."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import RedirectResponse, Response

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.operators.connections import open_store
from finance_hooks.posting import decide, decide_findings
from finance_hooks.store.findings import FindingKind
from finance_hooks.web.access import User
from finance_hooks.web.administrations import require_act
from finance_hooks.web.document_acts import ADOPT, FOR_MANY, OF_DOCUMENTS, OF_FINDINGS, WORDS
from finance_hooks.web.pages import show

router = APIRouter()
Text = Annotated[str, Form()]


@router.post("/documents")
def decide_many(
    request: Request,
    user: User,
    *,
    sync_id: Text = "",
    reason: Text = "",
    act: Text = "",
    why: Text = "",
) -> Response:
    """Do one thing to every document of an administration that is parked for one reason."""
    require_act(user, sync_id)
    if act not in FOR_MANY or reason not in set(ReasonCode):
        raise HTTPException(status.HTTP_404_NOT_FOUND, act)
    asked = {"sync_id": sync_id, "reason": reason}
    if not why.strip():
        return _unsaid(request, f"/documents?{urlencode(asked)}")
    wish = decide.Wish(act=OF_DOCUMENTS[act], who=user.get_name(), why=why.strip())
    counted = decide.decide_all(open_store(), sync_id, ReasonCode(reason), wish)
    told = {"done": act, "did": counted[True], "left": counted[False]}
    return _back(request, f"/documents?{urlencode(asked | told)}")


@router.post("/documents/{sync_id}/{reference}/{act}")
def decide_one(  # noqa: PLR0913 - the boxes of a form
    request: Request,
    user: User,
    *,
    sync_id: str,
    reference: str,
    act: str,
    why: Text = "",
    booking: Text = "",
    kind: Text = "",
) -> Response:
    """Do one thing to one document, or about what was found about it."""
    require_act(user, sync_id)
    if act not in WORDS:
        raise HTTPException(status.HTTP_404_NOT_FOUND, act)
    here = f"/documents/{quote(sync_id, safe='')}/{quote(reference, safe='')}"
    if not why.strip():
        return _unsaid(request, here)
    who = user.get_name()
    if act in OF_FINDINGS:
        kinds = [one for one in FindingKind if one == kind]
        about = decide_findings.Wish(act=OF_FINDINGS[act], kinds=kinds, who=who, why=why.strip())
        refused = _about_findings(sync_id, reference, about)
    else:
        wanted = decide.adopt(booking) if act == ADOPT else OF_DOCUMENTS[act]
        refused = _about_document(sync_id, reference, decide.Wish(act=wanted, who=who, why=why.strip()))
    if refused is None:
        return _back(request, f"{here}?done={act}")
    return show(
        request,
        "refused.html",
        status=status.HTTP_409_CONFLICT,
        key=WORDS[act].refused,
        state=refused[0],
        said=refused[1:],
        back=here,
    )


def _about_document(sync_id: str, reference: str, wish: decide.Wish) -> Sequence[str] | None:
    """Decide, and return in which state the document is where that could not be done."""
    decided = decide.decide_one(open_store(), reference, wish, sync_id=sync_id)
    if decided is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, reference)
    return None if decided.done else (decided.found.state,)


def _about_findings(sync_id: str, reference: str, wish: decide_findings.Wish) -> Sequence[str] | None:
    """Decide, and return the state of what is booked and why that could not be done."""
    decided = decide_findings.decide(open_store(), reference, wish, sync_id=sync_id)
    refused = [one.why_not for one in decided if one.why_not is not None]
    return None if decided and not refused else ("", *refused)


def _unsaid(request: Request, back: str) -> Response:
    return show(
        request,
        "refused.html",
        status=status.HTTP_422_UNPROCESSABLE_CONTENT,
        key="act.why_missing",
        state="",
        said=(),
        back=back,
    )


def _back(request: Request, path: str) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status.HTTP_303_SEE_OTHER)
