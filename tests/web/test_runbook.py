"""Whatever a message names can be looked up in the runbook, in both languages, and nothing else is."""

import re

import pytest
from airflow.utils.state import TaskInstanceState

from finance_hooks.posting.message_words import say_kind
from finance_hooks.posting.problem import ProblemKind
from finance_hooks.web.language import LANGUAGES
from finance_hooks.web.runbook import runbook_html, runbook_text
from tests.house.tree import PROJECT

ANCHOR = re.compile(r'<a id="([a-z-]+)"></a>')
RUNBOOKS = (PROJECT / "docs" / "runbook.md", PROJECT / "docs" / "nl" / "runbook.md")
BESIDES = {"file-waiting", "task-states", "airflow-down"}
"""What people look up without a message that leads there."""
NEVER = {TaskInstanceState.AWAITING_INPUT, TaskInstanceState.DEFERRED, TaskInstanceState.REMOVED}
"""States that no step of ours comes into: none asks a person or defers, and none is taken out of its DAG."""
STEPS = re.compile(r"^\d+\. ", re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(ProblemKind))
def test_every_kind_of_problem_has_its_heading_and_steps(kind: ProblemKind, language: str) -> None:
    text = runbook_text(language)  # type: ignore[arg-type]

    _, heading, after = text.partition(f'## <a id="{kind.value}"></a>{say_kind(kind, language)}\n')  # type: ignore[arg-type]

    assert heading
    assert STEPS.search(after.partition("\n## ")[0])


def test_anchors_are_the_same_in_both_languages_and_in_the_documentation() -> None:
    named = {kind.value for kind in ProblemKind} | BESIDES

    assert set(ANCHOR.findall(runbook_text("nl"))) == named
    assert set(ANCHOR.findall(runbook_text("en"))) == named
    for page in RUNBOOKS:
        assert set(ANCHOR.findall(page.read_text(encoding="utf-8"))) == named


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", TaskInstanceState)
def test_every_state_that_a_step_comes_into_is_explained(state: TaskInstanceState, language: str) -> None:
    table = runbook_html(language).partition('<a id="task-states"></a>')[2].partition("<h2>")[0]

    assert (f"<em>{state.value}</em>" in table) is (state not in NEVER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_has_one_first_heading_an_anchor_for_every_link_and_no_style_of_its_own(language: str) -> None:
    page = runbook_html(language)

    assert page.count("<h1>") == 1
    assert set(re.findall(r'href="#([a-z-]+)"', page)) == set(ANCHOR.findall(page))
    assert "style=" not in page
    assert "http" not in page
