"""How many calls AccountView takes for a run: every entry is sent and read back."""

from dataclasses import replace

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.targets.accountview.company import write_company
from finance_hooks.targets.accountview.foresight import count_posting, count_rows
from finance_hooks.targets.accountview.target import ACCOUNT_VIEW
from finance_hooks.targets.foresight import Calls, Foresight
from tests.targets.accountview.sample_company import sample_company
from tests.targets.accountview.samples import OTHERS, SAMPLES
from tests.targets.charted_hooks import CONSENT, NOTHING_LEAVES, charted_hook
from tests.targets.runs_ahead import ahead

S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]
LARGE = replace(S1, lines=S1.lines * 30)


@pytest.fixture
def foresight(monkeypatch: pytest.MonkeyPatch) -> Foresight:
    hook = charted_hook(monkeypatch, ACCOUNT_VIEW, write_company(sample_company()), **CONSENT)
    return ACCOUNT_VIEW.foresee(hook, "VB01")


def test_run_reads_all_journals_attaches_nothing_and_knows_no_limit(foresight: Foresight) -> None:
    assert list(foresight.steps) == ["relations", "load", "reconcile"]
    assert (foresight.counters, foresight.reads_all_journals) == ((), True)


def test_calls_are_those_for_what_a_company_holds_and_for_companies(foresight: Foresight) -> None:
    portal = "https://www.accountview.net"

    assert foresight.is_call(f"{portal}/api/v3/accountviewdata")
    assert foresight.is_call(f"{portal}/api/v3/accountviewsystemdata")
    assert foresight.is_call(f"{portal}/api/v3/companies")
    assert not foresight.is_call(f"{portal}/api/v3/token")


def test_what_the_company_at_hand_rules_out_is_looked_up_anew(foresight: Foresight) -> None:
    assert foresight.check(S1) == ()
    with pytest.raises(TemporaryFailure, match=NOTHING_LEAVES):
        foresight.check(replace(S1, journal="XXX"))


def test_page_makes_rows_for_the_party_its_lines_and_vat_per_code() -> None:
    # Four lines of one code; two lines whose VAT stands on two sides; no party and no VAT.
    assert [count_rows(entry) for entry in (S1, P1, J1)] == [6, 5, 2]


def test_every_entry_is_sent_and_read_back() -> None:
    entries, proofs = count_posting(ahead([S1], [S1, J1]))

    assert entries == Calls(step="load", what="entries", count=3, changes_books=True)
    # The ledger is looked into for the first sale and the first memorial.
    assert proofs == Calls(step="load", what="proofs", count=3 + 2)


@pytest.mark.parametrize(("batches", "looks"), [(([LARGE], [S1]), 2), (([S1], [LARGE]), 1)])
def test_ledger_is_looked_into_for_the_first_of_a_sort_by_as_many_pages_as_its_rows_take(
    batches: tuple[list[Entry], ...], looks: int
) -> None:
    _, proofs = count_posting(ahead(*batches))

    assert proofs.count == 2 + looks


def test_entries_in_foreign_currency_and_with_shifted_vat_are_sorts_of_their_own() -> None:
    purchase = SAMPLES["P3"]
    _, proofs = count_posting(ahead([P1, purchase, OTHERS["foreign purchase"], purchase]))

    assert proofs.count == 4 + 3


def test_run_that_sends_nothing_looks_at_nothing() -> None:
    assert [one.count for one in count_posting(ahead())] == [0, 0]
