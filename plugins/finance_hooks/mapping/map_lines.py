"""Turn the lines of one document into the legs of its entry."""

from collections.abc import Mapping

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.codes import LegCodes, codes_of
from finance_hooks.mapping.lookup import Asked, TableRow
from finance_hooks.mapping.parties import map_line_party
from finance_hooks.mapping.vat import choose_vat_row
from finance_hooks.model.document import DocumentLine
from finance_hooks.model.entry import EntryLine
from finance_hooks.model.money import from_cents
from finance_hooks.model.park_reason import ReasonCode

TRIED = ", "
"""Parts article and activity in the reason of a line that has no account."""


def find_leg_codes(line: DocumentLine, case: Case) -> LegCodes:
    """Find every code of a line, and give a reason for each that has none."""
    asked = codes_of(line)
    known = case.known_legs.get(asked)
    if known is not None:
        case.trace.rows.update(known.used)
        return known
    found = _look_up(line, case)
    # A reason names its line, and a party what the document needs: neither may be passed over.
    if line.party is None and not case.trace.reasons:
        case.known_legs[asked] = found
    return found


def _look_up(line: DocumentLine, case: Case) -> LegCodes:
    source_account, article = case.codes.source_account(line)
    if source_account is None:
        tried = {"article": line.article, "activity": line.activity}
        asked = {name: code for name, code in tried.items() if code}
        case.trace.park(
            ReasonCode.LEDGER_ACCOUNT_ABSENT,
            TRIED.join(asked) or "ledger_account",
            TRIED.join(asked.values()) or None,
            None,
            line=line.number,
        )
    codes = case.codes
    unmapped = ReasonCode.LEDGER_ACCOUNT_UNMAPPED
    account = find_row_of("ledger_account", source_account, codes.ledger_accounts, unmapped, case, line)
    vat = choose_vat_row(line, case)
    unmapped = ReasonCode.COST_CENTRE_UNMAPPED
    cost_centre = find_row_of("cost_centre", line.cost_centre, codes.cost_centres, unmapped, case, line)
    cost_unit = find_row_of("cost_unit", line.cost_unit, codes.cost_units, unmapped, case, line)
    rows = [row for row in (article, account, vat, cost_centre, cost_unit) if row is not None]
    return LegCodes(
        ledger_account=_cell(account, "target_account"),
        vat_code=_cell(vat, "target_vat_code"),
        vat_account=_cell(vat, "vat_account"),
        reverse_charge_account=_cell(vat, "reverse_charge_account"),
        cost_centre=_cell(cost_centre, "target_code"),
        cost_unit=_cell(cost_unit, "target_code"),
        party=map_line_party(line, case) if case.is_memorial else None,
        used={row.at: case.trace.use(row) for row in rows},
    )


def find_row_of(
    name: str,
    code: str | None,
    rows: Mapping[Asked, TableRow],
    unmapped: ReasonCode,
    case: Case,
    line: DocumentLine | None = None,
) -> TableRow | None:
    """Find the row of one code, or give the reason `unmapped`; a code that is absent needs no row."""
    if code is None:
        return None
    row = rows.get((code, case.asks_on))
    if row is None:
        detail = f"no row in {name}s.csv for administration {case.codes.sync_id} on {case.day}"
        case.trace.park(unmapped, name, code, detail, line=line.number if line else None)
    return row


def make_leg(
    number: int, line: DocumentLine, codes: LegCodes, vat: tuple[int, int], description: str
) -> EntryLine:
    """Make one leg of an entry from a line whose codes are all found.

    `vat` is the line's share of VAT and reverse-charge VAT in cents. A line of 0.00 makes a leg of 0.00.
    """
    return EntryLine(
        number=number,
        ledger_account=codes.ledger_account or "",
        amount=line.amount,
        description=description,
        vat_code=codes.vat_code,
        vat_amount=from_cents(vat[0]),
        vat_account=codes.vat_account,
        reverse_charge_amount=from_cents(vat[1]),
        reverse_charge_account=codes.reverse_charge_account,
        cost_centre=codes.cost_centre,
        cost_unit=codes.cost_unit,
        party=codes.party,
        source_lines=(line.number,),
        mapping_rows=tuple(codes.used),
    )


def _cell(row: TableRow | None, column: str) -> str | None:
    return row[column] or None if row else None
