"""How many calls AFAS takes for a run: per entry, per page of transactions, per address of dossier items."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.targets.afas.chart import write_chart
from finance_hooks.targets.afas.foresight import count_attaching, count_posting
from finance_hooks.targets.afas.target import AFAS
from finance_hooks.targets.foresight import Calls, Foresight, Scope
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.afas.samples import SAMPLES
from tests.targets.charted_hooks import NOTHING_LEAVES, charted_hook
from tests.targets.runs_ahead import ahead, calls_of, filings, place_of

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
D = Decimal


@pytest.fixture
def foresight(monkeypatch: pytest.MonkeyPatch) -> Foresight:
    hook = charted_hook(monkeypatch, AFAS, write_chart(sample_chart()))
    return AFAS.foresee(hook, "1")


def memorial(*amounts: str) -> Entry:
    first = J1.lines[0]
    return replace(J1, journal=S1.journal, lines=tuple(replace(first, amount=D(each)) for each in amounts))


def pages(foresight: Foresight, *entries: Entry) -> int:
    """Count the calls that read these entries back once they are booked."""
    run = ahead(entries, proved=place_of(S1))
    return calls_of(foresight.steps, "reconcile", run)["books"].count


def test_run_without_files_has_three_steps_and_no_limit(foresight: Foresight) -> None:
    assert list(foresight.steps) == ["relations", "load", "reconcile"]
    assert (foresight.counters, foresight.unit, foresight.reads_all_journals) == ((), "calls", False)


def test_files_are_a_step_where_the_connection_names_their_type(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = charted_hook(monkeypatch, AFAS, write_chart(sample_chart()), attach_pdfs=True, subject_type=105)

    assert list(AFAS.foresee(hook, "1").steps) == ["relations", "load", "attach", "reconcile"]


def test_calls_are_those_of_connectors_and_not_those_for_tokens(foresight: Foresight) -> None:
    base = "https://12345.rest.afas.online/ProfitRestServices"

    assert foresight.is_call(f"{base}/connectors/FiEntries")
    assert not foresight.is_call(f"{base}/oauth/token")


def test_what_the_chart_at_hand_rules_out_is_looked_up_anew(foresight: Foresight) -> None:
    assert foresight.check(S1) == ()
    with pytest.raises(TemporaryFailure, match=NOTHING_LEAVES):
        foresight.check(replace(S1, journal="99"))


# AFAS gives a page of 99 rows or fewer once; one of 100 may hide more.
@pytest.mark.parametrize(
    ("amounts", "calls"),
    [
        (("1.00", "1.00", "-2.00"), 1),
        (("1.00", "1.00", "-2.00", "0.00"), 1),
        (("1.00", "1.00", "1.00", "-3.00"), 2),
    ],
)
def test_lines_are_counted_as_they_are_sent_without_those_of_nothing(
    foresight: Foresight, amounts: tuple[str, ...], calls: int
) -> None:
    # A sale of four lines with VAT of one code makes six: 16 of them make 96.
    assert pages(foresight, *[S1] * 16, memorial(*amounts)) == calls


def test_rows_of_other_journals_and_periods_are_not_read(foresight: Foresight) -> None:
    assert pages(foresight, *[S1] * 17) == 2
    assert pages(foresight, *[replace(S1, journal="99")] * 17) == 1
    assert pages(foresight, *[replace(S1, period=9)] * 17) == 1


def test_books_are_asked_in_as_many_addresses_as_their_journals_and_periods_need(
    foresight: Foresight,
) -> None:
    year = frozenset(Period(fiscal_year=2026, number=number) for number in range(1, 13))
    run = ahead([], proved=Scope(journals=frozenset({"20", "80"}), periods=year))

    # Four of these 24 alternatives fit into AFAS's 2,049 characters.
    assert calls_of(foresight.steps, "reconcile", run)["books"].count == 6


def test_every_entry_is_a_call_and_the_first_is_looked_for() -> None:
    assert list(count_posting(ahead([S1], [S1, J1]))) == [
        Calls(step="load", what="entries", count=3, changes_books=True),
        Calls(step="load", what="proofs", count=1),
    ]
    assert [one.count for one in count_posting(ahead())] == [0, 0]


@pytest.mark.parametrize(
    ("files", "sent", "looks"),
    [(0, 0, 0), (1, 0, 1), (1, 1, 3), (10, 10, 3), (11, 11, 4), (40, 0, 4), (41, 2, 7)],
)
def test_files_are_looked_up_by_the_address_and_the_first_is_looked_for_twice(
    files: int, sent: int, looks: int
) -> None:
    # Ten titles fit into AFAS's 2,049 characters; forty files are looked up together.
    assert list(count_attaching(ahead(files=filings(S1, files, sent=sent)))) == [
        Calls(step="attach", what="look-ups", count=looks),
        Calls(step="attach", what="files", count=sent, changes_books=True),
    ]
