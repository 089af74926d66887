"""A request that left is kept as it was, and sent again to where its host has moved."""

from pathlib import Path

import requests

from bench.sent import read_sent, recorded, write_sent
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer

PATH = "rest/financeexport/v1/organisations"
OUT = "rest/financeexport/v1/exportresults"
WHO = ("finance", "finance-secret")


def test_kept_requests_have_the_same_answers_where_everything_stands_as_it_did(tmp_path: Path) -> None:
    with EmulatorServer(QubzEmulator(seed=1)) as first, requests.Session() as ours, recorded() as sent:
        asked = ours.get(f"{first.url}/{PATH}", auth=WHO, timeout=10)
        ours.post(f"{first.url}/{OUT}", auth=WHO, data="not é JSON".encode(), timeout=10)
        ours.get(f"{first.url}/{PATH}", timeout=10)
    write_sent(tmp_path / "sent", sent)

    with EmulatorServer(QubzEmulator(seed=1)) as second, requests.Session() as session:
        again = [one.moved(first.url, second.url).send(session) for one in read_sent(tmp_path / "sent")]

    assert [one.status for one in sent] == [answer.status_code for answer in again]
    assert [one.status for one in sent][::2] == [200, 401]
    assert again[0].json() == asked.json()
    assert again[1].request.body == "not é JSON".encode()


def test_nothing_is_kept_after_the_block() -> None:
    with EmulatorServer(QubzEmulator(seed=1)) as server, requests.Session() as ours:
        with recorded() as sent:
            pass
        ours.get(f"{server.url}/{PATH}", timeout=10)

    assert sent == []
