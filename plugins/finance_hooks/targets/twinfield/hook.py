"""Bring entries into Twinfield and read them back.

Twinfield developer portal, "XML web services guidelines", "Transactions" and "Browse data".
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.connected import ConnectedHook
from finance_hooks.targets.twinfield.batches import Batch, later, split_batch, write_batches
from finance_hooks.targets.twinfield.chart_shelf import ChartShelf
from finance_hooks.targets.twinfield.checks import check_entry
from finance_hooks.targets.twinfield.client import Client
from finance_hooks.targets.twinfield.connection import TwinfieldConnection, read_connection
from finance_hooks.targets.twinfield.consent import make_oauth_client
from finance_hooks.targets.twinfield.ledger import read_pieces
from finance_hooks.targets.twinfield.payload import Manner
from finance_hooks.targets.twinfield.probe import Probe
from finance_hooks.targets.twinfield.quota import Quota
from finance_hooks.targets.twinfield.readback import read_bookings
from finance_hooks.targets.twinfield.refusals import as_closed, may_mean_closed
from finance_hooks.targets.twinfield.responses import (
    describe_answer,
    is_rejected,
    is_too_much,
    read_responses,
)
from finance_hooks.targets.twinfield.settings import PRODUCTION_HOSTS, SETTINGS, TOKEN_LEFT_S
from finance_hooks.targets.twinfield.totals import doubt_shift, is_shifted, shifts_otherwise
from finance_hooks.targets.twinfield.wire import UNEXPECTED
from finance_hooks.transport.answer import Answer
from finance_hooks.transport.oauth import OAuthClient
from finance_hooks.transport.send import Transport
from finance_hooks.transport.verdict import say_fault

HELD_BACK_S = 60
CURED_BY_NEWER_CHART = frozenset({ReasonCode.CODE_REFUSED, ReasonCode.CODE_BLOCKED})


class TwinfieldHook(ConnectedHook):
    """Talk to the cluster that holds the books, as the user who gave consent.

    Calls go strictly one after the other. `cache` keeps charts across runs; without it each hook reads them.
    What Twinfield rejects whole (token, rights) refuses the entries of that request and raises
    ConfigurationError for the next ones before they are sent.
    """

    conn_name_attr = "twinfield_conn_id"
    default_conn_name = "twinfield_nl"
    conn_type = "finance_twinfield"
    hook_name = "Twinfield"
    settings = SETTINGS

    def __init__(
        self,
        twinfield_conn_id: str = default_conn_name,
        **parts: Any,  # noqa: ANN401 - ConnectedHook's own
    ) -> None:
        """Choose the connection and what is handed over to work with."""
        super().__init__(twinfield_conn_id, **parts)
        self._closed: dict[str, str] = {}
        self._shift_doubted: set[str] = set()

    @cached_property
    def connection(self) -> TwinfieldConnection:
        """Read the connection; ConfigurationError names every fault of it."""
        return read_connection(self.parts)

    @cached_property
    def transport(self) -> Transport:
        """Return the way out to login host and cluster; ConfigurationError when it may not be used."""
        connection = self.connection
        return self.way_out(
            environment=connection.environment,
            base_url=connection.login_url,
            production_hosts=PRODUCTION_HOSTS,
        )

    @cached_property
    def oauth_client(self) -> OAuthClient:
        """Return the client and the user whose consent this connection works with."""
        return make_oauth_client(self.connection)

    @cached_property
    def client(self) -> Client:
        """Return the one that makes the calls; ConfigurationError says what the store lacks."""
        transport, grants = self.transport, self.grants

        def access_token(refused: str | None) -> str:
            return grants.access_token(self.oauth_client, transport, outlives_s=TOKEN_LEFT_S, refused=refused)

        return Client(
            transport=transport,
            connection=self.connection,
            access_token=access_token,
            quota=Quota(budget=self.budget_on(transport), connection=self.connection),
        )

    @cached_property
    def charts(self) -> ChartShelf:
        """Return where charts come from."""
        return ChartShelf(lambda: self.client, self._cache)

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say who we are at Twinfield, where we may book, how old tokens are and what is left, or what to do.

        With an administration: whether that one can be booked in.
        """
        try:
            probe = Probe(
                client=self.client,
                connection=self.connection,
                token_age=lambda: self.grants.age(self.oauth_client),
                charts=self.charts,
            )
            return True, probe.describe(administration)
        except (ConfigurationError, TemporaryFailure) as error:
            return False, say_fault(error, self._conn_id)
        except UNEXPECTED as error:
            return False, f"Twinfield's answer is not as expected: {error!r}"

    def read_chart(self, administration: str) -> Chart:
        """Read the codes of an administration, at most 12 hours old.

        Raises ConfigurationError when the user may not open the administration.
        """
        return self.charts.read(administration)

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        """Read all bookings of these journals and periods, one call a period, more where it is too large."""
        if not journals or not periods:
            return iter(())
        chart = self.charts.read(administration)
        try:
            found: dict[str, BookedEntry] = {}
            for period in periods:
                for rows in read_pieces(self.client, administration, period, self.transport.clock.now()):
                    # What was modified while it was read comes again, as it stands now.
                    found |= {one.id: one for one in read_bookings(rows, journals, chart)}
            return iter(found.values())
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Twinfield's ledger lines are not as expected: {error!r}") from error

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Send entries of one administration in one request, or as few as their size allows.

        What the chart already rules out is refused without a call.
        """
        for entry in entries:
            if entry.administration in self._closed:
                raise ConfigurationError(self._closed[entry.administration])
        try:
            found = [self.check(entry) for entry in entries]
        except TemporaryFailure as failure:
            return later(entries, self.transport.clock.now(), failure.retry_after_s, str(failure))
        sent = iter(self._post([entry for entry, reasons in zip(entries, found, strict=True) if not reasons]))
        return [
            Refused(reference=entry.reference, reasons=reasons) if reasons else next(sent)
            for entry, reasons in zip(entries, found, strict=True)
        ]

    def _post(self, entries: Sequence[Entry]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for batch in write_batches(entries, self.charts.read, self.manner):
            if batch.office in self._closed or any(isinstance(outcome, Later) for outcome in outcomes):
                # What held back one request holds back the next one too.
                why = "an earlier request was held back"
                outcomes += later(batch.entries, self.transport.clock.now(), HELD_BACK_S, why)
            else:
                outcomes += self._send(batch, is_first=not outcomes)
        return outcomes

    def _send(self, batch: Batch, *, is_first: bool) -> list[Outcome]:
        try:
            sending = self.client.post(batch.document, batch.office)
        except ConfigurationError as error:
            if is_first:
                raise
            return later(batch.entries, self.transport.clock.now(), HELD_BACK_S, str(error))
        if is_too_much(sending) and len(batch.entries) > 1:
            # Nothing was carried out; one entry that Twinfield chokes on must not hold up the others.
            halves = split_batch(batch)
            return [outcome for half in halves for outcome in self._send(half, is_first=False)]
        if is_rejected(sending) and not is_too_much(sending) and isinstance(sending, Answer):
            why = f"Administration {batch.office}: {describe_answer(sending)}"
            self._closed[batch.office] = f"{why}; check the rights of the user of {self._conn_id}"
        outcomes = read_responses(sending, batch.entries, self.transport.clock.now())
        for entry, outcome in zip(batch.entries, outcomes, strict=True):
            if isinstance(outcome, Booked) and shifts_otherwise(entry, outcome):
                self._shift_doubted.add(batch.office)
        return [
            self._name_closed(entry, outcome) for entry, outcome in zip(batch.entries, outcomes, strict=True)
        ]

    def _name_closed(self, entry: Entry, outcome: Outcome) -> Outcome:
        """Ask whether a period was closed meanwhile, where a refusal is in words that nobody knows."""
        if not isinstance(outcome, Refused) or not may_mean_closed(outcome.reasons):
            return outcome
        try:
            closed = self.charts.was_closed(entry.administration, entry.fiscal_year, entry.period)
        except (ConfigurationError, TemporaryFailure):
            return outcome
        return replace(outcome, reasons=as_closed(outcome.reasons, entry)) if closed else outcome

    def check(self, entry: Entry) -> tuple[Reason, ...]:
        """Find what is wrong with an entry; codes the cached chart lacks are looked up once a load."""
        office = entry.administration
        if office in self._shift_doubted and is_shifted(entry):
            return (doubt_shift(entry),)
        reasons = check_entry(entry, self.charts.read_with_periods(office, entry.fiscal_year))
        outdated = any(reason.code in CURED_BY_NEWER_CHART for reason in reasons)
        newer = self.charts.read_newer(office) if outdated else None
        return reasons if newer is None else check_entry(entry, newer)

    def manner(self, office: str) -> Manner:
        """Return in which manner entries of an administration are written."""
        connection = self.connection
        return Manner(
            is_final=connection.books_finally(office),
            free_text_field=connection.free_text_field,
            link_field=connection.link_field,
            link_template=connection.link_template,
        )
