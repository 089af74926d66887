"""Gather a month-end statement: source, store and books of one month, what is open, and who decided what."""

import hashlib
import io
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from finance_hooks.model.administration import Administration
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.posting.comparison import Comparison
from finance_hooks.posting.csv_cells import write_rows
from finance_hooks.posting.figures import HEADER, Figure, figures_of
from finance_hooks.posting.reconciliation import Reconciliation
from finance_hooks.posting.work import BUSINESS_ZONE, Work
from finance_hooks.store import statements
from finance_hooks.store.engine import snapshot
from finance_hooks.store.proof import Owned
from finance_hooks.store.statements import Decided, OpenDocument, OpenFinding
from finance_hooks.store.watermarks import read_watermark


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which statement is made: of which month (its first day), in which language, by whom, proved by what."""

    month: date
    language: Language
    made_by: str
    proved_by: str
    source_id: str

    @property
    def last_day(self) -> date:
        """Return the last day of the month."""
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a controller signs about one administration and month.

    `source_read_until` is up to which change the source was read.
    """

    administration: Administration
    wish: Wish
    found: Reconciliation
    documents: tuple[OpenDocument, ...]
    findings: tuple[OpenFinding, ...]
    decisions: tuple[Decided, ...]
    source_read_until: datetime | None

    @property
    def difference(self) -> Decimal:
        """What the source has more than the books, over all journals."""
        return sum((one.difference for one in self.found.comparisons), ZERO)

    @property
    def agrees(self) -> bool:
        """Whether source, store and books are the same to the cent, with nothing wrong with any booking."""
        return self.found.agrees and all(
            one.store_gross == one.source_gross for one in self.found.comparisons
        )


def gather_statement(work: Work, found: Reconciliation, wish: Wish) -> Statement:
    """Add what the store says about the month to what was compared; all of it as of one instant."""
    owned = Owned(administration=work.administration, source_id=wish.source_id)
    first, last = wish.month, wish.last_day
    starts = datetime.combine(first, time(), BUSINESS_ZONE)
    ends = datetime.combine(last + timedelta(days=1), time(), BUSINESS_ZONE)
    with snapshot(work.engine) as connection:
        return Statement(
            administration=work.administration,
            wish=wish,
            found=found,
            documents=tuple(statements.open_documents(connection, owned, first, last)),
            findings=tuple(statements.open_findings_of(connection, owned, first, last)),
            decisions=tuple(statements.decisions_of(connection, owned, first, last, (starts, ends))),
            source_read_until=read_watermark(connection, work.administration.sync_id),
        )


def keep_statement(work: Work, made: Statement, figures: bytes) -> None:
    """Note in the store that this statement was made, with the digest of its figures."""
    with work.engine.begin() as connection:
        statements.note_statement(
            connection,
            sync_id=made.administration.sync_id,
            books=made.administration.books,
            month=made.wish.month,
            made_at=work.now(connection),
            made_by=made.wish.made_by,
            proved_by=made.wish.proved_by,
            agrees=made.agrees,
            difference=made.difference,
            figures_digest=digest(figures),
        )


def digest(figures: bytes) -> str:
    """Return the SHA-256 by which the signed page names its figures."""
    return hashlib.sha256(figures).hexdigest()


def write_figures(made: Statement) -> bytes:
    """Write every figure and open point as CSV, UTF-8 with a mark so that spreadsheets read it as such."""
    text = io.StringIO()
    figures = (*figures_of(made.found), *_open_points(made))
    write_rows(text, [HEADER, *map(astuple, figures)], line_end="\r\n")
    return text.getvalue().encode("utf-8-sig")


def totals_of(made: Statement) -> Comparison:
    """Add all journals and periods up."""
    total = Comparison(journal="", fiscal_year=made.wish.month.year, period=made.wish.month.month)
    for one in made.found.comparisons:
        for name in ("documents", "entries", "not_ours"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        for name in (
            *("source_gross", "store_gross", "books_gross", "conversion_residue"),
            *("vat_rounding", "debit", "credit"),
        ):
            setattr(total, name, getattr(total, name) + getattr(one, name))
        for name in ("vat", "vat_base", "vat_shifted", "box_base", "box_vat", "parties"):
            sides = getattr(total, name)
            for key, (sent, booked) in getattr(one, name).items():
                before = sides.get(key, (ZERO, ZERO))
                sides[key] = (before[0] + sent, before[1] + booked)
    return total


def _open_points(made: Statement) -> Iterator[Figure]:
    for one in made.documents:
        said = " ".join(reason_sentence(reason, made.wish.language) for reason in one.reasons)
        yield _point(one.state.value, one.document, one.gross, said or one.waiting_why or "")
    for found in made.findings:
        yield _point(f"finding {found.kind}", found.document, None, str(found.detail))
    for decided in made.decisions:
        said = f"{decided.at:%Y-%m-%d %H:%M} {decided.who}: {decided.why}"
        yield _point(f"decision {decided.what}", decided.document or "", None, said)


def _point(what: str, key: str, source: Decimal | None, said: str) -> Figure:
    return Figure(
        journal="",
        fiscal_year="",
        period="",
        what=what,
        key=key,
        source="" if source is None else str(source),
        books="",
        difference=said,
    )
