"""Turn the lines of one document into the legs of its entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.lookup import Asked, TableRow
from finance_hooks.mapping.parties import map_line_party
from finance_hooks.mapping.vat import choose_vat_row
from finance_hooks.model.document import DocumentLine
from finance_hooks.model.entry import EntryLine
from finance_hooks.model.money import from_cents
from finance_hooks.model.park_reason import ReasonCode

TRIED = ", "
"""Parts article and activity in the reason of a line that has no account."""
NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class LegCodes:
    """The rows and the party found for one line; whatever was not found has a reason in the trace.

    `rows` says where all rows behind the leg stand.
    """

    account: TableRow | None
    vat: TableRow | None
    cost_centre: TableRow | None
    cost_unit: TableRow | None
    party: str | None
    rows: tuple[str, ...]


def find_leg_codes(line: DocumentLine, case: Case) -> LegCodes:
    """Find every code of a line, and give a reason for each that has none."""
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
        account=account,
        vat=vat,
        cost_centre=cost_centre,
        cost_unit=cost_unit,
        party=map_line_party(line, case) if case.is_memorial else None,
        rows=case.trace.use_all(rows),
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
    row = rows.get((code, case.day))
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
    vat_row = _cells(codes.vat)
    return EntryLine(
        number=number,
        ledger_account=_cells(codes.account).get("target_account", ""),
        amount=line.amount,
        description=description,
        vat_code=vat_row.get("target_vat_code"),
        vat_amount=from_cents(vat[0]),
        vat_account=vat_row.get("vat_account") or None,
        reverse_charge_amount=from_cents(vat[1]),
        reverse_charge_account=vat_row.get("reverse_charge_account") or None,
        cost_centre=_cells(codes.cost_centre).get("target_code"),
        cost_unit=_cells(codes.cost_unit).get("target_code"),
        party=codes.party,
        source_lines=(line.number,),
        mapping_rows=codes.rows,
    )


def _cells(row: TableRow | None) -> Mapping[str, str]:
    return NO_CELLS if row is None else row.cells
