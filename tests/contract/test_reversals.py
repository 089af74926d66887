"""An entry and its reversal come to nothing on every account, VAT code and party, whatever the package."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO, round_half_up
from finance_hooks.model.outcome import Booked
from finance_hooks.posting.reversal import mark_again, reverse_entry
from finance_hooks.targets.base import TargetHook
from tests.contract.bench import Bench, post_all
from tests.contract.benches import WHERE_ALL_IS_BOOKED

# Where a package refuses negative pages, a reversal is refused as a credit note is, with a reason.
pytestmark = pytest.mark.parametrize("bench", WHERE_ALL_IS_BOOKED, indirect=True)
EXAMPLES = 6
CENTS = st.integers(1, 9_999_999).map(lambda cents: Decimal(cents).scaleb(-2))
SERIAL = count(1)

Net = dict[tuple[str, str | None, str | None], Decimal]


def test_every_kind_of_entry_and_its_reversal_come_to_nothing(bench: Bench) -> None:
    hook = bench.hook()
    entries = list(bench.entries().values())

    reversals = [reversal_of(hook, entry) for entry in entries]
    outcomes = post_all(hook, [*entries, *reversals])

    assert [type(outcome) for outcome in outcomes] == [Booked] * len(outcomes), outcomes
    assert net(bench) == {}
    for reversal in reversals:
        (booked,) = bench.read_back(bench.hook(), reversal)
        assert (booked.gross, booked.gross_in_books) == (reversal.gross, reversal.gross_in_books)


def test_new_booking_is_taken_beside_the_first_and_its_reversal(bench: Bench) -> None:
    hook = bench.hook()
    entries = [entry for entry in bench.entries().values() if entry.kind is not EntryKind.MEMORIAL]

    sent: list[Entry] = []
    for entry in entries:
        anew = renamed(mark_again(entry, n=2, settings=hook.settings), "again")
        sent += [entry, reversal_of(hook, entry), anew]
    outcomes = post_all(hook, sent)

    assert [type(outcome) for outcome in outcomes] == [Booked] * len(outcomes), outcomes


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_random_entry_and_its_reversal_come_to_nothing(bench: Bench, data: st.DataObject) -> None:
    hook = bench.hook()
    kinds = bench.entries()
    sample = kinds[data.draw(st.sampled_from(sorted(kinds)))]
    entry = with_amounts(sample, data.draw(st.lists(CENTS, min_size=8, max_size=8)))

    outcomes = post_all(hook, [entry, reversal_of(hook, entry)])

    assert [type(outcome) for outcome in outcomes] == [Booked, Booked], outcomes
    assert net(bench) == {}


def reversal_of(hook: TargetHook, entry: Entry) -> Entry:
    key = f"{entry.posting_key}|reverse|1"
    return reverse_entry(entry, key, n=1, settings=hook.settings)


def renamed(entry: Entry, what: str) -> Entry:
    """Give an entry a posting key, a reference and, as every document has, a number of its own."""
    key = f"{entry.posting_key}|{what}"
    return replace(entry, posting_key=key, reference=make_reference(key))


def with_amounts(sample: Entry, amounts: list[Decimal]) -> Entry:
    """Give an entry other amounts with the signs, VAT rates and codes of its lines."""
    serial = next(SERIAL)
    if sample.kind is EntryKind.MEMORIAL:
        lines = [replace(line, amount=line.amount * serial) for line in sample.lines]
    else:
        lines = [scaled(line, amount) for line, amount in zip(sample.lines, amounts, strict=False)]
    vat = sum((line.vat_amount for line in lines), ZERO)
    gross = sum((line.amount for line in lines), ZERO) + vat
    if sample.kind is EntryKind.MEMORIAL:
        gross, vat = sample.gross * serial, ZERO
    in_books = gross if sample.rate is None else round_half_up(gross * sample.rate)
    entry = replace(
        sample,
        number=f"{serial:07d}",
        lines=tuple(lines),
        gross=gross,
        vat=vat,
        gross_in_books=in_books,
        g_account_amount=ZERO,
    )
    return renamed(entry, f"random {serial}")


def scaled(line: EntryLine, amount: Decimal) -> EntryLine:
    """Give a line another amount, with its VAT in proportion."""
    signed = amount.copy_sign(line.amount)
    vat, shifted = (
        round_half_up(signed * part / line.amount) if line.amount else ZERO
        for part in (line.vat_amount, line.reverse_charge_amount)
    )
    return replace(line, amount=signed, vat_amount=vat, reverse_charge_amount=shifted)


def net(bench: Bench) -> Net:
    """Sum all that stands in the books per account, VAT code and party, by the emulator's own account."""
    sums: Net = defaultdict(Decimal)
    for entry in bench.books():
        for line in entry["lines"]:
            key = (line["account"], line["vat_code"], line["party"])
            sums[key] += Decimal(line["debit"]) - Decimal(line["credit"])
    return {key: amount for key, amount in sums.items() if amount}
