"""Lay a statement out: headings and tables of text, in the order in which a controller reads them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.posting.comparison import Comparison, Sides
from finance_hooks.posting.figures import said
from finance_hooks.posting.reconciliation import Fault
from finance_hooks.posting.statement import Statement, totals_of
from finance_hooks.posting.statement_words import say, say_amount, say_day, say_difference, say_instant

SHOWN = 40
"""The most rows of a list on paper; the figures have them all."""

NOTHING = (ZERO, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with a table; `widths` are shares of the page, `amounts` the columns that are set right."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    amounts: frozenset[int] = frozenset()
    note: str = ""


def sections_of(made: Statement) -> Iterator[Section]:
    """Return the sections of a statement."""
    total = totals_of(made)
    yield _totals(made, total)
    yield _journals(made)
    yield _boxes(made, total)
    yield _codes(made, total)
    yield _parties(made, total)
    yield _faults(made)
    yield _open_points(made)
    yield _others(made)
    yield _decisions(made)


def facts_of(made: Statement) -> list[tuple[str, str]]:
    """Return what stands above the sections: whose books, what was read, and when."""
    language, administration = made.wish.language, made.administration
    books = f"{administration.sync_id} ({administration.target} {administration.target_administration})"
    return [
        (say("administration", language), books),
        (say("organisation", language), f"{administration.organisation} ({administration.country})"),
        (say("proved_by", language), made.wish.proved_by),
        (say("compared_at", language), say_instant(made.found.at)),
        (say("source_read", language), say_instant(made.source_read_until)),
        (say("made_by", language), made.wish.made_by),
    ]


def verdict_of(made: Statement) -> str:
    """Say in one sentence whether source, store and books agree."""
    key = "agrees" if made.agrees else "differs"
    difference = say_amount(made.difference, made.wish.language)
    return say(key, made.wish.language, difference=difference, faults=len(made.found.faults))


def remarks_of(made: Statement) -> list[str]:
    """Say what was not compared, and what of ours is not known."""
    language = made.wish.language
    counted = {"forgotten": made.found.forgotten, "after_reading": made.found.after_reading}
    return [
        say("untold", language, count=count, what=say(name, language).lower())
        for name, count in made.found.untold.items()
    ] + [say(key, language, count=count) for key, count in counted.items() if count]


def _totals(made: Statement, total: Comparison) -> Section:
    language = made.wish.language
    missing = total.documents - total.entries
    sums = (total.source_gross, total.store_gross, total.books_gross, total.difference)
    rows = [
        (say("documents", language), *map(str, (total.documents, total.documents, total.entries, missing))),
        (say("gross", language), *(say_amount(amount, language) for amount in sums)),
        (say("debit", language), "", "", say_amount(total.debit, language), ""),
        (say("credit", language), "", "", say_amount(total.credit, language), ""),
    ]
    if total.conversion_residue:
        rows.append((say("residue", language), say_amount(total.conversion_residue, language), "", "", ""))
    if total.vat_rounding:
        rows.append((say("vat_rounding", language), "", "", say_amount(total.vat_rounding, language), ""))
    return Section(
        title=say("totals", language),
        header=_header(made, "what", "source", "store", "books", "difference"),
        rows=tuple(rows),
        widths=(36, 16, 16, 16, 16),
        amounts=frozenset({1, 2, 3, 4}),
    )


def _journals(made: Statement) -> Section:
    language = made.wish.language
    return _section(
        made,
        "journals",
        ("journal", "period", "documents", "source", "books", "difference", "not_ours"),
        [
            (
                one.journal,
                f"{one.fiscal_year}/{one.period}",
                str(one.documents),
                say_amount(one.source_gross, language),
                say_amount(one.books_gross, language),
                say_amount(one.difference, language),
                str(one.not_ours),
            )
            for one in made.found.comparisons
        ],
        (14, 12, 14, 17, 17, 14, 12),
        range(2, 7),
    )


def _boxes(made: Statement, total: Comparison) -> Section:
    return _base_and_vat(made, "boxes", "box", total.box_base, total.box_vat)


def _codes(made: Statement, total: Comparison) -> Section:
    return _base_and_vat(made, "codes", "code", total.vat_base, total.vat)


def _base_and_vat(made: Statement, title: str, key: str, bases: Sides, vats: Sides) -> Section:
    language = made.wish.language
    rows = []
    for name in sorted({*bases, *vats}):
        base, vat = bases.get(name, NOTHING), vats.get(name, NOTHING)
        # Two differences never make up for each other.
        difference = abs(base[0] - base[1]) + abs(vat[0] - vat[1])
        rows.append((name, *(say_amount(amount, language) for amount in (*base, *vat, difference))))
    header = (key, "base_source", "base_books", "vat_source", "vat_books", "difference")
    return _section(made, title, header, rows, (15, 18, 18, 17, 17, 15), range(1, 6))


def _parties(made: Statement, total: Comparison) -> Section:
    """Sum what is owed to us and by us, and name the parties on whom source and books differ."""
    language = made.wish.language
    rows = []
    for name, owed_to_us in (("receivable", True), ("payable", False)):
        pairs = [pair for pair in total.parties.values() if (pair[0] >= 0) is owed_to_us]
        sums = [sum((pair[side] for pair in pairs), ZERO) for side in (0, 1)]
        rows.append((say(name, language, count=len(pairs)), *_three(made, sums)))
    for party, pair in sorted(total.parties.items()):
        if pair[0] != pair[1]:
            rows.append((party, *_three(made, pair)))
    header = ("party", "source", "books", "difference")
    return _section(made, "parties", header, rows, (40, 20, 20, 20), range(1, 4))


def _faults(made: Statement) -> Section:
    rows = [
        (fault.document, say(fault.kind.value, made.wish.language), _said(fault, made.wish.language))
        for fault in made.found.faults
    ]
    return _section(made, "faults", ("document", "finding", "why"), rows, (20, 20, 60))


def _open_points(made: Statement) -> Section:
    language = made.wish.language
    rows = []
    for one in made.documents:
        why = " ".join(_reason(reason, language) for reason in one.reasons) or one.waiting_why or ""
        amount = "" if one.gross is None else say_amount(one.gross, language)
        rows.append((one.document, say_day(one.dated_on), say(one.state.value, language), amount, why))
    for found in made.findings:
        day = say_instant(found.first_found_at)[:10]
        rows.append((found.document, day, say(found.kind, language), "", ""))
    header = ("document", "date", "state", "amount", "why")
    return _section(made, "open", header, rows, (17, 12, 14, 13, 44), [3])


def _others(made: Statement) -> Section:
    language = made.wish.language
    rows = [
        (
            f"{one.journal} {other.number}",
            say_day(other.entry_date),
            other.document or "",
            other.party or "",
            say_amount(other.debit, language),
        )
        for one in made.found.comparisons
        for other in sorted(one.not_ours_entries, key=lambda each: (each.entry_date, each.number))
    ]
    header = ("number", "date", "document", "party", "amount")
    return _section(made, "others", header, rows, (22, 14, 26, 18, 20), [4])


def _decisions(made: Statement) -> Section:
    language = made.wish.language
    rows = [
        (say_instant(one.at), one.who, say(one.what, language), one.document or "", one.why)
        for one in made.decisions
    ]
    header = ("date", "who", "decided", "document", "why")
    return _section(made, "decisions", header, rows, (17, 16, 17, 18, 32))


def _section(
    made: Statement,
    title: str,
    header: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
    amounts: Iterable[int] = (),
) -> Section:
    language, left = made.wish.language, len(rows) - SHOWN
    note = say("nothing", language) if not rows else say("more", language, count=left) if left > 0 else ""
    return Section(
        title=say(title, language),
        header=_header(made, *header) if rows else (),
        rows=tuple(rows[:SHOWN]),
        widths=widths,
        amounts=frozenset(amounts),
        note=note,
    )


def _said(fault: Fault, language: Language) -> str:
    differences = fault.detail.get("differences")
    if not isinstance(differences, list):
        return said(fault)
    told = (say_difference(one["what"], one["sent"], one["booked"], language) for one in differences)
    return "; ".join(told)


def _reason(reason: Reason, language: Language) -> str:
    """Say a reason without the number of its document, which stands beside it."""
    return reason_sentence(reason, language).removeprefix(reason.document).lstrip(",: ")


def _header(made: Statement, *keys: str) -> tuple[str, ...]:
    return tuple(say(key, made.wish.language) for key in keys)


def _three(made: Statement, pair: Iterable[Decimal]) -> tuple[str, ...]:
    sent, booked = pair
    return tuple(say_amount(amount, made.wish.language) for amount in (sent, booked, sent - booked))
