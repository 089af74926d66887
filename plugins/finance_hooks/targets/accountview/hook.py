"""Bring entries into AccountView and read them back.

AccountView.Net Web API v3 as working clients use it; the vendor's own manual is not public.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import Reason
from finance_hooks.targets.accountview.books import Reader, read_year, spell_journals
from finance_hooks.targets.accountview.chart_shelf import ChartShelf
from finance_hooks.targets.accountview.checks import check_entry
from finance_hooks.targets.accountview.client import Client
from finance_hooks.targets.accountview.company import Company
from finance_hooks.targets.accountview.comparing import totals_of_answer
from finance_hooks.targets.accountview.connection import AccountViewConnection, read_connection
from finance_hooks.targets.accountview.consent import make_oauth_client
from finance_hooks.targets.accountview.listings import JOURNALS
from finance_hooks.targets.accountview.page_checks import check_page
from finance_hooks.targets.accountview.payload import make_page, write_page
from finance_hooks.targets.accountview.probe import Probe
from finance_hooks.targets.accountview.proofs import Proofs
from finance_hooks.targets.accountview.query import Question
from finance_hooks.targets.accountview.readback import BookYear
from finance_hooks.targets.accountview.responses import Stored, read_response, why_closed
from finance_hooks.targets.accountview.settings import PRODUCTION_HOSTS, SETTINGS
from finance_hooks.targets.accountview.wire import UNEXPECTED
from finance_hooks.targets.connected import ConnectedHook
from finance_hooks.transport.oauth import OAuthClient
from finance_hooks.transport.send import Transport
from finance_hooks.transport.verdict import say_fault


class AccountViewHook(ConnectedHook):
    """Talk to the companies that one user of AccountView may open, one call after the other.

    `cache` keeps charts across runs; without it each hook reads them. What AccountView refuses for every
    entry (401, 403, 404), or books elsewhere than it was told, raises ConfigurationError for the next entries
    before they are sent. Every page is read back; the first of each sort in the ledger too.
    """

    conn_name_attr = "accountview_conn_id"
    default_conn_name = "accountview_nl"
    conn_type = "finance_accountview"
    hook_name = "AccountView"
    settings = SETTINGS

    def __init__(
        self,
        accountview_conn_id: str = default_conn_name,
        **parts: Any,  # noqa: ANN401 - ConnectedHook's own
    ) -> None:
        """Choose the connection and what is handed over to work with."""
        super().__init__(accountview_conn_id, **parts)
        self._proofs = Proofs()
        self._shaken: set[str] = set()

    @cached_property
    def connection(self) -> AccountViewConnection:
        """Read the connection; ConfigurationError names every fault of it."""
        return read_connection(self.parts)

    @cached_property
    def transport(self) -> Transport:
        """Return the way out to the connection's portal; ConfigurationError when it may not be used."""
        connection = self.connection
        return self.way_out(
            environment=connection.environment,
            base_url=connection.base_url,
            production_hosts=PRODUCTION_HOSTS,
        )

    @cached_property
    def oauth_client(self) -> OAuthClient:
        """Return the application and the user whose consent this connection works with."""
        return make_oauth_client(self.connection)

    @cached_property
    def client(self) -> Client:
        """Return the one that makes the calls; ConfigurationError says what the store lacks."""
        transport, grants = self.transport, self.grants
        return Client(
            transport=transport,
            base_url=self.connection.base_url,
            access_token=lambda refused: grants.access_token(self.oauth_client, transport, refused=refused),
        )

    @cached_property
    def charts(self) -> ChartShelf:
        """Return where companies come from."""
        connection = self.connection
        return ChartShelf(lambda: self.client, f"{connection.base_url}|{connection.user_name}", self._cache)

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:
        """Say which companies can be opened and how old the tokens are, or what to do.

        With an administration: what can be booked in that one.
        """
        try:
            probe = Probe(
                client=self.client,
                connection=self.connection,
                token_age=lambda: self.grants.age(self.oauth_client),
                read_company=self.charts.read,
            )
            return True, probe.describe(administration)
        except (ConfigurationError, TemporaryFailure) as error:
            return False, say_fault(error, self._conn_id)
        except UNEXPECTED as error:
            return False, f"AccountView's answer is not as expected: {error!r}"

    def read_chart(self, administration: str) -> Chart:
        """Read the codes of a company, at most 12 hours old; ConfigurationError where it cannot be opened."""
        return self.charts.read(administration).chart

    def read_entries(
        self, administration: str, journals: Collection[str], periods: Collection[Period]
    ) -> Iterator[BookedEntry]:
        """Read all bookings of these journals and periods, a thousand pages or ledger rows a call."""
        if not journals or not periods:
            return iter(())
        found: list[BookedEntry] = []
        for fiscal_year in sorted({period.fiscal_year for period in periods}):
            numbers = {period.number for period in periods if period.fiscal_year == fiscal_year}
            found += self._read_year(administration, fiscal_year, numbers)
        wanted = spell_journals(journals, self.read_chart(administration).journals)
        return iter([one for one in found if one.journal in wanted and one.period in set(periods)])

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Send entries one after the other; what the chart already rules out is refused without a call.

        After an unknown outcome the next entry leaves only when the installation answers a question again.
        """
        for administration in dict.fromkeys(entry.administration for entry in entries):
            if administration in self._proofs.closed:
                raise ConfigurationError(self._proofs.closed[administration])
            self._ask_after_shock(administration)
        reasons = [self._proofs.doubt(entry) or self.check(entry) for entry in entries]
        return [
            Refused(reference=entry.reference, reasons=found) if found else self._post(entry)
            for entry, found in zip(entries, reasons, strict=True)
        ]

    def _read_year(self, administration: str, fiscal_year: int, numbers: set[int]) -> list[BookedEntry]:
        company = self.charts.read(administration)
        if not _days_of(company, fiscal_year):
            company = self.charts.read_newer(administration) or company
        days = _days_of(company, fiscal_year)
        if not days:
            return []  # AccountView: without an administration for the year there are no books to read
        year = self._book_year(company, fiscal_year)
        try:
            return read_year(self._reader(company), year, numbers, days[0])
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AccountView's pages are not as expected: {error!r}") from error

    def _post(self, entry: Entry) -> Outcome:
        company = self.charts.read(entry.administration)
        body = write_page(entry, make_page(entry, self.connection.conventions))
        sending = self.client.post(company.id, body)
        found = read_response(sending, entry, company.dictionary, self.transport.clock.now())
        why = why_closed(sending, entry)
        if why:
            self._proofs.closed[entry.administration] = (
                f"{why}; check the rights of the user of {self._conn_id}"
            )
        if isinstance(found, Unknown):
            self._shaken.add(entry.administration)
        if isinstance(found, Refused) and not why:
            return self._look_for_remains(entry, company, found)
        return self._prove(entry, company, found) if isinstance(found, Stored) else found

    def _prove(self, entry: Entry, company: Company, stored: Stored) -> Booked:
        """Read a page back that AccountView says it keeps; whatever that brings, it is not sent again."""
        booked = Booked(
            reference=entry.reference,
            id=f"{entry.fiscal_year}/{entry.journal}/{stored.page_number}",
            number=stored.page_number,
            totals=totals_of_answer(entry, stored.row, self.connection.conventions),
        )
        year = self._book_year(company, entry.fiscal_year)
        try:
            return self._proofs.prove(self._reader(company), year, entry, booked)
        except (ConfigurationError, TemporaryFailure, *UNEXPECTED) as error:
            self.log.warning("%s was booked but could not be read back: %s", entry.number, error)
            return booked

    def _look_for_remains(self, entry: Entry, company: Company, refused: Refused) -> Outcome:
        """Make sure that a refused page left nothing behind; what did must be corrected, never sent again."""
        year = self._book_year(company, entry.fiscal_year)
        try:
            remains = self._proofs.find_remains(self._reader(company), year, entry)
        except (ConfigurationError, TemporaryFailure, *UNEXPECTED) as error:
            return Unknown(reference=entry.reference, why=f"refused, but perhaps not whole: {error}")
        if remains is None:
            return refused
        said = "; ".join(reason.detail or reason.code for reason in refused.reasons)
        self.log.warning("%s was refused (%s), yet page %s stands", entry.number, said, remains.number)
        return remains

    def check(self, entry: Entry) -> tuple[Reason, ...]:
        """Find what is wrong with an entry; codes the cached chart lacks are looked up once a load."""
        reasons = self._check_against(entry, self.charts.read(entry.administration))
        newer = self.charts.read_newer(entry.administration) if reasons else None
        return reasons if newer is None else self._check_against(entry, newer)

    def _check_against(self, entry: Entry, company: Company) -> tuple[Reason, ...]:
        reasons = check_entry(entry, company)
        page = make_page(entry, self.connection.conventions)
        return reasons or check_page(entry, page, company)

    def _ask_after_shock(self, administration: str) -> None:
        if administration in self._shaken:
            company = self.charts.read(administration)
            self.client.is_there(company.id, Question(listing=JOURNALS))
            self._shaken.discard(administration)

    def _reader(self, company: Company) -> Reader:
        return lambda question: self.client.read_pages(company.id, question)

    def _book_year(self, company: Company, fiscal_year: int) -> BookYear:
        return BookYear(company=company, fiscal_year=fiscal_year, conventions=self.connection.conventions)


def _days_of(company: Company, fiscal_year: int) -> list[date]:
    return sorted(period.first_date for period in company.chart.periods if period.fiscal_year == fiscal_year)
