"""The pages lead to the handbook where this installation says it is served, and nowhere else."""

import pytest
from fastapi import Request

from finance_hooks.web.handbook import HANDBOOK_VARIABLE, handbook_address
from finance_hooks.web.pages import show

ADDRESS = "https://handbook.example.org/finance/?a=1&b=2"


@pytest.mark.parametrize("text", [ADDRESS, "http://127.0.0.1:8000/"])
def test_address_on_the_web_is_led_to(text: str) -> None:
    assert handbook_address(text) == text


@pytest.mark.parametrize("text", [None, "", "var/handbook", "javascript:alert(1)", "file:///srv/handbook"])
def test_what_is_no_address_on_the_web_is_not_led_to(text: str | None) -> None:
    assert handbook_address(text) is None


@pytest.mark.parametrize(("language", "word"), [("nl", "Handboek"), ("en", "Handbook")])
def test_every_page_leads_to_the_handbook_in_the_words_of_its_reader(
    language: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HANDBOOK_VARIABLE, ADDRESS)

    assert f'<a href="{ADDRESS.replace("&", "&amp;")}">{word}</a>' in shown(language)


def test_no_page_names_a_handbook_that_is_served_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HANDBOOK_VARIABLE, raising=False)

    assert "Handboek" not in shown("nl")


def shown(language: str) -> str:
    asked = Request(
        {
            "type": "http",
            "scheme": "https",
            "server": ("airflow.example", 443),
            "root_path": "/finance",
            "path": "/finance/runbook",
            "query_string": b"",
            "headers": [(b"accept-language", language.encode())],
        }
    )
    return bytes(show(asked, "runbook.html", steps="").body).decode()
