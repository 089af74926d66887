"""Put the pages of the bookkeeping links into Airflow's own, and tell it of the deadline of a night."""

from typing import Any

from airflow.plugins_manager import AirflowPlugin

from finance_hooks.operators.deadline import NightDeadline

PREFIX = "/finance"


async def pages(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
    """Answer one request; the pages are imported by the process that is asked for them, and by no task."""
    from finance_hooks.web.app import app  # noqa: PLC0415

    await app()(scope, receive, send)


class FinancePlugin(AirflowPlugin):
    """Add an entry to Airflow's navigation, the application behind it, and the deadline of a night."""

    name = "finance"
    deadline_references: list[Any] = [NightDeadline]  # noqa: RUF012 - Airflow's shape
    fastapi_apps: list[Any] = [{"app": pages, "url_prefix": PREFIX, "name": "Finance"}]  # noqa: RUF012 - Airflow's shape
    external_views: list[Any] = [  # noqa: RUF012 - Airflow's shape
        {
            "name": "Finance",
            "href": f"{PREFIX}/",
            "destination": "nav",
            "url_route": "finance",
            "nav_top_level": True,
            "icon": f"{PREFIX}/static/icon.svg",
            "icon_dark_mode": f"{PREFIX}/static/icon-dark.svg",
        }
    ]
