"""A message is short, names what is new first and since when the rest is known, and holds no secret."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, get_args

import pytest

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.message import LONGEST_LINE, SHOWN, Draft, Moment, Tone, write_message
from finance_hooks.posting.message_words import WORDS, say_kind
from finance_hooks.posting.night import Night
from finance_hooks.posting.problem import Problem, ProblemKind
from finance_hooks.posting.problems import Consent, find_problems
from finance_hooks.store.findings import FindingKind
from tests.posting.open_ones import AT, EARLIER, document, finding, journal, reason, report, seen

P = PostingState
LANGUAGES: Sequence[Language] = get_args(Language)
ALL_WELL = Draft(
    sync_id="exact_nl",
    place="100 → exactonline 1234567 (exact_nl)",
    tone=Tone.ALL_WELL,
    moment=Moment.CONCLUDED,
    run_id="scheduled__2026-11-04T03:00:00+00:00",
    figures={"booked": 3, "already_booked": 2, "parked": 0, "waiting": 0, "unknown": 0},
    difference=Decimal("0.00"),
    new=(),
    known=(),
    since={},
    solved=0,
    base_url="https://airflow.example/",
    deadline="06:00",
)


def parked(count: int) -> tuple[Problem, ...]:
    return find_problems(seen(*(document(P.PARKED, number) for number in range(1, count + 1))))


def drafted(**changed: Any) -> Draft:
    return replace(ALL_WELL, **changed)


def test_night_without_problems_says_its_figures_and_that_nothing_is_to_be_done() -> None:
    content = write_message(ALL_WELL, "nl")

    assert content["subject"] == "[Finance] exact_nl: alles geboekt (Geboekt 3)"
    assert "- Geboekt: 3\n- Was al geboekt: 2\n" in content["text"]
    assert "- Verschil met de boeken: 0,00" in content["text"]
    assert "Er is niets te doen." in content["text"]
    assert "100 → exactonline 1234567 (exact_nl)" in content["text"]
    assert content["text"].endswith("De koppeling: https://airflow.example/finance/links/exact_nl")


def test_new_problem_is_told_with_its_reason_the_page_and_the_place_in_the_runbook() -> None:
    content = write_message(drafted(tone=Tone.NEWS, new=parked(1)), "en")

    assert content["subject"] == "[Finance] exact_nl: action needed (Parked 1)"
    assert "\nNEW\n\nParked (1)\n- 2026100001: " in content["text"]
    assert (
        "Look: https://airflow.example/finance/documents?sync_id=exact_nl&state=parked\n"
        "What to do: https://airflow.example/finance/runbook#parked" in content["text"]
    )
    assert "KNOWN" not in content["text"]


def test_known_problem_says_since_when_by_the_day_where_the_books_are_kept() -> None:
    known = parked(1)
    draft = drafted(tone=Tone.REMINDER, known=known, since={known[0].keys[0]: EARLIER}, solved=2)

    content = write_message(draft, "nl")

    assert content["subject"] == "[Finance] exact_nl: nog open (Geparkeerd 1)"
    assert "AL BEKEND" in content["text"]
    assert "- 2026100001 (gemeld sinds 02-11-2026)" in content["text"]
    assert "Opgelost sinds het vorige bericht: 2." in content["text"]
    assert "NIEUW" not in content["text"]


def test_many_problems_are_counted_and_the_first_are_named() -> None:
    content = write_message(drafted(tone=Tone.NEWS, new=parked(SHOWN + 13)), "nl")

    assert f"Geparkeerd ({SHOWN + 13})" in content["text"]
    assert content["text"].count("- 202610") == SHOWN
    assert "- en nog 13" in content["text"]


def test_no_line_is_longer_than_its_bound_and_no_message_than_all_kinds_of_problem_allow() -> None:
    long = tuple(
        replace(problem, sentences={"nl": ("x" * 5000,), "en": ("x" * 5000,)}) for problem in parked(5000)
    )

    content = write_message(drafted(tone=Tone.NEWS, new=long), "nl")

    assert max(len(line) for line in content["text"].splitlines()) <= LONGEST_LINE + len("- ")
    assert len(content["html"]) < 10_000


def test_message_holds_no_secret_no_markup_and_no_line_of_a_document() -> None:
    hostile = reason(
        ReasonCode.FIELD_UNREADABLE,
        field="note",
        value="<script>alert(1)</script>\r\nBcc: all@example.org",
        detail="client_secret=S3CRET&x=1 Bearer T0KEN",
    )
    new = find_problems(seen(document(P.PARKED, document="A\nB", reasons=(hostile,))))

    content = write_message(drafted(tone=Tone.NEWS, new=new, run_id="a\r\nb"), "en")

    everything = "".join(content.values())
    assert "S3CRET" not in everything
    assert "T0KEN" not in everything
    assert "<script>" not in content["html"]
    assert "\r" not in everything
    assert "\nBcc" not in everything
    assert "\n" not in content["subject"]


def test_what_is_told_during_a_run_says_that_the_comparison_is_still_to_come() -> None:
    draft = drafted(tone=Tone.NEWS, moment=Moment.UNDER_WAY, new=parked(1), difference=None)

    text = write_message(draft, "nl")["text"]

    assert "De run is nog bezig" in text
    assert "Verschil met de boeken:" not in text


def test_what_is_told_beside_runs_names_no_run_and_counts_no_bookings() -> None:
    figures = {"parked": 0, "waiting": 1, "unknown": 0}
    new = find_problems(seen(night=Night.MISSED))
    draft = drafted(
        tone=Tone.DEADLINE, moment=Moment.WATCHED, run_id="", figures=figures, difference=None, new=new
    )

    content = write_message(draft, "nl")

    assert content["subject"] == "[Finance] exact_nl: niet klaar om 06:00 (Nacht gemist 1)"
    assert "Run:" not in content["text"]
    assert "https://airflow.example/finance/runbook#night-missed" in content["text"]


def test_deadline_that_only_repeats_what_is_known_has_a_subject_too() -> None:
    known = find_problems(seen(night=Night.MISSED))
    draft = drafted(
        tone=Tone.DEADLINE, figures={"parked": 0}, known=known, since={known[0].keys[0]: EARLIER}, run_id=""
    )

    assert write_message(draft, "nl")["subject"] == "[Finance] exact_nl: niet klaar om 06:00 (Nacht gemist 1)"


def everything_wrong() -> list[Problem]:
    """Return problems of every kind and with every text."""
    forgotten = journal("0.01", not_ours_entries=[{"reference": "QABC"}])
    wrong = [
        seen(
            document(P.PARKED, 1),
            document(P.UNKNOWN, 2),
            document(P.PENDING, 3, not_before=AT.replace(hour=9)),
            findings=[finding(kind) for kind in FindingKind],
            report=report(documents=9, failed_tasks=["load"], journals=[forgotten]),
            consent=Consent(since=EARLIER, why="invalid_grant"),
            night=Night.UNDER_WAY,
        ),
        seen(consent=Consent(since=None, why=""), night=Night.MISSED),
        seen(wrong_row="administrations.csv, line 2: starts_on is empty; correct the row."),
    ]
    return [problem for one in wrong for problem in find_problems(one)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem", everything_wrong(), ids=lambda problem: problem.key_of_text or "parked")
def test_every_problem_is_told_with_its_place_in_the_runbook(problem: Problem, language: Language) -> None:
    text = write_message(drafted(tone=Tone.NEWS, new=[problem]), language)["text"]

    assert f"{say_kind(problem.kind, language)} (1)\n- " in text
    assert f"https://airflow.example/finance/runbook#{problem.kind.value}" in text
    assert "{" not in text


def test_every_kind_of_problem_and_every_word_is_used() -> None:
    problems = everything_wrong()

    assert {problem.kind for problem in problems} == set(ProblemKind)
    fixed = {*Tone, *Moment, *ALL_WELL.figures, "administration", "run", "difference", "new", "known"}
    fixed |= {"nothing", "only_known", "solved", "since", "more", "what_to_do", "look", "the_link"}
    assert set(WORDS) == fixed | {problem.key_of_text for problem in problems if problem.key_of_text}
