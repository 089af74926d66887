"""People who are logged in under FAB, and how they ask for a page."""

import re
from dataclasses import dataclass, field
from typing import Any

import requests

from local.paths import PROJECT

READER, ACTOR = "exact_nl_reads", "exact_nl_acts"
"""The roles of one administration that docs/security.md shows how to make."""
ROLES = ("Op", "User", "Viewer", "Public", READER, ACTOR)
TIMEOUT_S = 60
COMMAND = re.compile(r"^airflow roles .+$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a token, or a stranger without one."""

    name: str
    base_url: str
    token: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Ask for an address of the web server."""
        headers = {"Accept-Language": "en"} | more.pop("headers", {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        with requests.Session() as session:
            session.trust_env = False
            return session.request(
                method,
                f"{self.base_url}{path}",
                headers=headers,
                allow_redirects=False,
                timeout=TIMEOUT_S,
                **more,
            )


def log_in(base_url: str, name: str, password: str) -> Person:
    """Get a token for a user."""
    stranger = Person(name=name, base_url=base_url)
    answer = stranger.ask("POST", "/auth/token", json={"username": name, "password": password})
    assert answer.status_code == 201, answer.text
    return Person(name=name, base_url=base_url, token=answer.json()["access_token"], password=password)


def documented_commands() -> list[str]:
    """Return the commands that make roles, as docs/security.md shows them."""
    found = COMMAND.findall((PROJECT / "docs" / "security.md").read_text(encoding="utf-8"))
    assert found
    return found
