"""How the hook reads: pages, caps, lengths of addresses, charts."""

from dataclasses import replace
from typing import Any

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Refused
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.afas.afas_entries import numbered
from tests.contract.bench import post
from tests.targets.afas.samples import SAMPLES

S1 = SAMPLES["S1"]
OCTOBER = Period(fiscal_year=2026, number=10)


@pytest.mark.parametrize("switch", ["missing_connectors", "blocked_connectors"])
def test_connector_that_cannot_be_read_is_for_a_person(afas: AfasBench, switch: str) -> None:
    hook = afas.hook()
    hook.read_chart("1")
    afas.switch(**{switch: "Profit_Transactions"})

    with pytest.raises(ConfigurationError, match="Profit_Transactions"):
        afas.read_back(hook, S1)


def test_answer_too_large_for_afas_is_a_failed_read(afas: AfasBench) -> None:
    hook = afas.hook()
    for entry in numbered(2):
        post(hook, entry)
    afas.switch(data_limit=18)

    with pytest.raises((TemporaryFailure, ConfigurationError)):
        afas.read_back(hook, S1)


@pytest.mark.parametrize("cap", [0, 100, 101])
def test_every_line_is_read_however_many_rows_the_server_gives_at_a_time(afas: AfasBench, cap: int) -> None:
    hook, entries = afas.hook(), numbered(60)
    for entry in entries:
        post(hook, entry)
    afas.switch(take_cap=cap)

    booked = list(hook.read_entries("1", {"20"}, {OCTOBER}))

    assert {reference for each in booked for reference in each.references} == {
        entry.reference for entry in entries
    }
    assert sum(len(each.lines) for each in booked) == 360


def test_books_of_thousands_of_lines_are_read_in_few_calls(afas: AfasBench) -> None:
    hook = afas.hook()
    for entry in numbered(250):
        post(hook, entry)
    before = len(list(afas.calls()))

    booked = list(hook.read_entries("1", {"20"}, {OCTOBER}))

    assert len(booked) == 250
    assert len(list(afas.calls())) - before == 2


def test_many_journals_and_periods_are_asked_for_within_the_length_of_an_address(afas: AfasBench) -> None:
    hook = afas.hook()
    post(hook, S1)
    periods = {Period(fiscal_year=year, number=month) for year in (2025, 2026) for month in range(1, 13)}

    booked = list(hook.read_entries("1", {"10", "11", "20", "80"}, periods))

    assert [each.number for each in booked] == ["F2026-0042"]
    assert [call for call in afas.calls() if call["status"] == 404] == []


def test_only_what_was_asked_for_is_read(afas: AfasBench) -> None:
    hook = afas.hook()
    for name in ("S1", "P3", "J1"):
        post(hook, SAMPLES[name])

    booked = list(hook.read_entries("1", {"20", "80"}, {OCTOBER}))

    assert sorted(each.journal for each in booked) == ["20", "80"]
    assert list(hook.read_entries("1", {"20"}, {Period(fiscal_year=2026, number=9)})) == []
    assert list(hook.read_entries("2", {"20"}, {OCTOBER})) == []


def test_reading_no_journal_or_no_period_makes_no_call(afas: AfasBench) -> None:
    hook = afas.hook()

    assert list(hook.read_entries("1", set(), {OCTOBER})) == []
    assert list(hook.read_entries("1", {"20"}, set())) == []
    assert list(afas.calls()) == []


def test_chart_is_read_once_for_all_runs_of_half_a_day(afas: AfasBench) -> None:
    post(afas.hook(), numbered(1)[0])

    post(afas.hook(), numbered(2)[1])

    assert len([call for call in afas.calls() if call["operation"] == "read Profit_Journals"]) == 1


def test_chart_is_read_again_once_a_load_however_many_codes_are_unknown(afas: AfasBench) -> None:
    afas.hook().read_chart("1")
    before = len([call for call in afas.calls() if call["method"] == "GET"])
    hook = afas.hook()

    outcomes = [post(hook, replace(entry, party="nobody")) for entry in numbered(5)]

    assert [type(outcome) for outcome in outcomes] == [Refused] * 5
    assert len([call for call in afas.calls() if call["method"] == "GET"]) - before == 9


def test_rows_that_move_while_they_are_read_are_noticed(afas: AfasBench) -> None:
    hook, entries = afas.hook(), numbered(40)
    for entry in entries:
        post(hook, entry)
    afas.switch(take_cap=100)
    first = next(iter(afas.emulator.environment.entries))
    application = afas.counter._application

    def deleting(environ: Any, start_response: Any) -> Any:
        if "skip=80" in environ["QUERY_STRING"]:
            for number in range(first[1], first[1] + 20):
                del afas.emulator.environment.entries[first[0], number]
        return application(environ, start_response)

    afas.counter._application = deleting  # type: ignore[assignment]

    with pytest.raises(TemporaryFailure, match="moved"):
        list(hook.read_entries("1", {"20"}, {OCTOBER}))


def test_every_call_names_language_and_integration(afas: AfasBench) -> None:
    afas.connect("afas_partner", integration_id="12345_678900")
    sent: list[tuple[str, str]] = []
    application = afas.counter._application

    def noting(environ: Any, start_response: Any) -> Any:
        sent.append((environ.get("HTTP_ACCEPT_LANGUAGE", ""), environ.get("HTTP_INTEGRATIONID", "")))
        return application(environ, start_response)

    afas.counter._application = noting  # type: ignore[assignment]
    post(afas.hook_of("afas_partner"), S1)

    token, *calls = sent
    assert token == ("", "")
    assert set(calls) == {("nl-nl", "12345_678900")}
