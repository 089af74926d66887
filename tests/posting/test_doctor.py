"""The doctor looks at everything, names what is wrong with a remedy, and stops where nothing can be known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.masters import FinanceLink
from finance_hooks.posting.doctor import Examination, Finding, Health, Patient
from tests.mapping.examples import an_organisation, some_masters, the_administration, write_folder
from tests.posting.charts import JUNE, TODAY, a_chart, without_code

LINK = FinanceLink(target="books", nationality="NL", administration="1234567", export_type="ApiBased")
LOOKS = [
    "store",
    "installation",
    "mapping tables",
    "source",
    "connection, token, rights, limits left",
    "administration",
    "period of today",
    "journals",
    "preflight",
]


def failing(error: Exception) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


@pytest.fixture
def patient(tmp_path: Path) -> Patient:
    administration = the_administration(write_folder(tmp_path))
    return Patient(
        administration=administration,
        today=TODAY,
        open_store=lambda: "it answers",
        read_installation=lambda: "test; it sends",
        read_tables=lambda: read_tables(administration, tmp_path),
        read_masters=lambda: some_masters(organisation=an_organisation(finance_link=LINK)),
        test_connection=lambda: (True, "works; 4,000 calls left"),
        read_chart=a_chart,
    )


def looked(patient: Patient, **changed: Any) -> dict[str, Finding]:
    return {one.name: one for one in Examination(replace(patient, **changed)).examine()}


def test_everything_in_order_is_said_to_be(patient: Patient) -> None:
    findings = looked(patient)

    assert list(findings) == LOOKS
    assert {one.health for one in findings.values()} == {Health.OK}
    assert findings["administration"].said == "1234567 Voorbeeld, NL, EUR"


def test_store_that_does_not_answer_ends_the_examination(patient: Patient) -> None:
    (finding,) = looked(patient, open_store=failing(ConfigurationError("run `make up`."))).values()

    assert (finding.health, finding.said) == (Health.WRONG, "run `make up`.")


def test_connection_that_does_not_work_is_wrong_and_the_rest_is_looked_at(patient: Patient) -> None:
    findings = looked(patient, test_connection=lambda: (False, "consent is needed"))

    assert list(findings) == LOOKS[:5]
    assert findings[LOOKS[4]].health is Health.WRONG


def test_limit_is_a_warning_with_the_time_to_try_again(patient: Patient) -> None:
    limit = TemporaryFailure("The limit is used up.", retry_after_s=42)

    chart = looked(patient, read_chart=failing(limit))["chart"]

    assert (chart.health, chart.said) == (Health.WARNING, "The limit is used up. Try again in 42 s.")


def test_tables_that_are_wrong_hide_no_chart(patient: Patient) -> None:
    findings = looked(patient, read_tables=failing(ConfigurationError("books/journals.csv, line 2")))

    assert findings["mapping tables"].health is Health.WRONG
    assert findings["administration"].health is Health.OK
    assert "preflight" not in findings


def test_source_whose_link_disagrees_is_wrong(patient: Patient) -> None:
    findings = looked(patient, read_masters=some_masters)

    assert findings["source"].health is Health.WRONG
    assert "administration code is empty in the source" in findings["source"].said


def test_source_that_cannot_be_read_leaves_the_currency_unknown(patient: Patient) -> None:
    findings = looked(patient, read_masters=failing(ConfigurationError("no organisation")))

    assert (findings["source"].health, findings["administration"].health) == (Health.WRONG, Health.OK)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"country": "BE"}, "says country NL"), ({"currency": "USD"}, "keeps its books in EUR")],
)
def test_administration_that_is_another_one_is_wrong(
    patient: Patient, changed: dict[str, str], said: str
) -> None:
    finding = looked(patient, read_chart=lambda: a_chart(**changed))["administration"]

    assert finding.health is Health.WRONG
    assert said in finding.said


def test_package_that_tells_no_country_is_in_order(patient: Patient) -> None:
    finding = looked(patient, read_chart=lambda: a_chart(country=""))["administration"]

    assert finding.said == "1234567 Voorbeeld, country unknown, EUR"


def test_faults_are_counted_where_they_belong(patient: Patient) -> None:
    chart = a_chart(periods=(replace(JUNE, is_open=False),), **without_code("journals", "MEM"))

    findings = looked(patient, read_chart=lambda: chart)

    assert findings["period of today"].said.startswith("1 faults.")
    assert findings["journals"].said.startswith("1 faults. books/journals.csv, line 7")
    assert findings["preflight"].said.startswith("2 faults.")
