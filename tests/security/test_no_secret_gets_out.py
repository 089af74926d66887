"""No secret of an installation gets anywhere but to the system it is for, whatever goes wrong."""

import pytest

from tests.security.estate import Estate
from tests.security.nights import Nights
from tests.security.places import calls, files, tables
from tests.security.searching import Place, search

pytestmark = [pytest.mark.timeout(1200), pytest.mark.xdist_group("airflow")]
KEPT_FOR_THE_OWNER = ("credentials.json", "airflow/passwords.json")
"""Where the installation itself keeps its secrets, readable by its user only."""


def test_the_nights_were_what_they_were_meant_to_be(nights: Nights) -> None:
    good, troubled, sourceless = (nights.tasks[name] for name in ("good", "troubled", "sourceless"))
    print(nights.reports["good"][0].keys())
    for name, tasks in nights.tasks.items():
        print(name, {key: state for key, state in tasks.items() if state not in {"success", None}})

    assert sum(report["booked"] for report in nights.reports["good"]) > 100
    assert len(nights.reports["good"]) == 5
    assert {dag for (dag, _), state in troubled.items() if state in {"failed", "up_for_retry"}} == {
        dag for dag, _ in good
    }
    assert {state for (_, task), state in sourceless.items() if task == "extract"} == {"failed"}


def test_no_file_that_is_left_behind_holds_a_secret(estate: Estate, nights: Nights) -> None:
    found = list(files(estate.folder, but=KEPT_FOR_THE_OWNER))

    assert any("lineage" in place.name for place in found)
    assert any("dag_id=sync_afas_nl" in place.name for place in found)
    assert search(estate.safe, found) == []
