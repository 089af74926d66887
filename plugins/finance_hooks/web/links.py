"""Page Koppelingen: how every administration stands, and what somebody has to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.model.export import ExportType
from finance_hooks.posting.problem import ProblemKind
from finance_hooks.store.overview import Consent, LastRun, Unbooked
from finance_hooks.store.sending_stops import EVERY
from finance_hooks.targets.registry import find_target

LATE = timedelta(hours=26)
"""A night is missed when the newest run began longer ago."""
NOTHING_OPEN = Unbooked(by_state={}, parked_since=None)


EXPLAINED: Mapping[str, ProblemKind] = {
    "links.row_wrong": ProblemKind.ROW_WRONG,
    "links.never_authorised": ProblemKind.TOKEN_GONE,
    "links.consent_gone": ProblemKind.TOKEN_GONE,
    "links.night_missed": ProblemKind.NIGHT_MISSED,
    "links.difference": ProblemKind.DIFFERENT,
    "links.unclear": ProblemKind.UNCLEAR,
    "links.parked": ProblemKind.PARKED,
}
"""What the runbook explains, by the key of its text."""


class Health(StrEnum):
    """How one link is: in order, worth a look, or in the way of booking."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing that somebody has to do: the key of its text, its values, and the page where it is done."""

    key: str
    health: Health
    values: Mapping[str, Any]
    path: str = ""

    @property
    def explained_as(self) -> str | None:
        """Under which anchor the runbook says what a person does, where it does."""
        kind = EXPLAINED.get(self.key)
        return None if kind is None else kind.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of all links: newest runs, what is not booked, consents and stops, by administration.

    `unusable` says why the connection of one cannot be used.
    """

    runs: Mapping[str, LastRun]
    unbooked: Mapping[str, Unbooked]
    consents: Mapping[str, Consent | None]
    stops: Mapping[str, str]
    next_runs: Mapping[str, datetime | None]
    unusable: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One line of the page; what is `None` is not known or does not apply."""

    sync_id: str
    organisation: str
    target: str
    administration: str
    country: str
    export_type: str
    booked: int | None
    parked: int
    difference: Decimal | None
    last_run: LastRun | None
    needs_consent: bool
    consent: Consent | None
    next_run: datetime | None
    advice: Sequence[Advice]

    @property
    def health(self) -> Health:
        """The worst of what has to be done."""
        return max((one.health for one in self.advice), key=list(Health).index, default=Health.OK)


def make_link(row: AdministrationRow, standing: Standing) -> Link:
    """Say how one row of administrations.csv stands."""
    administration, sync_id = row.administration, row.sync_id
    run = standing.runs.get(sync_id)
    report = run.report if run else {}
    return Link(
        sync_id=sync_id,
        organisation=administration.organisation if administration else "",
        target=find_target(administration.target).settings.label if administration else "",
        administration=administration.target_administration if administration else "",
        country=administration.country if administration else "",
        export_type=administration.export_type if administration else ExportType.API,
        booked=report.get("booked"),
        parked=standing.unbooked.get(sync_id, NOTHING_OPEN).by_state.get("parked", 0),
        difference=Decimal(report["difference"]) if "difference" in report else None,
        last_run=run,
        needs_consent=sync_id in standing.consents,
        consent=standing.consents.get(sync_id),
        next_run=standing.next_runs.get(sync_id),
        advice=tuple(_advice(row, standing)),
    )


def _advice(row: AdministrationRow, standing: Standing) -> Iterator[Advice]:
    """Name what somebody has to do, what keeps all documents from being booked first."""
    sync_id = row.sync_id
    if row.administration is None:
        yield _wrong("links.row_wrong", problems=row.problems)
        return
    why = standing.stops.get(sync_id) or standing.stops.get(EVERY)
    if why is not None:
        yield _wrong("links.stopped", why=why)
    if sync_id in standing.unusable:
        yield _wrong("links.unusable", why=standing.unusable[sync_id])
    if sync_id in standing.consents:
        yield from _on_consent(standing.consents[sync_id])
    yield from _on_run(sync_id, standing.runs.get(sync_id), standing.now)
    open_ones = standing.unbooked.get(sync_id, NOTHING_OPEN).by_state
    unclear = open_ones.get("unknown", 0) + open_ones.get("sending", 0)
    if unclear:
        path = f"/documents?sync_id={sync_id}&state=unclear"
        yield Advice(key="links.unclear", health=Health.WARNING, values={"count": unclear}, path=path)
    if delivered := open_ones.get("delivered", 0):
        path = f"/links/{sync_id}/files"
        yield Advice(key="links.delivered", health=Health.OK, values={"count": delivered}, path=path)
    if parked := open_ones.get("parked", 0):
        path = f"/documents?sync_id={sync_id}&state=parked"
        yield Advice(key="links.parked", health=Health.WARNING, values={"count": parked}, path=path)


def _on_consent(consent: Consent | None) -> Iterator[Advice]:
    if consent is None:
        yield _wrong("links.never_authorised")
    elif consent.needs_consent_since is not None:
        yield _wrong("links.consent_gone", why=consent.needs_consent_why or "")


def _on_run(sync_id: str, run: LastRun | None, now: datetime) -> Iterator[Advice]:
    if run is None:
        yield Advice(key="links.never_ran", health=Health.WARNING, values={})
        return
    if now - run.started_at > LATE:
        yield _wrong("links.night_missed", since=run.started_at)
    difference = Decimal(run.report.get("difference", 0))
    if difference:
        yield _wrong("links.difference", path=f"/reconciliation/{sync_id}", amount=difference)


def _wrong(key: str, path: str = "", **values: object) -> Advice:
    return Advice(key=key, health=Health.WRONG, values=values, path=path)
