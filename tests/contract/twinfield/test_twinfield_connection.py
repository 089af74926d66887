"""Whose consent, which cluster, which administrations: what Twinfield's connection lets the hook do."""

import logging
from dataclasses import replace

import pytest

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked
from finance_hooks.targets.twinfield.hook import TwinfieldHook
from tests.contract.bench import post
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE
from tests.targets.twinfield.samples import SAMPLES

S1 = SAMPLES["S1"]


@pytest.mark.parametrize("office", ["NL44", "NL99"])
def test_administration_that_the_user_may_not_open_is_refused_before_anything_is_sent(
    twinfield: TwinfieldBench, office: str
) -> None:
    hook = twinfield.hook()

    with pytest.raises(ConfigurationError, match=f"{office} is not among those"):
        post(hook, replace(S1, administration=office))

    assert twinfield.posting_calls() == 0
    assert hook.test_connection(office)[0] is False


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


def test_token_stands_in_no_log_although_it_stands_in_an_address(
    twinfield: TwinfieldBench, caplog: pytest.LogCaptureFixture
) -> None:
    hook = twinfield.hook()

    with caplog.at_level(logging.DEBUG):
        assert hook.test_connection()[0]

    token = hook.client.access_token(None)
    assert "accesstokenvalidation" in caplog.text
    assert token not in caplog.text
    assert token not in repr(hook.client)


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
