"""Map documents to entries in a target's own codes: whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from finance_hooks.mapping.amounts import check_totals, find_rate, has_whole_cents, total_lines
from finance_hooks.mapping.case import Case, open_case
from finance_hooks.mapping.codes import find_codes, journal_keys
from finance_hooks.mapping.condense import condense_lines
from finance_hooks.mapping.entry_dates import EntryDates, date_entry
from finance_hooks.mapping.fitting import fit_text, text_room
from finance_hooks.mapping.lookup import TableRow
from finance_hooks.mapping.map_lines import find_leg_codes, find_row_of, make_leg
from finance_hooks.mapping.parties import map_document_party
from finance_hooks.mapping.tables import Tables
from finance_hooks.mapping.texts import date_suffix, describe_entry
from finance_hooks.mapping.vat import spread_vat
from finance_hooks.model.administration import Administration
from finance_hooks.model.document import Document
from finance_hooks.model.document_warning import DocumentWarning, WarningCode
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import round_half_up
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.party import PartyNeed

BATCH_LINES = 20_000
"""Lines that are held in memory at once; a document is never divided over batches."""


class Limits(Protocol):
    """What mapping must know of a package: lines per entry and characters per description."""

    @property
    def lines_max(self) -> int:
        """How many legs one entry may have."""
        ...

    @property
    def description_length(self) -> int:
        """How long a description may be, the reference included."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedDocument:
    """A document with its entry, or with every reason why it has none.

    `would_be` is the entry as far as it could be mapped: whole only without reasons, and without a journal
    (`""`) where no row names one.
    `mapping_rows` are the rows behind the whole entry by `file:line`, as they stood (cells separated by
    U+001F, the file's name first); `mapping_digest` digests what they say. `parties` are those it is booked
    on, as the tables write them.
    """

    document: Document
    would_be: Entry
    reasons: tuple[Reason, ...]
    warnings: tuple[DocumentWarning, ...]
    mapping_rows: Mapping[str, str]
    mapping_digest: str
    parties: tuple[PartyNeed, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """The entry to book, `None` where there is any reason against it."""
        return None if self.reasons else self.would_be


def map_documents(
    documents: Iterable[Document],
    *,
    tables: Tables,
    administration: Administration,
    masters: Masters,
    settings: Limits,
    posting_key: Callable[[Document], str],
) -> Iterator[MappedDocument]:
    """Map documents in their order, in batches of bounded size."""
    for batch in _batches(documents):
        codes = find_codes(batch, tables)
        for document in batch:
            case = open_case(document, masters, codes)
            trace = case.trace
            would_be = _map_document(case, administration, settings, posting_key(document))
            yield MappedDocument(
                document=document,
                would_be=would_be,
                reasons=tuple(trace.reasons.values()),
                warnings=tuple(trace.warnings),
                mapping_rows={at: row.content for at, row in trace.rows.items()},
                mapping_digest=trace.mapping_digest(),
                parties=tuple(trace.parties),
            )


def _map_document(case: Case, administration: Administration, settings: Limits, posting_key: str) -> Entry:
    """Map one document; the entry is only good when the trace has no reasons."""
    document, trace = case.document, case.trace
    organisation = case.masters.organisation
    dates = date_entry(document, administration, organisation.fiscal_year_start_month, trace)
    journal = _find_journal(case)
    party = map_document_party(case)
    term = find_row_of(
        "payment_term",
        document.payment_term,
        case.codes.payment_terms,
        ReasonCode.PAYMENT_TERM_UNMAPPED,
        case,
    )
    rate = find_rate(document, organisation.currency, trace)
    room, suffix = text_room(settings.description_length), date_suffix(dates)
    description = fit_text(describe_entry(document, case.masters), room, suffix)
    lines = _map_lines(case, description, dates, room)
    if len(lines) > settings.lines_max:
        lines = _condense(case, lines, description, settings.lines_max)
    gross, vat = total_lines(document.type.kind, lines)
    return Entry(
        posting_key=posting_key,
        reference=make_reference(posting_key),
        kind=document.type.kind,
        administration=administration.target_administration,
        journal=journal["journal"] if journal else "",
        number=document.supplier_number or document.number,
        entry_date=dates.entry_date,
        due_date=document.due_date,
        fiscal_year=dates.fiscal_year,
        period=dates.period,
        party=party,
        description=description,
        currency=document.currency,
        rate=rate,
        payment_term=trace.use(term)["target_code"] if term else None,
        gross=gross,
        vat=vat,
        gross_in_books=gross if rate is None else round_half_up(gross * rate),
        g_account_amount=document.g_account_amount,
        lines=tuple(lines),
        moved_from=dates.shifted_from,
    )


def _find_journal(case: Case) -> TableRow | None:
    for key in journal_keys(case.document, case.asks_on):
        if key in case.codes.journals:
            return case.trace.use(case.codes.journals[key])
    detail = f"no row in journals.csv for administration {case.codes.sync_id} on {case.day}"
    case.trace.park(ReasonCode.JOURNAL_UNMAPPED, "document_type", str(case.document.type), detail)
    return None


def _map_lines(case: Case, description: str, dates: EntryDates, room: int) -> list[EntryLine]:
    """Map all lines, or none when anything about the document keeps it from being booked."""
    document, trace = case.document, case.trace
    if not document.lines:
        trace.park(ReasonCode.FIELD_MISSING, "lines", None, None)
    legs = [find_leg_codes(line, case) for line in document.lines]
    if not has_whole_cents(document, trace):
        return []
    shares = spread_vat(case)
    if trace.reasons:
        return []
    suffix = date_suffix(dates) if case.is_memorial else ""
    texts = [
        fit_text(line.description, room, suffix) if line.description.strip() else description
        for line in document.lines
    ]
    lines = [
        make_leg(number, *parts)
        for number, parts in enumerate(zip(document.lines, legs, shares, texts, strict=True), start=1)
    ]
    check_totals(document, lines, trace)
    return lines


def _condense(case: Case, lines: list[EntryLine], description: str, lines_max: int) -> list[EntryLine]:
    condensed = condense_lines(case.document.type.kind, lines, description)
    if len(condensed) > lines_max:
        detail = f"{len(lines)} lines, {len(condensed)} after adding up equal ones, {lines_max} allowed"
        case.trace.park(ReasonCode.TOO_MANY_LINES, "lines", str(len(lines)), detail)
    else:
        detail = f"{len(condensed)} after adding up, {lines_max} allowed"
        case.trace.warn(WarningCode.LINES_ADDED_UP, "lines", str(len(lines)), detail)
    return condensed


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.lines)
        if size >= BATCH_LINES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
