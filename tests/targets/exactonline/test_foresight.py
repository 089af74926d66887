"""How many calls Exact takes for a run, and what its limits count them in."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.targets.exactonline.chart import write_chart
from finance_hooks.targets.exactonline.foresight import count_attaching, count_posting
from finance_hooks.targets.exactonline.target import EXACT_ONLINE
from finance_hooks.targets.foresight import Calls, Foresight
from finance_hooks.transport.budget import Counter, Window
from tests.targets.charted_hooks import CONSENT, NOTHING_LEAVES, charted_hook
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES
from tests.targets.runs_ahead import ahead, filings

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
DIVISION = "1234567"


def foresee(monkeypatch: pytest.MonkeyPatch, **extra: object) -> Foresight:
    hook = charted_hook(monkeypatch, EXACT_ONLINE, write_chart(make_chart()), **CONSENT, **extra)
    return EXACT_ONLINE.foresee(hook, DIVISION)


def test_files_are_a_step_where_the_connection_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(foresee(monkeypatch).steps) == ["relations", "load", "reconcile"]
    assert list(foresee(monkeypatch, attach_pdfs=True).steps) == ["relations", "load", "attach", "reconcile"]


def test_calls_count_against_the_minute_and_the_day_of_the_division(monkeypatch: pytest.MonkeyPatch) -> None:
    foresight = foresee(monkeypatch)

    assert foresight.counters == (
        Counter(
            name="127.0.0.1:9|app-1|1234567",
            windows=(Window(length_s=60, limit=60), Window(length_s=86400, limit=5000, reserve=1500)),
        ),
    )
    assert foresight.is_call("https://start.exactonline.nl/api/v1/1234567/salesentry/SalesEntries")
    assert foresight.is_call("https://start.exactonline.nl/docs/XMLUpload.aspx?Topic=GLTransactions")
    assert not foresight.is_call("https://start.exactonline.nl/api/oauth2/token")


def test_what_the_chart_at_hand_rules_out_is_looked_up_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    foresight = foresee(monkeypatch)

    assert foresight.check(S1) == ()
    with pytest.raises(TemporaryFailure, match=NOTHING_LEAVES):
        foresight.check(replace(S1, journal="99"))


def posting(*batches: list[Entry], uploads_from: int) -> list[tuple[str, int, bool]]:
    counted = count_posting(ahead(*batches), uploads_from)
    return [(calls.what, calls.count, calls.changes_books) for calls in counted]


def test_every_entry_is_a_call() -> None:
    assert posting([S1], [S1, J1], uploads_from=0) == [("entries", 3, True), ("look-ups", 0, False)]


def test_upload_is_a_call_and_one_for_each_forty_of_a_kind_and_for_each_in_foreign_currency() -> None:
    dollars = replace(S1, rate=Decimal("0.92"), currency="USD")

    assert posting([S1] * 41 + [J1, dollars], [S1], uploads_from=10) == [
        ("entries", 3, True),
        ("look-ups", 3, False),
    ]
    assert posting([dollars, dollars], uploads_from=2) == [("entries", 2, True), ("look-ups", 0, False)]


def test_single_entries_are_uploaded_where_the_connection_says_from_one_on() -> None:
    assert posting([S1], uploads_from=1) == [("entries", 1, True), ("look-ups", 1, False)]


def test_as_many_are_handed_over_at_once_as_an_upload_takes_where_so_many_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert [foresee(monkeypatch).batch_size(count) for count in (1, 5000)] == [1, 1]
    uploading = foresee(monkeypatch, xml_upload_from=100)
    assert [uploading.batch_size(count) for count in (0, 99, 100, 5000)] == [1, 1, 200, 200]


@pytest.mark.parametrize(
    ("files", "sent", "looks", "written"), [(0, 0, 0, 0), (40, 0, 1, 0), (1, 1, 3, 2), (41, 3, 4, 6)]
)
def test_file_takes_a_document_and_itself_and_the_first_is_looked_for_twice(
    files: int, sent: int, looks: int, written: int
) -> None:
    assert list(count_attaching(ahead(files=filings(S1, files, sent=sent)))) == [
        Calls(step="attach", what="look-ups", count=looks),
        Calls(step="attach", what="files", count=written, changes_books=True),
    ]
