"""Say of one administration, from the store to its books, what is in order; change nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import TypeVar

from finance_hooks.mapping.administrations import check_finance_link
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault, fault_sentence
from finance_hooks.posting.doctor_words import Health, Look, say, say_window
from finance_hooks.posting.preflight_rules import Preflight, check_rows
from finance_hooks.transport.budget import Room

Found = TypeVar("Found")
PERIOD_FAULTS = frozenset({FaultCode.PERIOD_CLOSED, FaultCode.PERIOD_MISSING})
JOURNALS = "journals.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, how it is, and what was found or has to be done.

    `quoted` is what a connection or an error said of it, in English whatever the language of the rest.
    """

    name: Look
    health: Health
    said: str
    quoted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One administration and the ways to look at what it depends on; each may raise why it does not work.

    `read_installation` says what the installation is for; `open_folder` where files go, nothing where entries
    go by the API; `test_connection` tries token and rights;
    `read_limits` tells what the package's limits leave, nothing where it publishes none.
    """

    administration: Administration
    today: date
    open_store: Callable[[], str]
    open_folder: Callable[[], str]
    read_installation: Callable[[], str]
    read_tables: Callable[[], Tables]
    read_masters: Callable[[], Masters]
    test_connection: Callable[[], tuple[bool, str]]
    read_limits: Callable[[], Sequence[Room]]
    read_chart: Callable[[], Chart]


@dataclass(slots=True)
class Examination:
    """Look at one thing after the other; what a failed look leaves unknown is not looked for."""

    patient: Patient
    language: Language = "en"
    findings: list[Finding] = field(default_factory=list)

    def examine(self) -> tuple[Finding, ...]:
        """Look at everything and return every finding, in order."""
        patient = self.patient
        if self._look(Look.STORE, patient.open_store) is None:
            return tuple(self.findings)
        self._look(Look.INSTALLATION, patient.read_installation)
        tables = self._read(Look.TABLES, patient.read_tables)
        if tables is not None:
            self._note(Look.TABLES, Health.OK, self._say("tables"))
        masters = self._read(Look.SOURCE, patient.read_masters)
        if masters is not None:
            self._note_source(masters)
        if patient.administration.export is not None:
            self._look(Look.FOLDER, patient.open_folder)
        if patient.administration.can_be_asked:
            self._ask_package(masters, tables)
        else:
            self._note(Look.CONNECTION, Health.OK, self._say("not_needed"))
        return tuple(self.findings)

    def _ask_package(self, masters: Masters | None, tables: Tables | None) -> None:
        patient = self.patient
        works, said = patient.test_connection()
        health, words = (Health.OK, "works") if works else (Health.WRONG, "works_not")
        self._quote(Look.CONNECTION, health, said, self._say(words))
        rooms = self._read(Look.LIMITS, patient.read_limits) if works else None
        if rooms is not None:
            self._note_limits(rooms)
        chart = self._read(Look.CHART, patient.read_chart) if works else None
        if chart is not None:
            self._note_administration(chart, masters)
            if tables is not None:
                self._note_preflight(chart, tables)

    def _note_source(self, masters: Masters) -> None:
        wrong = check_finance_link(
            self.patient.administration, masters.organisation, today=self.patient.today
        )
        if wrong:
            self._quote(Look.SOURCE, Health.WRONG, "; ".join(wrong), self._say("error"))
        else:
            self._note(Look.SOURCE, Health.OK, self._say("source", code=masters.organisation.code))

    def _note_limits(self, rooms: Sequence[Room]) -> None:
        said = "; ".join(self._left(room) for room in rooms)
        spent = any(room.remaining <= 0 for room in rooms)
        self._note(Look.LIMITS, Health.WARNING if spent else Health.OK, said or self._say("none_counted"))

    def _note_administration(self, chart: Chart, masters: Masters | None) -> None:
        country = chart.country or self._say("country_unknown")
        currency = chart.currency or self._say("currency_unknown")
        said = f"{chart.administration} {chart.name}, {country}, {currency}"
        wrong = list(self._strange(chart, masters))
        self._note(
            Look.ADMINISTRATION,
            Health.WRONG if wrong else Health.OK,
            f"{said}: {'; '.join(wrong)}" if wrong else said,
        )

    def _note_preflight(self, chart: Chart, tables: Tables) -> None:
        patient = self.patient
        checked = Preflight(
            administration=patient.administration, chart=chart, tables=tables, today=patient.today
        )
        faults = [fault for fault in check_rows(checked) if not fault.is_condition]
        periods = [fault for fault in faults if fault.code in PERIOD_FAULTS]
        journals = [fault for fault in faults if fault.file.endswith(JOURNALS)]
        self._note_faults(Look.PERIOD, periods, self._say("period", today=patient.today))
        self._note_faults(Look.JOURNALS, journals, self._say("journals", count=len(chart.journals)))
        self._note_faults(Look.PREFLIGHT, faults, self._say("preflight"))

    def _note_faults(self, name: Look, faults: Sequence[PreflightFault], fine: str) -> None:
        said = " ".join(fault_sentence(fault, self.language) for fault in faults)
        health = Health.WRONG if faults else Health.OK
        self._note(name, health, self._say("faults", count=len(faults), said=said) if faults else fine)

    def _look(self, name: Look, look: Callable[[], str]) -> str | None:
        said = self._read(name, look)
        if said is not None:
            self._note(name, Health.OK, said)
        return said

    def _read(self, name: Look, read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except ConfigurationError as error:
            self._quote(name, Health.WRONG, str(error), self._say("error"))
        except TemporaryFailure as error:
            again = self._say("try_again", seconds=error.retry_after_s)
            said = f"{error} {again}" if again else str(error)
            self._quote(name, Health.WARNING, said, self._say("later", seconds=error.retry_after_s))
        return None

    def _left(self, room: Room) -> str:
        window = say_window(room.length_s, self.language)
        said = self._say("left", left=max(room.remaining, 0), limit=room.limit, window=window)
        if room.remaining <= 0:
            said += self._say("more_in", seconds=ceil(room.left_s))
        return f"{said}{self._say('reserve', reserve=room.reserve)}" if room.reserve else said

    def _strange(self, chart: Chart, masters: Masters | None) -> Iterator[str]:
        country = self.patient.administration.country
        if chart.country and chart.country != country:
            yield self._say("country_differs", country=country)
        if masters is not None and chart.currency not in {"", masters.organisation.currency}:
            yield self._say("currency_differs", currency=masters.organisation.currency)

    def _say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    def _note(self, name: Look, health: Health, said: str) -> None:
        self.findings.append(Finding(name=name, health=health, said=said))

    def _quote(self, name: Look, health: Health, quoted: str, said: str) -> None:
        """Note what was said elsewhere, in English: below words of ours, or as it is."""
        finding = Finding(name=name, health=health, said=said or quoted, quoted=quoted if said else "")
        self.findings.append(finding)
