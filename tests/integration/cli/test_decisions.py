"""What a person decides from the command line: who and why are kept, and nothing is sent against it."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.posting.report import Report
from tests.integration.chain.chain import Chain, everything_booked_once
from tests.integration.cli.store_connection import store_connection

COUNT = 6


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
    # An Airflow that this process started for other tests may have mapping files of its own.
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    yield chain
    chain.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def numbers(chain: Chain, state: str = "pending") -> list[str]:
    chosen = sa.text(
        "SELECT d.number FROM posting p JOIN document d USING (document_id)"
        " WHERE p.state = :state ORDER BY p.posting_id"
    )
    with chain.engine.begin() as connection:
        return [row.number for row in connection.execute(chosen, {"state": state})]


def decided(chain: Chain) -> list[tuple[str, str, str]]:
    """Return what was decided, by whom and why, as the events keep it."""
    chosen = sa.text("SELECT name, detail FROM event WHERE run_id = 'by hand' AND detail ? 'who' ORDER BY 1")
    with chain.engine.begin() as connection:
        return [(row.name, row.detail["who"], row.detail["why"]) for row in connection.execute(chosen)]


def finished(chain: Chain, run_id: str = "night") -> Report:
    chain.load_until_done(run_id)
    return chain.conclude(run_id)


def test_held_document_is_not_sent_and_does_not_make_the_run_red(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()
    held = numbers(chain)[0]

    said = told(capsys, "hold", held, "--why", "klant belt morgen", "--by", "Anja")
    report = finished(chain)

    assert f"{held} in exactonline:1234567: held; no run sends it." in said
    assert (report.booked, report.parked, report.red) == (COUNT - 1, 1, ())
    assert report.reasons[0]["codes"] == ["on_hold"]
    assert "klant belt morgen" in report.reasons[0]["sentences"][0]
    assert decided(chain) == [("held", "Anja", "klant belt morgen")]


def test_hold_outlives_the_next_nights_until_it_is_released(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()
    held = numbers(chain)[0]
    told(capsys, "hold", held, "--why", "vraag", "--by", "Anja")
    chain.night("first")
    assert chain.night("second").parked == 1

    said = told(capsys, "release", held, "--why", "beantwoord", "--by", "Bo")
    chain.prepare("third")

    assert "released" in said
    everything_booked_once(chain, finished(chain, "third"), COUNT)
    assert [name for name, _, _ in decided(chain)] == ["held", "released"]


def test_document_that_is_parked_for_another_reason_keeps_it_while_held(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.bench.place(effect="status", status=400, times=1)
    chain.night()
    (parked,) = numbers(chain, "parked")
    before = set(chain.reason_codes())

    told(capsys, "hold", parked, "--why", "eerst overleg")
    told(capsys, "hold", parked, "--why", "nog steeds")

    assert set(chain.reason_codes()) == before | {"on_hold"}
    assert set(chain.reason_codes().values()) == {1}


def test_booked_document_can_be_neither_held_nor_released_nor_retried(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.night()
    booked = numbers(chain, "booked")[0]

    for command in ("hold", "release", "retry"):
        assert "it is booked" in told(capsys, command, booked, "--why", "probeer", code=1)

    assert decided(chain) == []
    assert "Nothing is known under 4711." in told(capsys, "hold", "4711", "--why", "x", code=1)


def test_refused_document_is_offered_again_in_the_same_night_when_somebody_says_so(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.bench.place(effect="status", status=400, times=1)
    chain.night("first")
    (parked,) = numbers(chain, "parked")
    assert chain.night("second").parked == 1

    said = told(capsys, "retry", parked, "--why", "in Exact hersteld", "--administration", "exact_nl")
    chain.prepare("third")

    assert "offered again by the next run." in said
    everything_booked_once(chain, finished(chain, "third"), COUNT)


def test_decision_about_another_administration_changes_nothing(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()

    told(capsys, "hold", numbers(chain)[0], "--why", "x", "--administration", "exact_be", code=1)

    everything_booked_once(chain, finished(chain), COUNT)


def test_name_that_stands_for_several_documents_decides_about_none(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()
    with chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE document SET number = 'TWICE', party = document_id::text"))

    said = json.loads(told(capsys, "hold", "TWICE", "--why", "x", "--json", code=2))

    assert f"TWICE stands for {COUNT} documents, and nothing was done" in said["error"]["message"]
    assert (chain.states(), decided(chain)) == ({"pending": COUNT}, [])
    reference = said["error"]["message"].rpartition(", ")[2].partition(" ")[0]
    (held,) = json.loads(told(capsys, "hold", reference, "--why", "x", "--json"))
    assert (held["reference"], held["done"], held["state"]) == (reference, True, "pending")
    assert chain.states() == {"pending": COUNT - 1, "parked": 1}


def test_stop_and_resume_answer_in_json(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    stopped = json.loads(told(capsys, "stop", "exact_nl", "--why", "audit", "--by", "Anja", "--json"))
    resumed = json.loads(told(capsys, "resume", "--why", "klaar", "--by", "Bo", "--json", code=1))

    assert stopped == {"administration": "exact_nl", "done": True, "who": "Anja", "why": "audit"}
    assert resumed == {"administration": "*", "done": False, "who": "Bo", "why": "klaar"}
    assert chain.night().waiting == COUNT


def test_list_of_parked_documents_waits_for_no_run_and_keeps_none_waiting(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()
    told(capsys, "hold", numbers(chain)[0], "--why", "wacht")

    with chain.engine.begin() as running:
        running.execute(sa.text("SELECT * FROM posting FOR UPDATE"))

        assert "1 documents are parked." in told(capsys, "parked")


def test_parked_documents_are_listed_with_reasons_for_people_and_as_json(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()
    held = numbers(chain)[0]
    told(capsys, "hold", held, "--why", "wacht", "--by", "Anja")

    for_people = told(capsys, "parked", "exact_nl")
    (listed,) = json.loads(told(capsys, "parked", "--json", "--language", "en"))

    assert f"exact_nl {held}" in for_people
    assert "1 documents are parked." in for_people
    assert (listed["document"], listed["codes"], listed["held_by"]) == (held, ["on_hold"], "Anja")
    assert "release the document" in listed["sentences"][0]
    assert "0 documents are parked." in told(capsys, "parked", "exact_be")


@pytest.mark.parametrize("what", [(), ("exact_nl",)])
def test_nothing_is_sent_while_sending_is_stopped_and_everything_after(
    chain: Chain, capsys: pytest.CaptureFixture[str], what: tuple[str, ...]
) -> None:
    told(capsys, "stop", *what, "--why", "audit", "--by", "Anja")
    assert "stopped already" in told(capsys, "stop", *what, "--why", "audit", code=1)

    stopped = chain.night("first")
    assert (stopped.waiting, stopped.booked, chain.bench.posting_calls()) == (COUNT, 0, 0)

    assert "sends again" in told(capsys, "resume", *what, "--why", "klaar", "--by", "Anja")
    assert "was not stopped" in told(capsys, "resume", *what, "--why", "klaar", code=1)
    everything_booked_once(chain, chain.night("second"), COUNT)
    assert decided(chain) == [("sending_resumed", "Anja", "klaar"), ("sending_stopped", "Anja", "audit")]


def test_stop_of_one_administration_leaves_the_others_alone(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "stop", "exact_be", "--why", "audit")

    everything_booked_once(chain, chain.night(), COUNT)


def test_administration_that_does_not_exist_is_not_stopped(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    told(capsys, "stop", "exact_ln", "--why", "typo", code=2)

    everything_booked_once(chain, chain.night(), COUNT)


def test_stop_in_the_middle_of_a_load_ends_the_sending(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.prepare()

    def stop_once(moment: str) -> None:
        if moment == "noted" and chain.bench.posting_calls() == 2:
            told(capsys, "stop", "--why", "verkeerde administratie")

    chain.checkpoint = stop_once
    chain.load()

    assert chain.states() == {"booked": 2, "pending": COUNT - 2}
    assert chain.bench.posting_calls() == 2
