"""What only Twinfield asks of its hook: cluster, administrations, charts, batches, texts."""

from dataclasses import replace

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from tests.contract.bench import post, post_all
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE
from tests.targets.twinfield.samples import SAMPLES

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
OCTOBER = Period(fiscal_year=2026, number=10)


def test_chart_is_read_once_for_all_runs_of_half_a_day_but_open_periods_by_each(
    twinfield: TwinfieldBench,
) -> None:
    post(twinfield.hook(), numbered(1)[0])
    before = len(list(twinfield.calls()))

    post_all(twinfield.hook(), numbered(60)[1:])

    later = list(twinfield.calls())[before:]
    assert [call["operation"] for call in later] == [
        "accesstokenvalidation",
        "Query",
        *["transactions"] * 3,
    ]


def test_period_that_was_closed_since_the_chart_was_read_is_known_without_a_booking(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.hook().read_chart(OFFICE)
    twinfield.switch(closed_periods="2026/10")

    outcome = post(twinfield.hook(), S1)

    assert isinstance(outcome, Refused)
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.PERIOD_CLOSED, "2026-10")
    ]
    assert twinfield.posting_calls() == 0
    twinfield.switch(closed_periods="2026/09")
    assert isinstance(post(twinfield.hook(), S1), Booked)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_period_that_closes_in_mid_run_is_told_by_the_refusal(
    twinfield: TwinfieldBench, language: str
) -> None:
    twinfield.switch(user_language=language, closed_period="refuse_all")
    hook = twinfield.hook()
    post(hook, SAMPLES["S3"])
    twinfield.switch(closed_periods="2026/10")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused)
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.PERIOD_CLOSED, "2026-10")
    ]
    assert twinfield.posting_calls() == 2


def test_year_that_twinfield_does_not_have_is_named_without_a_call(twinfield: TwinfieldBench) -> None:
    outcome = post(twinfield.hook(), replace(S1, fiscal_year=2031))

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.YEAR_MISSING]
    assert twinfield.posting_calls() == 0


@pytest.mark.parametrize("office", ["NL44", "NL99"])
def test_administration_that_the_user_may_not_open_is_refused_before_anything_is_sent(
    twinfield: TwinfieldBench, office: str
) -> None:
    hook = twinfield.hook()

    with pytest.raises(ConfigurationError, match=f"{office} is not among those"):
        post(hook, replace(S1, administration=office))

    assert twinfield.posting_calls() == 0
    assert hook.test_connection(office)[0] is False


def test_second_administration_of_the_organisation_is_booked_in_under_its_own_code(
    twinfield: TwinfieldBench,
) -> None:
    outcome = post(twinfield.hook(), replace(S1, administration="NL43"))

    assert isinstance(outcome, Booked), outcome
    assert twinfield.books() == []
    assert len(twinfield.control("books?administration=NL43")["entries"]) == 1


@pytest.mark.parametrize(
    "address", ["https://api.accounting.twinfield.com", "https://twinfield.example.org", "http://192.0.2.1"]
)
def test_token_is_not_sent_to_a_cluster_that_is_not_where_the_login_host_is(
    twinfield: TwinfieldBench, address: str
) -> None:
    twinfield.switch(cluster_url=address)
    hook = twinfield.hook()

    with pytest.raises(ConfigurationError, match="not sent there"):
        post(hook, S1)

    works, what = hook.test_connection()
    assert not works
    assert "not sent there" in what


def test_consent_of_another_organisation_is_refused_before_anything_is_sent(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.connect(organisation="OTHER")

    with pytest.raises(ConfigurationError, match="MUNI01"):
        post(twinfield.hook(), S1)

    assert twinfield.posting_calls() == 0


def test_customer_that_is_new_since_the_chart_was_read_is_found_at_once(twinfield: TwinfieldBench) -> None:
    twinfield.hook().read_chart(OFFICE)
    document = (
        "<dimension status='active'><office>NL42</office><type>DEB</type><code>D10999</code>"
        "<name>Nieuwe klant</name></dimension>"
    )
    twinfield.control("load", {OFFICE: {"dimensions": [document]}})

    outcome = post(twinfield.hook(), replace(S1, party="D10999"))

    assert isinstance(outcome, Booked), outcome


def test_chart_is_read_again_once_a_load_however_many_codes_are_unknown(twinfield: TwinfieldBench) -> None:
    twinfield.hook().read_chart(OFFICE)
    before = len(calls(twinfield, "list"))
    hook = twinfield.hook()

    outcomes = post_all(hook, [replace(entry, party="nobody") for entry in numbered(30)])

    assert [type(outcome) for outcome in outcomes] == [Refused] * 30
    assert len(calls(twinfield, "list")) - before == 6


def test_entries_are_provisional_or_final_as_the_connection_says(twinfield: TwinfieldBench) -> None:
    post(twinfield.hook(), S1)
    twinfield.connect(final_administrations=OFFICE)
    post(twinfield.hook(), SAMPLES["P3"])

    locations = {
        code: each.location for (code, _), each in twinfield.emulator.offices[OFFICE].bookings.items()
    }
    assert locations == {"VRK": "temporary", "INK": "final"}


def test_free_text_field_that_a_daybook_does_not_have_is_named_in_the_refusal(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.connect(free_text_field="2")
    hook = twinfield.hook()

    first, second = post_all(hook, [S1, replace(SAMPLES["S3"], journal="VRKZ")])

    assert isinstance(first, Booked)
    assert isinstance(second, Refused)
    assert [(reason.code, reason.field) for reason in second.reasons] == [
        (ReasonCode.FIELD_REFUSED, "reference")
    ]


def test_only_what_was_asked_for_is_read(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()
    post_all(hook, [S1, SAMPLES["P3"], J1])

    booked = list(hook.read_entries(OFFICE, {"VRK", "MEMO"}, {OCTOBER}))

    assert sorted(each.journal for each in booked) == ["MEMO", "VRK"]
    assert list(hook.read_entries(OFFICE, {"VRK"}, {replace(OCTOBER, number=9)})) == []


def test_reading_no_journal_or_no_period_makes_no_call(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()

    assert list(hook.read_entries(OFFICE, set(), {OCTOBER})) == []
    assert list(hook.read_entries(OFFICE, {"VRK"}, set())) == []
    assert calls(twinfield, "browse") == []


def test_books_of_a_whole_month_are_read_in_one_call(twinfield: TwinfieldBench) -> None:
    hook, entries = twinfield.hook(), numbered(250)
    post_all(hook, entries)

    booked = list(hook.read_entries(OFFICE, {"VRK"}, {OCTOBER}))

    assert {reference for each in booked for reference in each.references} == {
        entry.reference for entry in entries
    }
    assert sum(len(each.lines) for each in booked) > 1000
    assert len(calls(twinfield, "browse")) == 1


def test_run_of_many_token_lives_never_meets_a_refused_token(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()

    for entry in numbered(8):
        assert isinstance(post(hook, entry), Booked)
        twinfield.clock.sleep(1700)

    assert [call for call in calls(twinfield, "transactions") if call["status"] == 401] == []


@pytest.mark.parametrize("rotation", ["kept", "added", "replaced"])
def test_refresh_token_is_used_again_and_kept_when_it_changes(
    twinfield: TwinfieldBench, rotation: str
) -> None:
    twinfield.switch(refresh_token_rotation=rotation)

    for entry in numbered(3):
        assert isinstance(post(twinfield.hook(), entry), Booked)
        twinfield.clock.sleep(4000)

    assert [call["status"] for call in calls(twinfield, "token")] == [200] * 3


def test_connection_nobody_consented_to_says_so(twinfield: TwinfieldBench) -> None:
    with twinfield.emulator.lock:
        twinfield.emulator.oauth.access.clear()
        twinfield.emulator.oauth.refresh.clear()
    twinfield.clock.sleep(4000)

    works, what = twinfield.hook().test_connection()

    assert not works
    assert "consent" in what
    with pytest.raises((ConfigurationError, TemporaryFailure)):
        post(twinfield.hook(), S1)


def test_connection_test_tells_who_where_and_what_is_left(twinfield: TwinfieldBench) -> None:
    works, what = twinfield.hook().test_connection()

    assert works, what
    for part in (
        "API01",
        "MUNI01",
        "NL42",
        "NL43",
        "provisional",
        "of 500 credits this minute",
        "tokens are",
    ):
        assert part in what
    assert "NL44" not in what
    twinfield.connect(final_administrations="*")
    assert "NL42 Voorbeeld Recycling B.V. (final)" in twinfield.hook().test_connection(OFFICE)[1]


def test_connection_test_names_the_daybooks_that_the_user_does_not_see(twinfield: TwinfieldBench) -> None:
    with twinfield.emulator.lock:
        for office in twinfield.emulator.offices.values():
            office.daybooks = {code: book for code, book in office.daybooks.items() if book.kind != "journal"}

    works, what = twinfield.hook().test_connection()

    assert not works
    assert "in NL42 the user sees no daybook for memorial" in what


def test_hook_that_airflow_makes_from_a_connection_id_alone_says_what_to_do(
    twinfield: TwinfieldBench,
) -> None:
    before = len(list(twinfield.calls()))

    works, what = TwinfieldHook("twinfield_bench").test_connection()

    assert not works
    assert "store" in what
    assert len(list(twinfield.calls())) == before
