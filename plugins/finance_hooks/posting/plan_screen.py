"""Show a plan to people as tables."""

import io

from rich.console import Console
from rich.table import Table

from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.posting.party_decision import what_happens
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_lines import journal_lines, total_journals, total_vat
from finance_hooks.posting.plan_written import reasons_of
from finance_hooks.posting.planned import Place
from finance_hooks.posting.screen import add_texts, say

LINES_SHOWN = 100
"""Journal lines that a screen takes; JSON and CSV have them all."""

LOG_WIDTH = 160
WINDOWS = {60: "this minute", 3600: "this hour", 86400: "today"}


def show_plan(plan: Plan, console: Console, language: Language) -> None:
    """Print what would be booked, what is parked and why, the calls it takes, and when it is done."""
    administration = plan.administration
    console.print(
        f"\nPlan of {administration.sync_id}: {plan.target}, administration "
        f"{administration.target_administration}, as it stands at {plan.at:%Y-%m-%d %H:%M:%S %Z}",
        style="bold",
        markup=False,
    )
    if plan.books_why_not is not None:
        say(console, f"The books were not asked what stands there already: {plan.books_why_not}")
    _show_places(plan, console)
    _show_totals(plan, console)
    _show_lines(plan, console)
    _show_relations(plan, console)
    _show_parked(plan, console, language)
    _show_calls(plan, console)


def write_plan(plan: Plan, language: Language) -> str:
    """Write the tables as text, for a log."""
    console = Console(file=io.StringIO(), width=LOG_WIDTH, color_system=None)
    with console.capture() as captured:
        show_plan(plan, console, language)
    return captured.get()


def _show_places(plan: Plan, console: Console) -> None:
    table = Table("documents", "number", title="where the documents would be")
    for place in Place:
        if plan.places[place]:
            table.add_row(place.value.replace("_", " "), str(plan.places[place]))
    table.add_row("read from the source", str(plan.foreseen.read), style="dim")
    table.add_row("not offered by the source", str(plan.foreseen.not_offered), style="dim")
    console.print(table)
    for one in plan.planned:
        if one.has_changed:
            say(console, f"{one.number} is booked as {one.why} and has changed in the source since.")


def _show_totals(plan: Plan, console: Console) -> None:
    entries = list(plan.entries)
    journals = Table(
        "journal", "currency", "documents", "debit", "credit", title="would be booked per journal"
    )
    for journal in total_journals(entries):
        add_texts(
            journals,
            *(journal.journal, journal.currency, str(journal.documents)),
            *(str(journal.debit), str(journal.credit)),
        )
    codes = Table(
        "VAT code", "side", "currency", "base", "VAT", "shifted", title="would be booked per VAT code"
    )
    for code in total_vat(entries):
        sums = (str(code.base), str(code.vat), str(code.shifted))
        add_texts(codes, code.vat_code, code.kind, code.currency, *sums)
    console.print(journals, codes)


def _show_lines(plan: Plan, console: Console) -> None:
    lines = [line for entry in plan.entries for line in journal_lines(entry)]
    if len(lines) > LINES_SHOWN:
        say(console, f"{len(lines)} journal lines; written as CSV or JSON they are all there.")
        return
    table = Table(
        *("document", "reference", "date", "journal", "account", "party", "VAT", "cost centre"),
        *("debit", "credit"),
        title="journal lines",
    )
    for line in lines:
        codes = (line.ledger_account, line.party, line.vat_code, line.cost_centre)
        add_texts(
            table,
            *(line.document, line.reference, line.dated_on.isoformat(), line.journal),
            *(code or "" for code in codes),
            *(str(line.debit), str(line.credit)),
        )
    console.print(table)


def _show_relations(plan: Plan, console: Console) -> None:
    for write in plan.relations:
        what = what_happens(write).replace("_", " ")
        say(console, f"{what} relation {write.code}, {write.role} {write.party} of 21QUBZ")


def _show_parked(plan: Plan, console: Console, language: Language) -> None:
    for planned, reason in reasons_of(plan.planned):
        say(console, f"parked {planned.number}: {reason.code}: {reason_sentence(reason, language)}")


def _show_calls(plan: Plan, console: Console) -> None:
    if plan.counted is None:
        say(console, "The calls cannot be counted while the connection cannot be used.")
        return
    table = Table("step", "what", "calls", plan.unit, title="calls to the package")
    for one in plan.counted.calls:
        table.add_row(one.step, one.what, str(one.count), str(one.count * one.units))
    table.add_row("", "together", str(plan.counted.count), str(plan.counted.units), style="bold")
    console.print(table)
    for step in plan.uncounted:
        say(console, f"Task {step} has something to do, and its calls are not counted.")
    for limit in plan.limits:
        window = WINDOWS.get(limit.room.length_s, f"in {limit.room.length_s} s")
        say(
            console,
            f"{limit.room.remaining} of {limit.room.limit} {plan.unit} are left {window}, of which "
            f"{min(limit.room.reserve, limit.room.remaining)} are kept for nightly runs.",
        )
    if plan.counted.later:
        say(console, f"{plan.counted.later} documents wait for a later run: the limit leaves no more calls.")
    if plan.done_at is not None:
        say(console, f"Begun now it would be done at {plan.done_at:%Y-%m-%d %H:%M:%S %Z}, at the earliest.")
