"""Bring entries into AFAS Profit and read them back.

AFAS Developer documentation, "GetConnector", "UpdateConnector", "Troubleshooting".
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.afas import lookup, readback
from finance_hooks.targets.afas.chart_shelf import ChartShelf
from finance_hooks.targets.afas.checks import check_entry
from finance_hooks.targets.afas.client import Client, make_authorization
from finance_hooks.targets.afas.connection import AfasConnection, read_connection
from finance_hooks.targets.afas.payload import make_payload
from finance_hooks.targets.afas.probe import Probe
from finance_hooks.targets.afas.responses import must_look_up, read_response, why_closed
from finance_hooks.targets.afas.settings import PRODUCTION_HOSTS, SETTINGS
from finance_hooks.targets.afas.wire import UNEXPECTED
from finance_hooks.targets.connected import ConnectedHook
from finance_hooks.transport.send import Transport
from finance_hooks.transport.verdict import say_fault

UNREADABLE = (ConfigurationError, TemporaryFailure, *UNEXPECTED)
LOOK_AGAIN_S = (0, 2, 10)
"""Seconds before each look for a booking that was just made."""


class AfasHook(ConnectedHook):
    """Talk to one environment of AFAS as the user of one app connector.

    Calls go strictly one after the other. `cache` keeps charts across runs; without it each hook reads them.
    What AFAS refuses for every entry (401, 403, 404, a connector that is not ours) refuses the entry it was
    said about and raises ConfigurationError for the next ones before they are sent.
    """

    conn_name_attr = "afas_conn_id"
    default_conn_name = "afas_default"
    conn_type = "finance_afas"
    hook_name = "AFAS Profit"
    settings = SETTINGS

    def __init__(
        self,
        afas_conn_id: str = default_conn_name,
        **parts: Any,  # noqa: ANN401 - ConnectedHook's own
    ) -> None:
        """Choose the connection and what is handed over to work with."""
        super().__init__(afas_conn_id, **parts)
        self._closed: dict[str, str] = {}
        self._seen: set[str] = set()

    @cached_property
    def connection(self) -> AfasConnection:
        """Read the connection; ConfigurationError names every fault of it."""
        return read_connection(self.parts)

    @cached_property
    def transport(self) -> Transport:
        """Return the way out to the connection's environment; ConfigurationError when it may not be used."""
        connection = self.connection
        return self.way_out(
            environment=connection.environment,
            base_url=connection.base_url,
            production_hosts=PRODUCTION_HOSTS,
        )

    @cached_property
    def client(self) -> Client:
        """Return the one that makes the calls."""
        return Client(
            transport=self.transport,
            base_url=self.connection.base_url,
            authorization=make_authorization(self.connection, self.transport),
            integration_id=self.connection.integration_id,
        )

    @cached_property
    def charts(self) -> ChartShelf:
        """Return where charts come from."""
        return ChartShelf(lambda: self.client, lambda: self.connection, self._cache)

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say which environment answers, what may be read and booked there, and what is missing.

        With an administration: whether that one can be booked in.
        """
        try:
            probe = Probe(client=self.client, connection=self.connection, charts=self.charts)
            return True, probe.describe(administration)
        except (ConfigurationError, TemporaryFailure) as error:
            return False, say_fault(error, self._conn_id)
        except UNEXPECTED as error:
            return False, f"AFAS's answer is not as expected: {error!r}"

    def read_chart(self, administration: str) -> Chart:
        """Read the codes of an administration, at most 12 hours old.

        Raises ConfigurationError when the connector's user may not see the administration.
        """
        return self.charts.read(administration).chart

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        """Read all bookings of these journals and periods, thousands of lines a call."""
        if not journals or not periods:
            return iter(())
        chart = self.charts.read(administration)
        rows = self.client.read_rows(
            self.connection.transactions_connector,
            order=readback.ORDER,
            columns=readback.COLUMNS,
            alternatives=readback.write_conditions(administration, journals, periods),
        )
        try:
            return iter(list(readback.read_bookings(rows, chart)))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AFAS's transactions are not as expected: {error!r}") from error

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Send entries one after the other; what the chart already rules out is refused without a call."""
        for entry in entries:
            if entry.administration in self._closed:
                raise ConfigurationError(self._closed[entry.administration])
        reasons = [self.check(entry) for entry in entries]
        return [
            Refused(reference=entry.reference, reasons=found) if found else self._post(entry)
            for entry, found in zip(entries, reasons, strict=True)
        ]

    def _post(self, entry: Entry) -> Outcome:
        chart = self.charts.read(entry.administration)
        sending = self.client.post(make_payload(entry, chart, self.connection.rate_direction))
        outcome = read_response(sending, entry, self.transport.clock.now())
        why = why_closed(sending, entry)
        if why:
            self._closed[entry.administration] = f"{why}; check the connector and rights of {self._conn_id}"
        elif must_look_up(sending):
            return self._look_up(entry, outcome)
        elif isinstance(outcome, Booked) and entry.administration not in self._seen:
            self._make_sure_it_is_seen(entry, outcome)
        return outcome

    def _look_up(self, entry: Entry, outcome: Outcome) -> Outcome:
        """Ask the books under which number an entry stands there, if it does."""
        try:
            found = self._find(entry)
        except UNREADABLE as error:
            return Unknown(reference=entry.reference, why=f"the books could not be asked: {error}")
        if found is None:
            return outcome
        return Booked(reference=entry.reference, id=found.id, number=found.number, totals=Totals())

    def _make_sure_it_is_seen(self, entry: Entry, booked: Booked) -> None:
        """Look for the first booking of a load: a user who may not see it would take it for absent later."""
        administration = entry.administration
        for pause_s in LOOK_AGAIN_S:
            self.transport.clock.sleep(pause_s)
            try:
                found = self._find(entry)
            except UNREADABLE:
                return  # the next booking is looked for instead
            if found is not None:
                self._seen.add(administration)
                return
        self._closed[administration] = (
            f"AFAS booked {booked.number} in administration {administration}, and the connector's user does "
            "not see it: give the user rights on financial transactions"
        )

    def _find(self, entry: Entry) -> lookup.Found | None:
        rows = self.client.read_rows(
            self.connection.transactions_connector,
            order=readback.ORDER,
            columns=readback.COLUMNS,
            alternatives=[lookup.write_conditions(entry)],
        )
        return lookup.find_entry(rows, entry)

    def check(self, entry: Entry) -> tuple[Reason, ...]:
        """Find what is wrong with an entry; what the cached chart rules out is looked up once a load."""
        reasons = check_entry(entry, self.charts.read(entry.administration))
        newer = self.charts.read_newer(entry.administration) if reasons else None
        return reasons if newer is None else check_entry(entry, newer)
