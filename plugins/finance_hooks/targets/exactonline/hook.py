"""Bring entries into Exact Online and read them back.

Exact Online support, "REST API" and "API limits".
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.connected import ConnectedHook
from finance_hooks.targets.exactonline import readback, uploads
from finance_hooks.targets.exactonline.chart_shelf import ChartShelf
from finance_hooks.targets.exactonline.checks import check_entry
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.connection import ExactConnection, read_connection
from finance_hooks.targets.exactonline.consent import make_oauth_client
from finance_hooks.targets.exactonline.payload import make_payload
from finance_hooks.targets.exactonline.probe import Probe
from finance_hooks.targets.exactonline.quota import Quota
from finance_hooks.targets.exactonline.responses import (
    NEVER_SENT_PAUSE_S,
    doubt_rate,
    read_response,
    reads_rate_the_other_way,
    why_closed,
)
from finance_hooks.targets.exactonline.settings import PRODUCTION_HOSTS, SETTINGS, UPLOAD_ENTRIES_MAX
from finance_hooks.targets.exactonline.upload_doubts import UploadDoubts
from finance_hooks.targets.exactonline.uploads import Group
from finance_hooks.targets.exactonline.wire import UNEXPECTED
from finance_hooks.transport.answer import Sending
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

    @cached_property
    def doubts(self) -> UploadDoubts:
        """Return which entries must not go into an upload."""
        return UploadDoubts(self.connection.country, self._cache)

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

    def batch_size(self, pending: int, /) -> int:
        """Say how many entries are handed over at once: many where so many wait that they are uploaded."""
        uploads_from = self.connection.uploads_from
        return UPLOAD_ENTRIES_MAX if 0 < uploads_from <= pending else self.settings.batch_size

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Send entries one after the other; what the chart already rules out is refused without a call.

        Several at once, or each where the connection uploads from one on, go as XML.
        """
        for entry in entries:
            if entry.administration in self._closed:
                raise ConfigurationError(self._closed[entry.administration])
        reasons = [self.check(entry) for entry in entries]
        uploads_from = self.connection.uploads_from
        if uploads_from and len(entries) >= min(uploads_from, 2):
            sound = [entry for entry, found in zip(entries, reasons, strict=True) if not found]
            sent = self._post_many(sound)
            return [
                Refused(reference=entry.reference, reasons=found) if found else sent[entry.reference]
                for entry, found in zip(entries, reasons, strict=True)
            ]
        return [
            Refused(reference=entry.reference, reasons=found) if found else self._post(entry)
            for entry, found in zip(entries, reasons, strict=True)
        ]

    def _post_many(self, entries: Sequence[Entry]) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        for group in list(uploads.divide(entries, self.charts.read, self.doubts.among(entries))):
            is_held_back = any(isinstance(outcome, Later) for outcome in outcomes.values())
            if is_held_back or group.entries[0].administration in self._closed:
                sent = self._put_off(group, "an earlier request was held back or refused")
            else:
                sent = self._post_group(group, is_first=not outcomes)
            outcomes |= {outcome.reference: outcome for outcome in sent}
        return outcomes

    def _post_group(self, group: Group, *, is_first: bool) -> list[Outcome]:
        try:
            if group.document is not None:
                return self._upload(group.entries, group.document)
            (entry,) = group.entries
            # An earlier one may have shown that Exact reads rates the other way round.
            found = self.check(entry)
            return [Refused(reference=entry.reference, reasons=found) if found else self._post(entry)]
        except (ConfigurationError, TemporaryFailure) as error:
            if is_first:
                raise
            return self._put_off(group, str(error))

    def _put_off(self, group: Group, why: str) -> list[Outcome]:
        until = self.transport.clock.now() + timedelta(seconds=NEVER_SENT_PAUSE_S)
        return uploads.later(group.entries, until, why)

    def _upload(self, entries: Sequence[Entry], document: bytes) -> list[Outcome]:
        division = entries[0].administration
        sending = self.client.upload(division, document)
        self._note_closed(sending, entries[0])
        said = uploads.read_upload(sending, entries, self.transport.clock.now())
        if not isinstance(said, uploads.Said):
            return said
        try:
            rows = [
                row
                for asked in uploads.write_lookups(entries)
                for row in self.client.read_rows(
                    division, asked.resource, select=asked.select, filtered=asked.filter
                )
            ]
            found = uploads.read_found(rows)
        except (ConfigurationError, TemporaryFailure, *UNEXPECTED) as error:
            return uploads.unknown(entries, f"the entries cannot be read back: {error}")
        self.doubts.add(division, uploads.doubted(entries, said, found))
        return uploads.conclude(entries, said, found)

    def _post(self, entry: Entry) -> Outcome:
        chart = self.charts.read(entry.administration)
        payload = make_payload(entry, chart, self.connection.rate_direction)
        sending = self.client.post(entry.administration, payload.resource, payload.body)
        outcome = read_response(sending, entry, self.transport.clock.now())
        self._note_closed(sending, entry)
        if isinstance(outcome, Booked) and reads_rate_the_other_way(entry, outcome):
            self._rate_doubted.add(entry.administration)
        return outcome

    def _note_closed(self, sending: Sending, entry: Entry) -> None:
        why = why_closed(sending, entry)
        if why:
            self._closed[entry.administration] = f"{why}; check the rights and scopes of {self._conn_id}"

    def check(self, entry: Entry) -> tuple[Reason, ...]:
        """Find what is wrong with an entry; codes the cached chart lacks are looked up once a load."""
        division = entry.administration
        if entry.rate is not None and division in self._rate_doubted:
            return (doubt_rate(entry),)
        reasons = check_entry(entry, self.charts.read(division))
        newer = self.charts.read_newer(division) if reasons else None
        return reasons if newer is None else check_entry(entry, newer)
