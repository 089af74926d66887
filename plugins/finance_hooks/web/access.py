"""Who may see and do what: Airflow's auth manager, whose modules may move, is asked here only."""

from collections.abc import Collection
from typing import Annotated

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
from airflow.api_fastapi.core_api.security import get_user as who_asks
from fastapi import Depends, HTTPException, Request, status

__all__ = ["User", "dag_id_of", "get_user", "may_act", "readable", "refuse_other_sites"]


def get_user(user: Annotated[BaseUser, Depends(who_asks)]) -> BaseUser:
    """Return who is logged in; raise 401 for a stranger, whatever role Airflow gives to strangers."""
    # FAB: with `auth_role_public` a stranger is an AnonymousUser, which has no id.
    if not user.get_id():
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "nobody is logged in")
    return user


User = Annotated[BaseUser, Depends(get_user)]
"""Whoever asks; nobody anonymous gets further than this."""


def dag_id_of(sync_id: str) -> str:
    """Return the DAG that brings an administration into its books."""
    return f"sync_{sync_id}"


def readable(user: BaseUser, sync_ids: Collection[str]) -> frozenset[str]:
    """Return the administrations whose DAGs the user may read."""
    by_dag = {dag_id_of(sync_id): sync_id for sync_id in sync_ids}
    allowed = get_auth_manager().filter_authorized_dag_ids(dag_ids=set(by_dag), user=user, method="GET")
    return frozenset(by_dag[dag_id] for dag_id in allowed)


def may_act(user: BaseUser, sync_id: str) -> bool:
    """Say whether the user may change what happens to an administration's documents."""
    details = DagDetails(id=dag_id_of(sync_id))
    return get_auth_manager().is_authorized_dag(method="PUT", details=details, user=user)


def refuse_other_sites(request: Request) -> None:
    """Raise 403 for a change that another site's page asks for: a cookie goes along with it all the same."""
    if request.method in {"GET", "HEAD"}:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.url.netloc}"
    if site not in {None, "same-origin", "none"} or origin not in {None, own}:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "another site asked for this")
