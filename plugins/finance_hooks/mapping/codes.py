"""Look up every distinct code of a batch of documents at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from finance_hooks.mapping.lookup import Asked, TableRow, find_row, find_rows
from finance_hooks.mapping.schemas import (
    ARTICLE_ACCOUNTS,
    COST_CENTRES,
    COST_UNITS,
    EVERY,
    JOURNALS,
    LEDGER_ACCOUNTS,
    PARTIES,
    PAYMENT_TERMS,
    VAT_CODES,
    Schema,
)
from finance_hooks.mapping.spans import Spans, find_spans
from finance_hooks.mapping.tables import FIRST, Tables
from finance_hooks.model.document import Document, DocumentLine, VatDirection
from finance_hooks.model.party import PartyKey, PartyLink, Role

codes_of = attrgetter("ledger_account", "article", "activity", "vat_code", "rate", "cost_centre", "cost_unit")
"""What a line asks the tables; lines that ask the same are looked up once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCodes:
    """The codes and the party found for one line; whatever was not found has a reason in the trace.

    `used` are the rows behind them, by where they stand (`file:line`).
    """

    ledger_account: str | None
    vat_code: str | None
    vat_account: str | None
    reverse_charge_account: str | None
    cost_centre: str | None
    cost_unit: str | None
    party: str | None
    used: Mapping[str, TableRow]


KnownLegs = dict[tuple[object, ...], LegCodes]
"""What was found for lines, by what they ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The table rows that hold for the codes of a batch, by code and the day that is asked about.

    `spans` tell that day: all days between which no row begins or ceases to hold are one.

    Parties and article accounts have no dates; they are asked with `FIRST`. `party_links` are those of all
    parties, by party and side. `legs` grow while lines are mapped, by day and direction of VAT: most lines
    ask what an earlier line of the batch asked.
    """

    sync_id: str
    spans: Spans
    journals: dict[Asked, TableRow]
    article_accounts: dict[Asked, TableRow]
    ledger_accounts: dict[Asked, TableRow]
    vat_codes: dict[Asked, list[TableRow]]
    parties: dict[Asked, TableRow]
    party_links: Mapping[PartyKey, PartyLink]
    cost_centres: dict[Asked, TableRow]
    cost_units: dict[Asked, TableRow]
    payment_terms: dict[Asked, TableRow]
    legs: dict[tuple[str, VatDirection | None], KnownLegs] = field(default_factory=dict)

    def source_account(self, line: DocumentLine) -> tuple[str | None, TableRow | None]:
        """Take the ledger account from the line, else from its article or activity."""
        return _source_account(line, self.article_accounts)


def find_codes(documents: Sequence[Document], tables: Tables) -> Codes:
    """Look up the distinct codes of some documents."""
    spans = find_spans(tables)
    days = [spans.day_for(document.document_date.isoformat()) for document in documents]
    alike = {
        (day, codes_of(line)): line
        for document, day in zip(documents, days, strict=True)
        for line in document.lines
    }
    dated = [(line, day) for (day, _), line in alike.items()]

    def found(schema: Schema, asked: Iterable[Asked]) -> dict[Asked, TableRow]:
        return find_row(set(asked), tables[schema], schema.keys)

    def coded(schema: Schema, codes: Iterable[tuple[str | None, str]]) -> dict[Asked, TableRow]:
        return found(schema, ((code, day) for code, day in set(codes) if code is not None))

    articles = found(ARTICLE_ACCOUNTS, {key for line, _ in dated for key in _keys_of(line)})
    vat_asked = {(line.vat_code, day) for line, day in dated if line.vat_code is not None}
    return Codes(
        sync_id=tables.sync_id,
        spans=spans,
        journals=found(
            JOURNALS,
            (
                key
                for document, day in zip(documents, days, strict=True)
                for key in journal_keys(document, day)
            ),
        ),
        article_accounts=articles,
        ledger_accounts=coded(
            LEDGER_ACCOUNTS, ((_source_account(line, articles)[0], day) for line, day in dated)
        ),
        vat_codes=find_rows(vat_asked, tables[VAT_CODES], VAT_CODES.keys),
        parties=found(PARTIES, _party_keys(documents)),
        party_links=tables.party_links,
        cost_centres=coded(COST_CENTRES, ((line.cost_centre, day) for line, day in dated)),
        cost_units=coded(COST_UNITS, ((line.cost_unit, day) for line, day in dated)),
        payment_terms=coded(
            PAYMENT_TERMS,
            ((document.payment_term, day) for document, day in zip(documents, days, strict=True)),
        ),
    )


def journal_keys(document: Document, day: str) -> tuple[Asked, Asked]:
    """Ask for the journal of the type in this currency, then of the type."""
    return (f"{document.type}/{document.currency}", day), (str(document.type), day)


def _source_account(
    line: DocumentLine, articles: dict[Asked, TableRow]
) -> tuple[str | None, TableRow | None]:
    if line.ledger_account is not None:
        return line.ledger_account, None
    for key in _keys_of(line):
        if key in articles:
            return articles[key]["source_account"], articles[key]
    return None, None


def _keys_of(line: DocumentLine) -> Iterable[Asked]:
    return article_keys(line.article, line.activity) if line.ledger_account is None else ()


def article_keys(article: str | None, activity: str | None) -> Iterator[Asked]:
    """Ask for article and activity together, then the article, then the activity."""
    if article and activity:
        yield article, activity, FIRST
    if article:
        yield article, "", FIRST
    if activity:
        yield "", activity, FIRST


def _party_keys(documents: Sequence[Document]) -> Iterator[Asked]:
    parties = {document.party for document in documents}
    parties |= {line.party for document in documents for line in document.lines}
    for party in (parties | {EVERY}) - {None}:
        for role in Role:
            yield str(party), str(role), FIRST
