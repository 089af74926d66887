"""Two runs of one administration at once: what one of them is doing is no fault to the other."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

from finance_hooks.model.selection import Selection
from finance_hooks.posting.receive import receive
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.sources.qubz.received import ReceivedDocument
from tests.integration.chain.nights import Nights

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 4)
LONG_AGO = date(2026, 3, 2)


def test_document_that_another_run_received_and_has_not_mapped_yet_is_accounted_for_by_that_run(
    nights: Nights,
) -> None:
    nights.issue(FIRST)
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.load_until_done("scheduled__night")
    chain.clock.sleep(1)
    nights.issue(LONG_AGO)
    receive(chain.work("backfill"), chain.source, nights.dated(LONG_AGO))

    report = chain.conclude("scheduled__night")

    assert (report.documents, report.booked, report.red) == (1, 1, ())


class OvertakenSource(QubzHook):
    """A source that another run reads too, after this one read everything and before it is done."""

    meanwhile: Callable[[], object]

    def read_documents(
        self, organisation: str, selection: Selection, *, resources: Collection[str] | None = None
    ) -> Iterator[ReceivedDocument]:
        yield from super().read_documents(organisation, selection, resources=resources)
        self.meanwhile()


def test_document_that_another_run_stored_meanwhile_has_not_vanished(nights: Nights) -> None:
    own = nights.chain.source
    overtaken = OvertakenSource(transport=own._given_transport)

    def issue_and_read() -> None:
        nights.issue(FIRST)
        nights.chain.source = own
        nights.chain.clock.sleep(1)
        nights.chain.prepare("meanwhile")

    overtaken.meanwhile = issue_and_read
    nights.chain.source = overtaken

    report = nights.night(SECOND)

    assert (report.documents, report.booked, report.withdrawn) == (1, 1, 0)
