"""Say of one administration, from the store to its books, what is in order; change nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil
from typing import TypeVar

from finance_hooks.mapping.administrations import check_finance_link
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.masters import Masters
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault, fault_sentence
from finance_hooks.posting.preflight_rules import Preflight, check_rows
from finance_hooks.transport.budget import Room

Found = TypeVar("Found")
PERIOD_FAULTS = frozenset({FaultCode.PERIOD_CLOSED, FaultCode.PERIOD_MISSING})
JOURNALS = "journals.csv"
NOT_NEEDED = "none is needed: entries go by file, and nobody asks the books"
WINDOWS = {60: "minute", 3600: "hour", 86400: "day"}


class Health(StrEnum):
    """How one thing is: in order, worth a look, or in the way of booking."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


class Look(StrEnum):
    """What is looked at."""

    ROW = "administrations.csv"
    STORE = "store"
    INSTALLATION = "installation"
    TABLES = "mapping tables"
    FILES = "mapping files"
    SOURCE = "source"
    FOLDER = "folder of files"
    CONNECTION = "connection, token, rights"
    LIMITS = "limits left"
    CHART = "chart"
    ADMINISTRATION = "administration"
    PERIOD = "period of today"
    JOURNALS = "journals"
    PREFLIGHT = "preflight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, how it is, and what was found or has to be done."""

    name: Look
    health: Health
    said: str


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
    findings: list[Finding] = field(default_factory=list)

    def examine(self) -> tuple[Finding, ...]:
        """Look at everything and return every finding, in order."""
        patient = self.patient
        if self._look(Look.STORE, patient.open_store) is None:
            return tuple(self.findings)
        self._look(Look.INSTALLATION, patient.read_installation)
        tables = self._read(Look.TABLES, patient.read_tables)
        if tables is not None:
            self._note(Look.TABLES, Health.OK, "their files are in order")
        masters = self._read(Look.SOURCE, patient.read_masters)
        if masters is not None:
            self._note_source(masters)
        if patient.administration.export is not None:
            self._look(Look.FOLDER, patient.open_folder)
        if patient.administration.can_be_asked:
            self._ask_package(masters, tables)
        else:
            self._note(Look.CONNECTION, Health.OK, NOT_NEEDED)
        return tuple(self.findings)

    def _ask_package(self, masters: Masters | None, tables: Tables | None) -> None:
        patient = self.patient
        works, said = patient.test_connection()
        self._note(Look.CONNECTION, Health.OK if works else Health.WRONG, said)
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
        said = "; ".join(wrong) or f"organisation {masters.organisation.code}, its finance link agrees"
        self._note(Look.SOURCE, Health.WRONG if wrong else Health.OK, said)

    def _note_limits(self, rooms: Sequence[Room]) -> None:
        said = "; ".join(_left(room) for room in rooms)
        spent = any(room.remaining <= 0 for room in rooms)
        self._note(Look.LIMITS, Health.WARNING if spent else Health.OK, said or "none are counted")

    def _note_administration(self, chart: Chart, masters: Masters | None) -> None:
        said = f"{chart.administration} {chart.name}, {chart.country or 'country unknown'}, {chart.currency}"
        wrong = list(_strange(self.patient.administration, chart, masters))
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
        self._note_faults(Look.PERIOD, periods, f"{patient.today} lies in a period that is not closed")
        self._note_faults(
            Look.JOURNALS, journals, f"{len(chart.journals)} there, those of the table can be used"
        )
        self._note_faults(Look.PREFLIGHT, faults, "no row of the mapping tables is wrong")

    def _note_faults(self, name: Look, faults: Sequence[PreflightFault], fine: str) -> None:
        said = " ".join(fault_sentence(fault, "en") for fault in faults)
        health = Health.WRONG if faults else Health.OK
        self._note(name, health, f"{len(faults)} faults. {said}" if faults else fine)

    def _look(self, name: Look, look: Callable[[], str]) -> str | None:
        said = self._read(name, look)
        if said is not None:
            self._note(name, Health.OK, said)
        return said

    def _read(self, name: Look, read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except ConfigurationError as error:
            self._note(name, Health.WRONG, str(error))
        except TemporaryFailure as error:
            self._note(name, Health.WARNING, f"{error} Try again in {error.retry_after_s} s.")
        return None

    def _note(self, name: Look, health: Health, said: str) -> None:
        self.findings.append(Finding(name=name, health=health, said=said))


def _left(room: Room) -> str:
    window = WINDOWS.get(room.length_s, f"{room.length_s} s")
    said = f"{max(room.remaining, 0)} of {room.limit} left of this {window}"
    if room.remaining <= 0:
        said += f", more in {ceil(room.left_s)} s"
    return f"{said}, {room.reserve} of them for nightly runs" if room.reserve else said


def _strange(administration: Administration, chart: Chart, masters: Masters | None) -> Iterator[str]:
    if chart.country and chart.country != administration.country:
        yield f"administrations.csv says country {administration.country}"
    if masters is not None and chart.currency != masters.organisation.currency:
        yield f"the organisation keeps its books in {masters.organisation.currency}"
