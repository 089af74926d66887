"""Bring an entry under a package's line limit by adding up legs that stand for the same."""

from collections.abc import Sequence
from dataclasses import replace

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import EntryLine
from finance_hooks.model.money import ZERO


def condense_lines(kind: EntryKind, lines: Sequence[EntryLine], description: str) -> list[EntryLine]:
    """Add up legs of equal account, VAT code, cost centre, cost unit and party, in order of appearance.

    Debit and credit of a memorial stay apart, so that its sum of debit stays what it was. A leg made of
    several carries `description`; every source line and mapping row stays named.
    """
    alike: dict[tuple[object, ...], list[EntryLine]] = {}
    for line in lines:
        key = (
            line.ledger_account,
            line.vat_code,
            line.vat_account,
            line.reverse_charge_account,
            line.cost_centre,
            line.cost_unit,
            line.party,
            kind is EntryKind.MEMORIAL and line.amount > 0,
        )
        alike.setdefault(key, []).append(line)
    return [_add_up(number, legs, description) for number, legs in enumerate(alike.values(), start=1)]


def _add_up(number: int, legs: list[EntryLine], description: str) -> EntryLine:
    return replace(
        legs[0],
        number=number,
        amount=sum((leg.amount for leg in legs), ZERO),
        vat_amount=sum((leg.vat_amount for leg in legs), ZERO),
        reverse_charge_amount=sum((leg.reverse_charge_amount for leg in legs), ZERO),
        description=description if len(legs) > 1 else legs[0].description,
        source_lines=tuple(number for leg in legs for number in leg.source_lines),
        mapping_rows=tuple(dict.fromkeys(row for leg in legs for row in leg.mapping_rows)),
    )
