"""What somebody is told of is found in what was seen, and keeps its key as long as it is the same problem."""

from datetime import timedelta
from decimal import Decimal

import pytest

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.night import Night, night_of
from finance_hooks.posting.problem import ProblemKind, count_solved, runbook_line
from finance_hooks.posting.problems import Consent, find_problems
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.to_tell import RunStanding
from tests.posting.open_ones import AT, EARLIER, document, finding, journal, reason, report, seen

K, P = ProblemKind, PostingState


def kinds(*arguments: object, **changed: object) -> list[ProblemKind]:
    return [problem.kind for problem in find_problems(seen(*arguments, **changed))]  # type: ignore[arg-type]


def test_nothing_is_a_problem_where_everything_is_booked() -> None:
    assert kinds() == []


def test_parked_document_is_told_with_every_reason_in_both_languages() -> None:
    two = (reason(), reason(ReasonCode.PARTY_UNMAPPED))

    (problem,) = find_problems(seen(document(P.PARKED, reasons=two)))

    assert (problem.kind, problem.subject) == (K.PARKED, "2026100001")
    assert {language: len(said) for language, said in problem.sentences.items()} == {"nl": 2, "en": 2}


def test_every_reason_of_a_parked_document_has_a_key_of_its_own_whatever_its_words() -> None:
    def keys(*reasons: ReasonCode, detail: str = "") -> tuple[str, ...]:
        given = tuple(reason(one, detail=detail) for one in reasons)
        return find_problems(seen(document(P.PARKED, reasons=given)))[0].keys

    known = keys(ReasonCode.JOURNAL_UNMAPPED)
    two = keys(ReasonCode.PARTY_UNMAPPED, ReasonCode.JOURNAL_UNMAPPED, ReasonCode.JOURNAL_UNMAPPED)

    assert keys(ReasonCode.JOURNAL_UNMAPPED, detail="at 03:12") == known == ("parked:1:journal_unmapped",)
    assert two == ("parked:1:journal_unmapped", "parked:1:party_unmapped")


def test_document_is_solved_when_none_of_its_reasons_stands_any_more() -> None:
    solved = ["parked:1:journal_unmapped", "parked:2:a", "parked:2:b", "night-missed", "token-gone:never"]

    assert count_solved(solved, ["parked:1:party_unmapped", "token-gone:2026-11-01T00:00:00"]) == 3


def test_document_that_a_person_holds_back_is_no_problem() -> None:
    assert kinds(document(P.PARKED, reasons=(reason(ReasonCode.ON_HOLD),))) == []


@pytest.mark.parametrize(
    ("state", "sent_until", "is_problem"),
    [
        (P.UNKNOWN, None, True),
        (P.SENDING, AT - timedelta(seconds=1), True),
        (P.SENDING, AT + timedelta(seconds=60), False),
        (P.SENDING, None, False),
        (P.PENDING, None, False),
    ],
)
def test_unclear_is_what_nobody_is_sending_any_more(
    state: PostingState, sent_until: object, *, is_problem: bool
) -> None:
    assert kinds(document(state, sent_until=sent_until)) == ([K.UNCLEAR] if is_problem else [])


def test_limit_is_one_problem_however_many_documents_wait() -> None:
    waiting = [
        document(
            P.PENDING, number, not_before=AT + timedelta(hours=number), waiting_why="the day's calls are used"
        )
        for number in (1, 2)
    ]

    (problem,) = find_problems(seen(*waiting, document(P.PENDING, 3, not_before=EARLIER)))

    assert (problem.kind, problem.keys) == (K.LIMIT_REACHED, ("limit-reached",))
    assert problem.values == {
        "count": 2,
        "until": AT + timedelta(hours=2),
        "why": "the day's calls are used",
    }


def test_limit_without_words_is_told_all_the_same() -> None:
    (problem,) = find_problems(seen(document(P.PENDING, not_before=AT + timedelta(hours=1))))

    assert problem.values["why"] == ""


def test_difference_is_told_per_journal_and_period_and_anew_when_its_amount_changes() -> None:
    def key(difference: str) -> str:
        (problem,) = find_problems(seen(report=report(journals=[journal(difference), journal()])))
        assert (problem.kind, problem.subject) == (K.DIFFERENT, "70 2026/10")
        assert problem.values == {"amount": Decimal(difference)}
        return problem.keys[0]

    assert key("0.01") == key("0.01") != key("-0.01")


def test_booking_with_a_reference_of_ours_that_nobody_knows_is_told_and_other_people_s_are_not() -> None:
    others = [{"reference": "QABC"}, {"reference": None}, {}]

    (problem,) = find_problems(seen(report=report(journals=[journal(not_ours_entries=others)])))

    assert (problem.kind, problem.keys) == (K.FORGOTTEN, ("booked-and-forgotten:QABC",))


def test_failed_tasks_and_documents_that_stand_nowhere_are_told() -> None:
    assert kinds(report=report(documents=6, failed_tasks=["load"])) == [K.TASK_FAILED, K.NOT_ACCOUNTED]


def test_administration_that_never_had_a_report_has_no_problem_for_that() -> None:
    assert kinds(report={}) == []


@pytest.mark.parametrize(
    ("consent", "key"),
    [
        (Consent(since=None, why=""), "token-gone:never"),
        (Consent(since=EARLIER, why="invalid_grant"), f"token-gone:{EARLIER.isoformat()}"),
    ],
)
def test_consent_is_told_once_for_each_time_it_goes(consent: Consent, key: str) -> None:
    assert [problem.keys for problem in find_problems(seen(consent=consent))] == [(key,)]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"night": Night.MISSED}, K.NIGHT_MISSED),
        ({"night": Night.UNDER_WAY}, K.DEADLINE_MISSED),
        ({"night": Night.MISSED, "wrong_row": "line 2"}, K.ROW_WRONG),
    ],
)
def test_night_that_is_not_done_is_told_and_a_wrong_row_says_why_it_was_not(
    changed: dict[str, object], kind: ProblemKind
) -> None:
    assert kinds(**changed) == [kind]


@pytest.mark.parametrize("kind", list(FindingKind))
def test_finding_is_told_until_a_person_decides_and_again_when_that_cannot_be_done(kind: FindingKind) -> None:
    (problem,) = find_problems(seen(findings=[finding(kind)]))

    differs = kind in {FindingKind.MISSING_IN_BOOKS, FindingKind.AMOUNT_DIFFERS, FindingKind.BOOKED_TWICE}
    assert problem.kind is (K.DIFFERENT if differs else K.FINDING)
    assert kinds(findings=[finding(kind, decision="correct")]) == []
    assert kinds(findings=[finding(kind, decision="correct", is_kept_back=True)]) == [problem.kind]


def test_what_keeps_documents_out_for_longest_is_told_first() -> None:
    found = kinds(
        document(P.PARKED, 1),
        document(P.UNKNOWN, 2),
        night=Night.UNDER_WAY,
        consent=Consent(since=None, why=""),
        findings=[finding(FindingKind.DRIFT)],
    )

    assert found == [K.DEADLINE_MISSED, K.TOKEN_GONE, K.UNCLEAR, K.PARKED, K.FINDING]


def run(*, is_nightly: bool, concluded: bool) -> RunStanding:
    return RunStanding(
        run_id="run",
        started_at=EARLIER,
        concluded_at=AT if concluded else None,
        is_nightly=is_nightly,
        report={},
    )


@pytest.mark.parametrize(
    ("runs", "night"),
    [
        ([], Night.MISSED),
        ([run(is_nightly=False, concluded=True)], Night.MISSED),
        ([run(is_nightly=True, concluded=False)], Night.UNDER_WAY),
        ([run(is_nightly=True, concluded=False), run(is_nightly=True, concluded=True)], Night.DONE),
    ],
)
def test_night_is_made_by_a_run_that_asks_for_all_that_changed(runs: list[RunStanding], night: Night) -> None:
    assert night_of(runs) is night


def test_screens_and_logs_lead_to_the_runbook() -> None:
    assert "docs/runbook.md#parked" in runbook_line(K.PARKED)
    assert "/finance/runbook#parked" in runbook_line(K.PARKED)
