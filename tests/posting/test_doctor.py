"""The doctor looks at everything, names what is wrong with a remedy, and stops where nothing can be known."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.export import FileExport
from finance_hooks.model.masters import FinanceLink
from finance_hooks.model.park_reason_text import Language
from finance_hooks.posting.doctor import Examination, Finding, Patient
from finance_hooks.posting.doctor_words import Health
from finance_hooks.transport.budget import Room
from tests.mapping.examples import an_organisation, some_masters, the_administration, write_folder
from tests.posting.charts import JUNE, TODAY, a_chart, without_code

LINK = FinanceLink(target="books", nationality="NL", administration="1234567", export_type="ApiBased")
LOOKS = [
    "store",
    "installation",
    "mapping tables",
    "source",
    "connection, token, rights",
    "limits left",
    "administration",
    "period of today",
    "journals",
    "preflight",
]


DAY = Room(length_s=86400, remaining=4953, limit=5000, reserve=1500, left_s=3600.5)


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
        open_folder=lambda: "it can be opened",
        read_installation=lambda: "test; it sends",
        read_tables=lambda: read_tables(administration, tmp_path),
        read_masters=lambda: some_masters(organisation=an_organisation(finance_link=LINK)),
        test_connection=lambda: (True, "works"),
        read_limits=lambda: [DAY],
        read_chart=a_chart,
    )


def looked(patient: Patient, language: Language = "en", **changed: Any) -> dict[str, Finding]:
    return {one.name: one for one in Examination(replace(patient, **changed), language).examine()}


def test_everything_in_order_is_said_to_be(patient: Patient) -> None:
    findings = looked(patient)

    assert list(findings) == LOOKS
    assert {one.health for one in findings.values()} == {Health.OK}
    assert findings["administration"].said == "1234567 Voorbeeld, NL, EUR"


def test_folder_of_an_administration_that_goes_by_file_is_looked_at(patient: Patient) -> None:
    by_file = replace(patient.administration, export=FileExport())

    shut = looked(patient, administration=by_file, open_folder=failing(ConfigurationError("shut")))

    assert looked(patient, administration=by_file)["folder of files"].said == "it can be opened"
    assert shut["folder of files"].health is Health.WRONG
    assert "folder of files" not in looked(patient)


def test_administration_without_a_connection_is_in_order_and_nobody_asks_its_books(patient: Patient) -> None:
    unasked = replace(patient.administration, export=FileExport(), target_conn_id="")

    findings = looked(patient, administration=unasked, test_connection=failing(AssertionError()))

    assert findings["connection, token, rights"].health is Health.OK
    assert "chart" not in findings
    assert "limits left" not in findings


def test_store_that_does_not_answer_ends_the_examination(patient: Patient) -> None:
    (finding,) = looked(patient, open_store=failing(ConfigurationError("run `make up`."))).values()

    assert (finding.health, finding.said) == (Health.WRONG, "run `make up`.")


def test_connection_that_does_not_work_is_wrong_and_the_rest_is_looked_at(patient: Patient) -> None:
    findings = looked(patient, test_connection=lambda: (False, "consent is needed"))

    assert list(findings) == LOOKS[:5]
    assert findings[LOOKS[4]].health is Health.WRONG


def test_limits_left_are_told_with_what_is_kept_for_the_night(patient: Patient) -> None:
    finding = looked(patient)["limits left"]

    assert finding.said == "4953 of 5000 left of this day, 1500 of them for nightly runs"


def test_limit_that_is_used_up_is_a_warning_with_the_time_it_lasts(patient: Patient) -> None:
    minute = Room(length_s=60, remaining=0, limit=60, reserve=0, left_s=12.2)

    finding = looked(patient, read_limits=lambda: [DAY, minute])["limits left"]

    assert finding.health is Health.WARNING
    assert finding.said.endswith("; 0 of 60 left of this minute, more in 13 s")


def test_package_without_limits_is_in_order(patient: Patient) -> None:
    finding = looked(patient, read_limits=list)["limits left"]

    assert (finding.health, finding.said) == (Health.OK, "none are counted")


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


def test_package_that_tells_neither_country_nor_currency_is_in_order(patient: Patient) -> None:
    finding = looked(patient, read_chart=lambda: a_chart(country="", currency=""))["administration"]

    assert finding.health is Health.OK
    assert finding.said == "1234567 Voorbeeld, country unknown, currency unknown"


def test_faults_are_counted_where_they_belong(patient: Patient) -> None:
    chart = a_chart(periods=(replace(JUNE, is_open=False),), **without_code("journals", "MEM"))

    findings = looked(patient, read_chart=lambda: chart)

    assert findings["period of today"].said.startswith("1 faults.")
    assert findings["journals"].said.startswith("1 faults. books/journals.csv, line 7")
    assert findings["preflight"].said.startswith("2 faults.")


def test_everything_is_said_in_dutch_to_who_reads_dutch(patient: Patient) -> None:
    findings = looked(patient, "nl")

    assert list(findings) == LOOKS
    assert findings["mapping tables"].said == "hun bestanden zijn in orde"
    assert findings["limits left"].said == "4953 van 5000 over van vandaag, 1500 daarvan voor de nachten"
    assert findings["period of today"].said == f"{TODAY} ligt in een periode die niet gesloten is"


def test_faults_are_said_in_dutch_with_what_to_do(patient: Patient) -> None:
    chart = a_chart(**without_code("journals", "MEM"))

    finding = looked(patient, "nl", read_chart=lambda: chart)["journals"]

    assert finding.said.startswith("1 fouten. books/journals.csv, regel 7")


@pytest.mark.parametrize(
    ("changed", "name", "health", "said", "quoted"),
    [
        (
            {"test_connection": lambda: (False, "consent is needed")},
            "connection, token, rights",
            Health.WRONG,
            "de verbinding werkt niet. De melding, in het Engels:",
            "consent is needed",
        ),
        (
            {"read_tables": failing(ConfigurationError("books/journals.csv, line 2"))},
            "mapping tables",
            Health.WRONG,
            "hier gaat iets mis. De melding, in het Engels:",
            "books/journals.csv, line 2",
        ),
        (
            {"read_chart": failing(TemporaryFailure("The limit is used up.", retry_after_s=42))},
            "chart",
            Health.WARNING,
            "dit lukt nu niet; probeer het over 42 s nog eens. De melding, in het Engels:",
            "The limit is used up.",
        ),
    ],
)
def test_what_is_said_elsewhere_stands_apart_in_english(
    patient: Patient, changed: dict[str, Any], name: str, health: Health, said: str, quoted: str
) -> None:
    finding = looked(patient, "nl", **changed)[name]

    assert (finding.health, finding.said, finding.quoted) == (health, said, quoted)
