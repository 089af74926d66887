"""What every package must do, over a real socket, whichever way its undocumented facts turn out."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Outcome, Refused, Unknown
from tests.contract.bench import Bench, post, post_all
from tests.contract.position import Fate

Vat: TypeAlias = tuple[Decimal, Decimal]
NO_VAT: Vat = (ZERO, ZERO)
"""What is charged on balance, and what is claimed of shifted VAT: debit positive."""


def test_every_kind_of_entry_meets_its_fate_and_what_is_booked_is_read_back_as_posted(bench: Bench) -> None:
    hook, entries = bench.hook(), bench.entries()

    outcomes = dict(zip(entries, post_all(hook, list(entries.values())), strict=True))

    absent = {Fate.REFUSED, Fate.DOUBTED}
    standing = [kind for kind in entries if bench.position.fate_of(kind) not in absent]
    assert len(bench.books()) == len(standing)
    standing_by_reference = bench.read_all(bench.hook(), list(entries.values()))
    for kind, entry in entries.items():
        found = standing_by_reference[entry.reference]
        if bench.position.fate_of(kind) is Fate.REFUSED:
            _assert_refused(entry, outcomes[kind])
            assert found == []
            continue
        outcome = outcomes[kind]
        if bench.position.fate_of(kind) is Fate.DOUBTED:
            assert (isinstance(outcome, Unknown), found) == (True, [])
            (outcome,) = post_all(hook, [entry])
            found = bench.read_back(bench.hook(), entry)
        (booked,) = found
        assert isinstance(outcome, Booked), outcome
        assert (booked.id, booked.entry_number) == (outcome.id, outcome.number)
        if bench.position.fate_of(kind) is Fate.OTHERWISE:
            # Never to be sent again: the outcome shows what stands, and books and source then differ.
            assert outcome.totals.gross == booked.gross != entry.gross
            continue
        _assert_same(booked, entry, bench)
        assert outcome.totals.gross in {None, entry.gross}
        assert outcome.totals.gross_in_books in {None, entry.gross_in_books}


def _assert_refused(entry: Entry, outcome: Outcome) -> None:
    """A person reads why, and nothing shorter is offered as booked."""
    assert isinstance(outcome, Refused), outcome
    assert all(reason.document == entry.number and reason.detail for reason in outcome.reasons)


def _assert_same(booked: BookedEntry, entry: Entry, bench: Bench) -> None:
    assert (booked.kind, booked.journal) == (entry.kind, entry.journal)
    assert (booked.entry_date, booked.period.fiscal_year, booked.period.number) == (
        entry.entry_date,
        entry.fiscal_year,
        entry.period,
    )
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        entry.currency,
        entry.gross,
        entry.gross_in_books,
    )
    if entry.kind is not EntryKind.MEMORIAL:
        assert (booked.number, booked.party) == (bench.kept(entry.number), entry.party)
    assert sum(line.debit - line.credit for line in booked.lines) == 0
    if entry.rate is None:
        assert _net_by_account(booked, entry) == _sent_by_account(entry)
        shown = {
            code: vat
            for code, vat in _sent_vat_by_code(entry).items()
            if bench.position.shows_shifted or not _is_shifted(vat)
        }
        assert _vat_by_code(booked, entry, bench.claimed_on) == shown


def _is_shifted(vat: Vat) -> bool:
    charged, claimed = vat
    return charged == ZERO != claimed


def _sign(entry: Entry) -> int:
    return -1 if entry.kind is EntryKind.SALES else 1


def _sent_by_account(entry: Entry) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in entry.lines:
        sums[line.ledger_account] = sums.get(line.ledger_account, ZERO) + line.amount * _sign(entry)
    return sums


def _net_by_account(booked: BookedEntry, entry: Entry) -> dict[str, Decimal]:
    sums = dict.fromkeys((line.ledger_account for line in entry.lines), ZERO)
    for line in booked.lines:
        if line.ledger_account in sums and not line.is_vat:
            sums[line.ledger_account] += line.debit - line.credit
    return sums


def _sent_vat_by_code(entry: Entry) -> dict[str, Vat]:
    """Return per VAT code what is owed on balance and, of reverse charge, what is claimed.

    A credit note takes reverse charge back: what is claimed is negative.
    """
    sums: dict[str, Vat] = {}
    for line in entry.lines:
        if line.vat_code and (line.vat_amount or line.reverse_charge_amount):
            charged, claimed = sums.get(line.vat_code, NO_VAT)
            sums[line.vat_code] = (
                charged + line.vat_amount * _sign(entry),
                claimed + line.reverse_charge_amount,
            )
    return sums


def _vat_by_code(booked: BookedEntry, entry: Entry, claimed_on: AbstractSet[str]) -> dict[str, Vat]:
    """Sum the VAT legs by code; shifted VAT is claimed on the accounts `claimed_on`."""
    shifted_codes = {line.vat_code for line in entry.lines if line.reverse_charge_amount}
    sums: dict[str, Vat] = {}
    for line in booked.lines:
        # Some packages write a line of 0.00 for a code without VAT.
        if line.is_vat and line.vat_code and line.debit != line.credit:
            charged, claimed = sums.get(line.vat_code, NO_VAT)
            is_claim = line.vat_code in shifted_codes and line.ledger_account in claimed_on
            amount = line.debit - line.credit
            sums[line.vat_code] = (charged + amount, claimed + (amount if is_claim else ZERO))
    return sums


def test_reverse_charge_leaves_vat_on_both_sides(bench: Bench) -> None:
    entry = bench.entries()["self-billed"]
    assert bench.position.fate_of("self-billed") is Fate.BOOKED

    post(bench.hook(), entry)

    (booked,) = bench.read_back(bench.hook(), entry)
    shifted = sum(line.reverse_charge_amount for line in entry.lines)
    shown = shifted if bench.position.shows_shifted else ZERO
    vat = [line for line in booked.lines if line.is_vat]
    assert shifted > 0
    assert [sum(line.debit for line in vat), sum(line.credit for line in vat)] == [shown, shown]
    assert len({line.ledger_account for line in vat}) > 1 or not shown


def test_what_stands_in_the_books_is_found_by_its_reference(bench: Bench, sale: Entry) -> None:
    other = list(bench.bookable().values())[1]
    post_all(bench.hook(), [sale, other])

    (booked,) = bench.read_back(bench.hook(), sale)

    assert booked.references == {sale.reference}
    assert bench.read_back(bench.hook(), replace(sale, reference="QAAAAAAAAAA")) == []


def test_calls_come_strictly_one_after_the_other(bench: Bench) -> None:
    hook = bench.hook()
    bench.control("faults", {"effect": "slow", "delay_s": 0.02})

    post_all(hook, list(bench.bookable().values())[:3])

    assert bench.counter.most == 1
    assert bench.posting_calls() == -(-3 // hook.batch_size(3))


def test_connection_test_says_what_it_found(bench: Bench) -> None:
    listed, list_or_remedy = bench.hook().test_connection()
    works, what = bench.hook().test_connection(bench.administration)

    assert listed is bench.position.lists_administrations, list_or_remedy
    assert works, what
    assert bench.administration in what
    assert bench.administration in list_or_remedy or not listed


def test_chart_names_the_codes_that_entries_need(bench: Bench) -> None:
    entries = [entry for entry in bench.entries().values() if entry.administration == bench.administration]
    bench.cache.kept.clear()
    before = len(list(bench.calls()))

    chart = bench.hook().read_chart(bench.administration)

    assert len(list(bench.calls())) > before
    assert chart.administration == bench.administration
    assert {entry.journal for entry in entries} <= set(chart.journals)
    assert {line.ledger_account for entry in entries for line in entry.lines} <= set(chart.ledger_accounts)
    assert {line.vat_code for entry in entries for line in entry.lines if line.vat_code} <= set(
        chart.vat_codes
    )
    assert {entry.party for entry in entries if entry.party} <= set(chart.parties)
    assert {(entry.fiscal_year, entry.period) for entry in entries} <= {
        (period.fiscal_year, period.number) for period in chart.periods
    }
