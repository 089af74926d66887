"""Bring entries into Exact Online and read them back.

Exact Online support, "REST API" and "API limits".
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Outcome, Refused
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.connected import ConnectedHook
from finance_hooks.targets.exactonline import readback
from finance_hooks.targets.exactonline.chart_shelf import ChartShelf
from finance_hooks.targets.exactonline.checks import check_entry
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.connection import ExactConnection, read_connection
from finance_hooks.targets.exactonline.consent import make_oauth_client
from finance_hooks.targets.exactonline.payload import make_payload
from finance_hooks.targets.exactonline.probe import Probe
from finance_hooks.targets.exactonline.quota import Quota
from finance_hooks.targets.exactonline.responses import (
    doubt_rate,
    read_response,
    reads_rate_the_other_way,
    why_closed,
)
from finance_hooks.targets.exactonline.settings import PRODUCTION_HOSTS, SETTINGS
from finance_hooks.targets.exactonline.wire import UNEXPECTED
from finance_hooks.transport.oauth import OAuthClient
from finance_hooks.transport.send import Transport
from finance_hooks.transport.verdict import say_fault


class ExactOnlineHook(ConnectedHook):
    """Talk to one site of Exact Online (NL or BE) as the user who gave consent.

    Calls go strictly one after the other. `cache` keeps charts across runs; without it each hook reads them.
    What Exact refuses for every entry (401, 403, 404) refuses the entry it was said about and raises
    ConfigurationError for the next ones before they are sent.
    """

    conn_name_attr = "exactonline_conn_id"
    default_conn_name = "exactonline_nl"
    conn_type = "finance_exactonline"
    hook_name = "Exact Online (NL, BE)"
    settings = SETTINGS

    def __init__(
        self,
        exactonline_conn_id: str = default_conn_name,
        **parts: Any,  # noqa: ANN401 - ConnectedHook's own
    ) -> None:
        """Choose the connection and what is handed over to work with."""
        super().__init__(exactonline_conn_id, **parts)
        self._closed: dict[str, str] = {}
        self._rate_doubted: set[str] = set()

    @cached_property
    def connection(self) -> ExactConnection:
        """Read the connection; ConfigurationError names every fault of it."""
        return read_connection(self.parts)

    @cached_property
    def transport(self) -> Transport:
        """Return the way out to the connection's site; ConfigurationError when it may not be used."""
        connection = self.connection
        return self.way_out(
            environment=connection.environment,
            base_url=connection.base_url,
            production_hosts=PRODUCTION_HOSTS,
        )

    @cached_property
    def oauth_client(self) -> OAuthClient:
        """Return the app and the user whose consent this connection works with."""
        return make_oauth_client(self.connection)

    @cached_property
    def client(self) -> Client:
        """Return the one that makes the calls; ConfigurationError says what the store lacks."""
        transport, grants = self.transport, self.grants
        return Client(
            transport=transport,
            base_url=self.connection.base_url,
            access_token=lambda refused: grants.access_token(self.oauth_client, transport, refused=refused),
            quota=Quota(budget=self.budget_on(transport), connection=self.connection, clock=transport.clock),
        )

    @cached_property
    def charts(self) -> ChartShelf:
        """Return where charts come from."""
        return ChartShelf(lambda: self.client, self.connection.country, self._cache)

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say who we are at Exact, where we may book, how old tokens are and what is left, or what to do.

        With an administration: whether that one can be booked in.
        """
        try:
            probe = Probe(
                client=self.client,
                connection=self.connection,
                token_age=lambda: self.grants.age(self.oauth_client),
                read_division=self.charts.read_division,
            )
            return True, probe.describe(administration)
        except (ConfigurationError, TemporaryFailure) as error:
            return False, say_fault(error, self._conn_id)
        except UNEXPECTED as error:
            return False, f"Exact's answer is not as expected: {error!r}"

    def read_chart(self, administration: str) -> Chart:
        """Read the codes of a division, at most 12 hours old.

        Raises ConfigurationError when the division is not there, not active or of another country.
        """
        return self.charts.read(administration)

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        """Read all bookings of these journals and periods, a thousand lines a call."""
        if not journals or not periods:
            return iter(())
        rows = (
            row
            for filtered in readback.write_filters(journals, periods)
            for row in self.client.read_rows(
                administration, readback.TRANSACTION_LINES, select=readback.SELECT, filtered=filtered
            )
        )
        try:
            return iter(list(readback.read_bookings(rows)))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Exact's ledger lines are not as expected: {error!r}") from error

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
        payload = make_payload(entry, chart, self.connection.rate_direction)
        sending = self.client.post(entry.administration, payload.resource, payload.body)
        outcome = read_response(sending, entry, self.transport.clock.now())
        why = why_closed(sending, entry)
        if why:
            self._closed[entry.administration] = f"{why}; check the rights and scopes of {self._conn_id}"
        if isinstance(outcome, Booked) and reads_rate_the_other_way(entry, outcome):
            self._rate_doubted.add(entry.administration)
        return outcome

    def check(self, entry: Entry) -> tuple[Reason, ...]:
        """Find what is wrong with an entry; codes the cached chart lacks are looked up once a load."""
        division = entry.administration
        if entry.rate is not None and division in self._rate_doubted:
            return (doubt_rate(entry),)
        reasons = check_entry(entry, self.charts.read(division))
        newer = self.charts.read_newer(division) if reasons else None
        return reasons if newer is None else check_entry(entry, newer)
