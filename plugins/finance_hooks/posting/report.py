"""Report a run: every document accounted for, the books to the cent, and what a person must do."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from finance_hooks.model.administration import Administration
from finance_hooks.model.keys import Purpose
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.expected import expected_gross, is_being_sent, is_taken_back
from finance_hooks.store.findings import BOOKS_DIFFER
from finance_hooks.store.proof import Standing

DIFFER = {kind.value for kind in BOOKS_DIFFER}
UNKNOWN_STATES = {PostingState.UNKNOWN, PostingState.SENDING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One administration after one run; amounts in its currency.

    documents = booked + already_booked + parked + waiting + unknown + delivered. `booked` was sent by this
    run, `already_booked` is booked otherwise, `delivered` stands in a file and is not seen in the books yet.
    `before_start`, `withdrawn` (by the source, never booked) and `not_ours` stand outside. `difference` is
    source gross of booked and already booked minus books gross of the same entries. `conversion_residue`,
    part of `source_gross`, are the cents that converting leg by leg gave. `red` says why the run is red.
    """

    sync_id: str
    organisation: str
    target: str
    country: str
    target_administration: str
    documents: int
    booked: int
    already_booked: int
    parked: int
    waiting: int
    unknown: int
    before_start: int
    withdrawn: int
    not_ours: int
    source_gross: Decimal
    books_gross: Decimal
    conversion_residue: Decimal
    parked_gross: Decimal
    difference: Decimal
    reasons: tuple[Mapping[str, Any], ...]
    journals: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    warnings: tuple[Mapping[str, Any], ...]
    moved: tuple[Mapping[str, Any], ...] = ()
    corrections: tuple[Mapping[str, Any], ...] = ()
    attached: int = 0
    told: int = 0
    delivered: int = 0
    failed_tasks: tuple[str, ...] = ()
    red: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What a run did besides booking: files attached, results told, and warnings about files."""

    attached: int = 0
    told: int = 0
    warnings: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a report is made from: standings of the documents, the comparison with the books, findings.

    `lent` is the generation of the lease on the books that is running at this moment, if one is.
    """

    run_id: str
    standings: Iterable[Standing]
    documents: int
    before_start: int
    withdrawn: int
    comparisons: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...]
    failed_tasks: tuple[str, ...] = ()
    lent: int | None = None
    besides: Besides = Besides()


def make_report(administration: Administration, proof: Proof, language: Language = "nl") -> Report:
    """Count, sum and judge; pure."""
    counts: Counter[str] = Counter()
    source_gross = parked_gross = ZERO
    reasons: list[Mapping[str, Any]] = []
    warnings: list[Mapping[str, Any]] = []
    moved: list[Mapping[str, Any]] = []
    corrections: list[Mapping[str, Any]] = []
    news = unclear = 0
    proved: set[int] = set()
    for standing in proof.standings:
        proved.add(standing.posting_id)
        place = _place(standing, proof)
        if standing.state is PostingState.BOOKED:
            source_gross += expected_gross(standing)
        if standing.is_latest and not is_taken_back(standing):
            counts[place] += 1
            parked_gross += (standing.gross or ZERO) if place == "parked" else ZERO
        elif place == "unknown":
            # A reversal whose new booking waits is nobody's latest posting.
            unclear += 1
        if place == "parked":
            reasons.append(_parked(standing, language))
            news += _is_news(standing, proof.run_id)
        moved += list(_moved(standing))
        corrections += list(_correction(standing, place))
        if standing.warnings:
            warnings.append({"document": standing.document, "warnings": list(standing.warnings)})
    books_gross = sum((Decimal(one["books_gross"]) for one in proof.comparisons), ZERO)
    residue = sum((Decimal(one["conversion_residue"]) for one in proof.comparisons), ZERO)
    source_gross += residue
    report = Report(
        sync_id=administration.sync_id,
        organisation=administration.organisation,
        target=administration.target,
        country=administration.country,
        target_administration=administration.target_administration,
        documents=proof.documents,
        booked=counts["booked"],
        already_booked=counts["already_booked"],
        parked=counts["parked"],
        waiting=counts["waiting"],
        unknown=counts["unknown"],
        before_start=proof.before_start,
        withdrawn=proof.withdrawn,
        not_ours=sum(int(one["not_ours"]) for one in proof.comparisons),
        source_gross=source_gross,
        books_gross=books_gross,
        conversion_residue=residue,
        parked_gross=parked_gross,
        difference=source_gross - books_gross,
        reasons=tuple(reasons),
        journals=proof.comparisons,
        findings=proof.findings,
        moved=tuple(moved),
        corrections=tuple(corrections),
        warnings=(*warnings, *proof.besides.warnings),
        attached=proof.besides.attached,
        told=proof.besides.told,
        delivered=counts["delivered"],
        failed_tasks=proof.failed_tasks,
    )
    return _judged(report, proof, _Concerns(news=news, unclear=unclear, proved=proved))


def accounted(report: Report) -> bool:
    """Say whether every document of the source stands somewhere."""
    settled = report.booked + report.already_booked + report.parked
    return report.documents == settled + report.waiting + report.unknown + report.delivered


def report_to_plain(report: Report) -> dict[str, Any]:
    """Write a report as JSON-ready values, amounts as decimal text."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(report).items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Concerns:
    """What colours a report besides its counts: news of parked ones, unclear reversals, what was proved."""

    news: int
    unclear: int
    proved: Collection[int]


def _judged(report: Report, proof: Proof, concerns: _Concerns) -> Report:
    red = [f"task {task} failed" for task in proof.failed_tasks]
    if not accounted(report):
        red.append("not every document is accounted for")
    if report.unknown or concerns.unclear:
        red.append(f"{report.unknown + concerns.unclear} documents may or may not be booked")
    if report.difference != ZERO or any(Decimal(one["difference"]) != ZERO for one in report.journals):
        red.append(f"the books differ from the source by {report.difference}")
    # A finding about a period that this run did not read is named, but judged by the runs that read it.
    differing = sum(
        finding["kind"] in DIFFER and finding["posting_id"] in concerns.proved for finding in report.findings
    )
    if differing:
        red.append(f"{differing} bookings are not as they were sent")
    others = [other for one in report.journals for other in one.get("not_ours_entries", ())]
    forgotten = sum(bool(other.get("reference")) for other in others)
    if forgotten:
        red.append(f"{forgotten} bookings bear a reference of ours and are not known to be booked")
    if concerns.news:
        red.append(f"{concerns.news} documents parked for the first time or for a new reason")
    return replace(report, red=tuple(red))


def _place(standing: Standing, proof: Proof) -> str:
    if standing.state is PostingState.BOOKED:
        return "booked" if standing.sent_run_id == proof.run_id else "already_booked"
    if is_being_sent(standing, run_id=proof.run_id, lent=proof.lent):
        return "waiting"
    if standing.state in UNKNOWN_STATES:
        return "unknown"
    return str(standing.state) if standing.state in {"parked", "delivered"} else "waiting"


def _is_news(standing: Standing, run_id: str) -> bool:
    on_hold = any(reason.code is ReasonCode.ON_HOLD for reason in standing.reasons)
    return standing.reasons_since_run == run_id and not on_hold


def _moved(standing: Standing) -> Iterator[Mapping[str, Any]]:
    """Say of an entry that does not stand on its own day from where it was moved."""
    entry = standing.entry
    if entry is not None and entry.moved_from is not None:
        yield {
            "document": standing.document,
            "number": entry.number,
            "from": entry.moved_from.isoformat(),
            "to": entry.entry_date.isoformat(),
            "state": standing.state.value,
        }


def _correction(standing: Standing, place: str) -> Iterator[Mapping[str, Any]]:
    """Tell of every reversal and of every booking after the first how far it has come."""
    if standing.purpose is Purpose.REVERSE or standing.n > 1:
        yield {
            "document": standing.document,
            "purpose": standing.purpose.value,
            "n": standing.n,
            "place": place,
            "reference": standing.reference,
            "entry": standing.target_entry_number,
        }


def _parked(standing: Standing, language: Language) -> Mapping[str, Any]:
    return {
        "document": standing.document,
        "codes": [reason.code.value for reason in standing.reasons],
        "sentences": [reason_sentence(reason, language) for reason in standing.reasons],
    }
